"""`workspaces doctor`: what works here, what does not, and what to do about it. It changes nothing, and ends."""

import asyncio
import os
import stat
import sys
from collections.abc import Iterator, Sequence

import click

from tui.backend.addresses import EMBEDDED
from tui.cli import terminal
from tui.cli.calling import begun
from tui.cli.output import document, say
from tui.context.machine import Machine
from tui.context.opening import asked_address, opened
from tui.context.profiles import deciding
from tui.context.start import Start
from tui.domain.errors import Failure, Unauthenticated
from tui.lists.checks import Check, state
from tui.secret_stores.store import Condition

PATIENCE = 15.0
"""Seconds that a server gets."""

NOT_BEGUN = "Nothing is kept on this computer yet; the first start makes it."


@click.command()
@click.option("--json", is_flag=True, help="Print it as JSON.")
@click.option("--debug", is_flag=True, expose_value=False, help="Show where it failed.")
@click.pass_context
def doctor(click_context: click.Context, json: bool) -> None:
    """Print what works here, and what to do about the rest: server, secrets, terminal, files."""
    checks = asyncio.run(examined(begun(click_context)))
    if json:
        document({"checks": [check._asdict() for check in checks]})
    else:
        say(*(line for check in checks for line in _lines(check)))


async def examined(start: Start) -> Sequence[Check]:
    """Each part, looked at by itself: none keeps another from being told."""
    machine = Machine.of(start)
    return [
        await _server(start, machine),
        await asyncio.to_thread(_database, start),
        await _secrets(machine),
        await asyncio.to_thread(_config, machine),
        terminal.terminal(os.environ),
        terminal.clipboard(os.environ),
        *(await asyncio.to_thread(lambda: list(_folders(start)))),
    ]


async def _server(start: Start, machine: Machine) -> Check:
    try:
        address = asked_address(start, await asyncio.to_thread(deciding, machine))
        if address == EMBEDDED and not start.folders.data.exists():
            return Check("server", None, NOT_BEGUN, "Open the app: workspaces")
        async with asyncio.timeout(PATIENCE), opened(start) as context:
            by = f"by {context.credential.kind} {context.credential.id}"
            return Check("server", True, f"{context.place}: {context.user.username}, {by}, in {context.workspace.name}")
    except TimeoutError:
        return Check(
            "server", False, f"It did not answer within {PATIENCE:.0f} seconds.", "Look whether it is running."
        )
    except Unauthenticated as failure:
        return Check("server", False, failure.detail, "workspaces login")
    except Failure as failure:
        return Check("server", False, failure.detail)


def _database(start: Start) -> Check:
    files = sorted(start.folders.data.glob("*.db"))
    if not files:
        return Check("database", None, NOT_BEGUN)
    unusable = [file for file in files if not os.access(file, os.R_OK | os.W_OK)]
    if unusable:
        return Check(
            "database", False, f"{unusable[0]} cannot be read and written.", "Give it to yourself: chown, chmod"
        )
    return Check("database", True, ", ".join(f"{file} ({file.stat().st_size // 1024:,} KiB)" for file in files))


async def _secrets(machine: Machine) -> Check:
    try:
        kept = await machine.secrets_of(EMBEDDED).condition()
    except Failure as failure:
        return Check("secrets", False, failure.detail)
    ready = kept.state.condition is Condition.READY
    return Check("secrets", kept.can_keep, kept.state.sentence, "" if ready and kept.lasts else kept.state.advice)


def _config(machine: Machine) -> Check:
    file = machine.profiles
    try:
        profiles = file.list()
        plain = [each.profile.name for each in file.plain_secrets() if not each.profile.is_modals_own]
    except Failure as failure:
        return Check("config file", False, failure.detail)
    if not file.path.exists():
        return Check("config file", None, f"{file.path} is not there yet.")
    active = next((f", {each.name} is active" for each in profiles if each.active), ", none is active")
    found = f"{file.path}: {len(profiles):,} profile{'' if len(profiles) == 1 else 's'}{active}"
    if sys.platform != "win32" and stat.S_IMODE(file.path.stat().st_mode) & 0o077:
        return Check("config file", False, f"{found}; others may read it.", f"chmod 600 {file.path}")
    if plain:
        said = f"{found}; the secret of {', '.join(plain)} is in plain text."
        return Check("config file", False, said, "workspaces profiles import")
    return Check("config file", True, found)


def _folders(start: Start) -> Iterator[Check]:
    for name, folder in vars(start.folders).items():
        there = next(path for path in (folder, *folder.parents) if path.exists())
        works = there.is_dir() and os.access(there, os.W_OK | os.X_OK)
        found = f"{folder}{'' if folder.exists() else ' (made when it is needed)'}"
        yield Check(
            f"{name} folder",
            works,
            found,
            "" if works else f"{there} cannot be written: chown, chmod, or set WORKSPACES_HOME",
        )


def _lines(check: Check) -> Iterator[str]:
    yield f"{state(check).text:<7}{check.name:<17}{check.found}"
    if check.advice:
        yield f"{'':<24}To do: {check.advice}"
