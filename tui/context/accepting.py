"""Accepting an invite that came as a link or a code (I3)."""

from dataclasses import replace

from tui.backend.addresses import EMBEDDED, same_server, whole
from tui.context import coming_in
from tui.context.coming_in import Newcomer
from tui.context.start import Start
from tui.domain import links
from tui.domain.errors import Refused, invalid
from tui.domain.links import Link


def code_for(address: str, text: str) -> str:
    """The code of an invite to a server, as its link or alone.

    Raises `Refused` `input_invalid` for what is no invite, or one for another server than that of `address`.
    """
    link = _link(text)
    if link.server and not same_server(address, link.server):
        raise invalid("code", f"This invite is for another server: {link.server}. Accept it there.")
    return link.code


def start_at(start: Start, text: str) -> Start:
    """The start at the server that a link leads to; a credential of another one stays behind (T6).

    Raises `Refused` `input_invalid`.
    """
    server = _link(text).server
    if not server or same_server(whole(start.server or EMBEDDED), server):
        return replace(start, server=start.server or server)
    return replace(start, server=whole(server), credential="")


async def as_new_user(start: Start, text: str, newcomer: Newcomer) -> Start:
    """Joins with a new account that this machine is signed in to then; the start that goes on as it (S1).

    Raises `Refused`: those of invites, `username_taken`, `username_invalid`, and before anything
    is made `secret_store_absent` where the session could not be kept.
    """
    link = _link(text)
    address = whole(link.server or start.server or EMBEDDED)
    if address == EMBEDDED and not start.folders.data.exists():
        raise Refused("invite_unknown", "This invite is for the computer that it was made on.")
    welcome = await coming_in.by_link(start, link._replace(server=address), newcomer)
    started, _ = await coming_in.stay(start, address, welcome)
    return started


def _link(text: str) -> Link:
    link = links.parsed(text)
    if link is None:
        raise invalid("code", "This is no invite. Its link has the server, then /i#, then the code.")
    if link.kind:
        raise invalid("code", "This is no invite but a link to sign in by: workspaces login - takes it.")
    return link
