"""`workspaces secrets`: where secrets are kept on this machine (T6)."""

import click

from tui.backend.addresses import EMBEDDED
from tui.cli.calling import on_machine
from tui.cli.output import document, facts
from tui.context.machine import Machine


@click.group()
def secrets() -> None:
    """Say where secrets are kept."""


@secrets.command(short_help="Print where secrets are kept, and how that is.")
@click.option("--json", is_flag=True, help="Print it as JSON.")
@on_machine
async def status(machine: Machine, json: bool) -> None:
    """Print where secrets are kept, how that is, and what to do about it."""
    kept = await machine.secrets_of(EMBEDDED).condition()
    state = kept.state
    if json:
        told = {"store": kept.name, "lasts": kept.lasts, "condition": state.condition}
        document(told | {"sentence": state.sentence, "advice": state.advice})
        return
    pairs = [("Kept in", kept.name), ("State", state.condition.value), ("Means", state.sentence)]
    facts([*pairs, *([("To do", state.advice)] if state.advice else [])])
