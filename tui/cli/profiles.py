"""`workspaces profiles`: what the config file that is shared with `modal` binds to what (P1-P3)."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from typing import TypeVar

import click

from tui.acts.act import Result, Weight
from tui.acts.local import LocalAct
from tui.acts.profiles import ACTIVATE, IMPORT, REMOVE, RENAME
from tui.cli.acting import Manner, acting, agreed, command_line, confirm
from tui.cli.calling import on_machine
from tui.cli.failing import spoken, warn
from tui.cli.listing import listing_options
from tui.cli.output import Format, document, listing, say
from tui.cli.words import from_standard_input
from tui.context.machine import Machine
from tui.context.usable import checked, listed
from tui.domain.errors import Refused, problem
from tui.domain.programs import Program
from tui.domain.queries import Page
from tui.lists.profiles import PROFILES
from tui.profiles.row import ProfileRow

Answer = TypeVar("Answer")

one_profile = click.argument("name", metavar="NAME", callback=from_standard_input)


@click.group()
def profiles() -> None:
    """List, switch, rename and remove profiles: which server, workspace and token `modal` uses."""


@profiles.command("list", short_help="Print the profiles.")
@listing_options
@on_machine
async def list_profiles(machine: Machine, format: Format) -> None:
    """Print the profiles, each with the reason why it cannot be used; * is the active one."""
    await listing(PROFILES, _page(machine, format), format)


async def _page(machine: Machine, format: Format) -> AsyncIterator[Page[ProfileRow]]:
    rows = await listed(machine)
    told = await asyncio.gather(*(checked(machine, row, Program.CLI) for row in rows[: format.limit]))
    yield Page(items=list(told), next=None, prev=None, position=0, total=len(rows))


@profiles.command(short_help="Print the profile that decides here.")
@click.option("--json", is_flag=True, help="Print it with all that it holds.")
@on_machine
async def current(machine: Machine, json: bool) -> None:
    """Print the profile that decides here: the active one, or the one of MODAL_PROFILE."""
    row = next((row for row in await listed(machine) if row.decides), None)
    if row is None:
        raise Refused("not_found", "No profile is active. Activate one: workspaces profiles activate NAME")
    if json:
        document(row)
    else:
        say(row.name)


@profiles.command()
@one_profile
@acting(asks=False)
@on_machine
async def activate(machine: Machine, name: str, how: Manner) -> int:
    """Make a profile the active one, for `modal` too."""
    rows = await listed(machine)
    before = next((row.name for row in rows if row.active and row.name != name), "")
    back = command_line("profiles", "activate", before) if before else ""
    return await _perform(machine, ACTIVATE, [_named(rows, name)], None, how, back=back)


@profiles.command()
@one_profile
@click.argument("new_name", metavar="NEW", callback=from_standard_input)
@acting(asks=False)
@on_machine
async def rename(machine: Machine, name: str, new_name: str, how: Manner) -> int:
    """Give a profile another name; its workspace keeps its own."""
    back = command_line("profiles", "rename", new_name, name)
    return await _perform(machine, RENAME, [_named(await listed(machine), name)], new_name, how, back=back)


@profiles.command(short_help="Forget a profile and its secret.")
@one_profile
@acting()
@on_machine
async def remove(machine: Machine, name: str, how: Manner) -> int:
    """Take a profile out of the config file, and its secret from this machine."""
    return await _perform(machine, REMOVE, [_named(await listed(machine), name)], None, how)


@profiles.command("import", short_help="Move secrets in plain text into the secret store.")
@acting(asks=False)
@on_machine
async def import_secrets(machine: Machine, how: Manner) -> int:
    """Move secrets that stand in the config file in plain text to where secrets are kept."""
    return await _perform(machine, IMPORT, [], None, how)


async def _perform(
    machine: Machine,
    act: LocalAct[ProfileRow, Answer],
    rows: Sequence[ProfileRow],
    answer: Answer,
    how: Manner,
    *,
    back: str = "",
) -> int:
    """Perform an act, once the person agreed, and tell what came of each profile; the highest exit code."""
    if act.weight(rows, answer) != Weight.LIGHT and not how.yes:
        confirm(act.consequences(machine, rows, answer).sentences, agreed)
    results = [result async for part in act.perform(machine, rows, answer) for result in part]
    if how.json:
        document({"results": [_verdict(result) for result in results]})
    else:
        _tell(act, results, answer, back)
    return max((result.failure.exit_code for result in results if result.failure), default=0)


def _tell(act: LocalAct[ProfileRow, Answer], results: Sequence[Result[ProfileRow]], answer: Answer, back: str) -> None:
    for result in results:
        if result.failure:
            warn(spoken(result.failure))
        else:
            say(act.done(result, answer), *([f"To take it back: {back}"] if back else []))
    if not results:
        say(act.nothing)


def _verdict(result: Result[ProfileRow]) -> dict[str, object]:
    name = result.before.name if result.before else ""
    failure = problem(result.failure) if result.failure else None
    return {"name": name, "profile": None if failure else result.after, "problem": failure}


def _named(rows: Sequence[ProfileRow], name: str) -> ProfileRow:
    """Raises `Refused` `not_found`."""
    found = next((row for row in rows if row.name == name), None)
    if found is None:
        raise Refused("not_found", f"There is no profile “{name}” in the config file.")
    return found
