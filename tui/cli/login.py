"""`workspaces login` and `workspaces logout`: coming in to a server, and this machine forgetting it (S1, S4)."""

import asyncio
from dataclasses import replace
from typing import Any

import click

from tui.cli.account import show_code
from tui.cli.acting import Manner, acting, agreed, confirm
from tui.cli.asking import line
from tui.cli.calling import begun, on_server
from tui.cli.output import document, say
from tui.context import coming_in
from tui.context.account import signing_out
from tui.context.activating import activate
from tui.context.coming_in import GITHUB, Newcomer
from tui.context.context import Context
from tui.context.opening import opened
from tui.context.sign_in import sign_out
from tui.context.start import Start
from tui.domain.errors import Refused
from tui.domain.links import Link
from tui.domain.users import Welcome

STANDARD_INPUT = "-"


@click.command()
@click.argument("server", required=False)
@click.option("--username", metavar="U", default="", help="Make a new account of this name.")
@click.option("--name", "display_name", metavar="N", default=None, help="How others read your name; else the username.")
@click.option("--email", metavar="E", default=None, help="Your address.")
@click.option("--insecure", is_flag=True, help="Take http:// to another computer: others may read along.")
@click.option("--json", is_flag=True, help="Print the server's own objects.")
@click.option("--debug", is_flag=True, expose_value=False, help="Show where it failed.")
@click.pass_context
def login(context: click.Context, /, server: str | None, *, insecure: bool, json: bool, **newcomer: Any) -> None:
    """Sign in to SERVER, and make your workspace there the active one.

    SERVER is an address; - reads a link from standard input: of a new server, or of an invite.
    """
    start = replace(begun(context), insecure=insecure)
    address = server or start.server
    if not address:
        raise click.UsageError("Say which server: its address, or - for a link on standard input.", context)
    link = coming_in.link_of(line("Link", hidden=True)) if address == STANDARD_INPUT else None
    welcome, said = asyncio.run(_came(start, link or address, Newcomer(**newcomer)))
    if json:
        document(welcome.user)
    else:
        say(*said)


@click.command()
@acting()
@on_server
async def logout(context: Context, how: Manner) -> None:
    """End this machine's session on the server; forget its secret, and the server's profiles with theirs."""
    if not how.yes:
        confirm([told for told in signing_out(context) if told], agreed)
    ended = await sign_out(context)
    said = f"You are signed out of {context.place}."
    if how.json:
        document({"ended": ended})
    elif ended:
        say(said)
    else:
        say(f"{said} The server could not be told: its session ends when it is unused for 90 days.")


async def _came(start: Start, by: Link | str, newcomer: Newcomer) -> tuple[Welcome, list[str]]:
    """Who came in, by a link or an address, and what a person is told of it."""
    address = by if isinstance(by, str) else by.server
    if isinstance(by, Link):
        welcome = await coming_in.by_link(start, by, newcomer if newcomer.username else _named(newcomer))
    else:
        welcome = await _by_address(start, address, newcomer)
    started, _ = await coming_in.stay(start, address, welcome)
    async with opened(started) as context:
        activated = await activate(context, context.workspace)
        where = f"You are signed in to {context.place} as {context.user.username}, in {activated.workspace.name}."
        return welcome, [where, *([activated.note] if activated.note else [])]


async def _by_address(start: Start, address: str, newcomer: Newcomer) -> Welcome:
    """By open sign-up where a username is given; else by GitHub; else as the server lets one in."""
    if newcomer.username:
        return await coming_in.sign_up(start, address, newcomer)
    server = await coming_in.server_at(start, address)
    if GITHUB in server.sign_in:
        return await coming_in.by_github(start, address, show_code)
    if server.open_sign_up:
        return await coming_in.sign_up(start, address, _named(newcomer))
    raise Refused("sign_up_closed", "This server takes new accounts by a link only. Paste yours: workspaces login -")


def _named(newcomer: Newcomer) -> Newcomer:
    return replace(newcomer, username=line("Username"))
