"""`workspaces settings`: what is set of the active workspace (W5)."""

from typing import Literal

import click

from tui.acts.settings import SET
from tui.cli.acting import Manner, Order, acting, command_line
from tui.cli.calling import on_server
from tui.cli.output import document, facts
from tui.context.context import Context
from tui.lists.settings import auto_join_words
from tui.lists.workspaces import source_words

WORDS = {None: "-", True: "on", False: "off"}


@click.group()
def settings() -> None:
    """Show and change the settings of a workspace."""


@settings.command("list")
@click.option("--json", is_flag=True, help="Print the server's own objects.")
@on_server
async def list_settings(context: Context, json: bool) -> None:
    """Print the settings of the workspace."""
    workspace = context.workspace
    found = await context.backend.settings.get(workspace.id)
    if json:
        document(found)
        return
    facts(
        [
            ("Name", workspace.name),
            ("Id", workspace.id),
            ("Kind", workspace.kind),
            ("Source", source_words(workspace)),
            ("Auto-join", f"{WORDS[found.auto_join]} ({auto_join_words(workspace, found)})"),
        ]
    )


@settings.command("set", short_help="Switch auto-join on or off.")
@click.argument("name", metavar="auto-join", type=click.Choice(["auto-join"]))
@click.argument("value", metavar="on|off", type=click.Choice(["on", "off"]))
@acting()
@on_server
async def set_setting(context: Context, name: str, value: Literal["on", "off"], how: Manner) -> None:
    """Switch auto-join: whether members of the GitHub organization can join by themselves."""
    other = "off" if value == "on" else "on"
    back = command_line("settings", "set", name, other, "--workspace", context.workspace.name)
    await Order(SET, context, value == "on", how).on(context.workspace, back=back)
