"""The command `workspaces`: its sub-commands are loaded when they are called."""

import gc
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING

import click
from click.shell_completion import shell_complete

from tui.cli.asking import at_terminal
from tui.cli.completion import COMPLETE
from tui.cli.failing import check_arguments, guarded, let_go_of_the_terminal, take_the_terminal
from tui.domain.programs import Program

if TYPE_CHECKING:
    # Opening a context loads asyncio, and what only prints must answer at once.
    from tui.context.start import Start

COMMANDS = {
    "list": ("workspaces:list_workspaces", "Print your workspaces."),
    "create": ("workspaces:create", "Make a shared workspace."),
    "join": ("workspaces:join", "Join a workspace of your GitHub organization."),
    "rename": ("workspaces:rename", "Give a workspace another name."),
    "delete": ("workspaces:delete", "Delete a shared workspace with all that is in it."),
    "leave": ("workspaces:leave", "Give up your seat in a shared workspace."),
    "activate": ("workspaces:activate", "Make a workspace the active one."),
    "members": ("members:members", "List, change and remove members."),
    "invites": ("invites:invites", "Invite people, list, send again, revoke and accept invites."),
    "tokens": ("tokens:tokens", "List, create, change and delete tokens."),
    "settings": ("settings:settings", "Show and change the settings of a workspace."),
    "activity": ("activity:activity", "Print the activity log."),
    "login": ("login:login", "Sign in to a server."),
    "logout": ("login:logout", "Sign out of a server, and forget it here."),
    "account": ("account:account", "Show and change your account."),
    "status": ("status:status", "Print who you are, where."),
    "sessions": ("sessions:sessions", "List and end your sessions."),
    "profiles": ("profiles:profiles", "List, switch, rename and remove profiles."),
    "secrets": ("secrets:secrets", "Say where secrets are kept."),
    "exec": ("exec:exec_command", "Run a command as the active profile."),
    "doctor": ("doctor:doctor", "Say what works here and what to do about the rest."),
    "demo": ("demo:demo", "Open the app on made-up people; touches nothing of yours."),
    "serve": ("serve:serve", "Serve workspaces to others."),
    "completion": ("completion:completion", "Print the completion of a shell."),
}
"""Each command: where it is, and what `--help` says of it without loading it."""


class Commands(click.Group):
    """The group of `COMMANDS`, in that order."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name][0].split(":")
        command: click.Command = getattr(import_module(f"tui.cli.{module}"), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, words) for name, (_, words) in COMMANDS.items()])


@click.group(cls=Commands, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--workspace", metavar="NAME", default="", help="Act in this workspace instead of the active one.")
@click.option("--profile", metavar="NAME", default="", help="Act by this profile instead of the active one.")
@click.option("--debug", is_flag=True, expose_value=False, help="Show where it failed.")
@click.version_option(package_name="workspaces-tui", prog_name="workspaces", message="%(prog)s %(version)s")
@click.pass_context
def commands(click_context: click.Context, workspace: str, profile: str) -> int | None:
    """Administer workspaces, their members and roles. Without a command: open the app."""
    if click_context.invoked_subcommand is None:
        # What opens the app is for the app alone.
        from tui.cli.starting import start  # noqa: PLC0415

        return open_app(start(Program.APP, workspace, profile))
    return None


def check_terminal() -> None:
    """Raise `UsageError` where there is no terminal that can show the app."""
    if not at_terminal():
        raise click.UsageError("The app needs a terminal; give a command to work without one.")
    if os.environ.get("TERM") == "dumb":
        raise click.UsageError("The app needs a terminal that can move its cursor, and TERM is dumb; give a command.")


def open_app(start: "Start") -> int:
    """Open the app; its exit code. Raises `UsageError` where there is no terminal that can show it."""
    check_terminal()
    # Loading leaves little behind; the app collects again when its first frame is there.
    gc.disable()
    # Textual is for the app alone: what only prints must answer at once.
    from tui.app import app  # noqa: PLC0415

    return app.run(start)


def run(arguments: Sequence[str]) -> int:
    """Do what the arguments say; the exit code."""
    return guarded(lambda: _call(arguments), debug="--debug" in arguments)


def _call(arguments: Sequence[str]) -> object:
    if instruction := os.environ.get(COMPLETE):
        return shell_complete(commands, {}, "workspaces", COMPLETE, instruction)
    check_arguments(arguments)
    # Not `commands.main`: what ends a command is told in `failing`.
    with commands.make_context("workspaces", list(arguments)) as context:
        return commands.invoke(context)


def main() -> None:
    """The entry point of the installed command."""
    take_the_terminal()
    code = run(sys.argv[1:])
    let_go_of_the_terminal()
    sys.exit(code)
