"""Coming in to a server where nobody is signed in yet: by a link, by open sign-up, by GitHub (S4)."""

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tui.backend.addresses import whole
from tui.backend.device import this_device
from tui.context.machine import Machine
from tui.context.polling import approved
from tui.context.remembering import check_memory, remember_insecure
from tui.context.sign_in import keep_session
from tui.context.start import Start
from tui.context.visiting import visited
from tui.domain import links
from tui.domain.errors import Failure, Refused
from tui.domain.invites import AcceptAsk, NewUserAsk
from tui.domain.links import RECOVERY, SETUP, Link
from tui.domain.programs import Program
from tui.domain.servers import Server
from tui.domain.sign_ins import SignIn
from tui.domain.users import SignUpAsk, Welcome
from tui.secret_stores.store import Condition

if TYPE_CHECKING:
    # It knows every object of the wire; the first frame needs few of them.
    from tui.backend.protocol import Backend

GITHUB = "github"


@dataclass(frozen=True)
class Newcomer:
    """What a new account is called; an invite may know the address itself."""

    username: str
    display_name: str | None = None
    email: str | None = None


async def server_at(start: Start, address: str) -> Server:
    """What the server at an address says of itself. Raises `Refused` for what is no address, `Unreachable`."""
    async with _door(start, address) as backend:
        return await backend.server()


async def sign_up(start: Start, address: str, newcomer: Newcomer) -> Welcome:
    """A new account where anybody may make one.

    Raises `sign_up_closed`, `username_taken`, `username_invalid`, and `secret_store_absent` as `stay` would.
    """
    async with _door(start, address) as backend:
        await _check_machine(start, address, lasting=start.program is Program.CLI)
        return await backend.account.sign_up(_ask(start, newcomer, None))


async def by_link(start: Start, link: Link, newcomer: Newcomer) -> Welcome:
    """A new account by the set-up link of an empty server, or by an invite.

    Raises `code_wrong`, `method_unavailable` for another kind of link, the refusals of invites,
    `username_taken`, `username_invalid`, and `secret_store_absent` as `stay` would; for a set-up
    link also where the session would end with this run: nobody else could let its owner in again.
    """
    async with _door(start, link.server) as backend:
        await _check_machine(start, link.server, lasting=link.kind == SETUP or start.program is Program.CLI)
        if link.kind == SETUP:
            return await backend.account.sign_up(_ask(start, newcomer, link.code))
        if link.kind == RECOVERY:
            raise Refused("method_unavailable")
        who = NewUserAsk(username=newcomer.username, email=newcomer.email, display_name=newcomer.display_name)
        ask = AcceptAsk(code=link.code, new_user=who, device=this_device(start.program))
        return await backend.invites.accept(ask)


async def by_github(start: Start, address: str, show: Callable[[SignIn], None]) -> Welcome:
    """Whoever enters the code that is shown at GitHub; waits for it.

    Raises `method_unavailable`, `sign_in_denied`, `sign_in_expired`, `sign_up_closed`,
    `secret_store_absent` as `stay` would.
    """
    async with _door(start, address) as backend:
        await _check_machine(start, address, lasting=start.program is Program.CLI)
        sign_in = await backend.account.sign_in_by_github(this_device(start.program))
        show(sign_in)
        return await approved(backend.account, sign_in)


async def stay(start: Start, address: str, welcome: Welcome) -> tuple[Start, bool]:
    """The start that goes on as the person who came in, and whether that lasts beyond this run (S1).

    Whoever came in over `http://`, knowing that others may read along, need not say so again.
    Raises `NotKept`, `folder_unusable`: then the session is ended again.
    """
    base = whole(address)
    try:
        lasts = await keep_session(Machine.of(start), base, welcome)
        if start.insecure:
            await asyncio.to_thread(remember_insecure, start.folders.state, base)
    except Failure:
        await give_up(start, base, welcome)
        raise
    return replace(start, server=base, credential="", workspace=welcome.workspace.id), lasts


async def give_up(start: Start, address: str, welcome: Welcome) -> None:
    """End the session of a welcome that is not used; where the server is away, it expires by itself."""
    if welcome.session is None:
        return
    with suppress(Failure):
        async with _door(start, address, f"{welcome.session.id}.{welcome.secret}") as backend:
            await backend.sessions.end(welcome.session.id)


def link_of(text: str) -> Link:
    """The parts of a link that a person pasted, with the server that it leads to. Raises `Refused`."""
    link = links.parsed(text)
    if link is None or not link.server:
        raise Refused("code_wrong", "This is not a link to a server: it looks like https://…/i#…")
    return link


async def _check_machine(start: Start, address: str, *, lasting: bool) -> None:
    """Raises before anything is made where nobody could go on by it.

    `secret_store_absent` or `folder_unusable` where a session could not be kept, `ConfigBroken` or
    `ConfigUnavailable` where no profile could be.
    """
    machine = Machine.of(start)
    await asyncio.to_thread(machine.profiles.list)
    kept = await machine.secrets_of(whole(address)).condition()
    ready = kept.state.condition is Condition.READY
    if not ready or (lasting and not kept.lasts):
        lost = "No account is made, for its session could not be kept."
        raise Refused("secret_store_absent", f"{lost} {kept.state.sentence} {kept.state.advice}".strip())
    if kept.lasts:
        await asyncio.to_thread(check_memory, start.folders.state, whole(address))


def _door(start: Start, address: str, credential: str = "") -> "AbstractAsyncContextManager[Backend]":
    return visited(start.folders, whole(address), credential, start.program, insecure=start.insecure)


def _ask(start: Start, newcomer: Newcomer, code: str | None) -> SignUpAsk:
    return SignUpAsk(
        username=newcomer.username,
        device=this_device(start.program),
        email=newcomer.email,
        display_name=newcomer.display_name,
        setup_code=code,
    )
