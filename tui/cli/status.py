"""`workspaces status`: who you are, and where."""

import click

from tui.cli.calling import on_server
from tui.cli.output import document, facts, rfc3339
from tui.context.context import Context
from tui.domain.users import Me


@click.command()
@click.option("--json", is_flag=True, help="Print the server's own objects.")
@on_server
async def status(context: Context, json: bool) -> None:
    """Print who you are, on which server, in which workspace."""
    me = await context.backend.account.me()
    if json:
        document(me)
    else:
        facts(_facts(context, me))


def _facts(context: Context, me: Me) -> list[tuple[str, str]]:
    user, workspace, credential = me.user, context.workspace, me.credential
    until = f", until {rfc3339(credential.expires_at)}" if credential.expires_at else ""
    return [
        ("Server", f"{context.place} ({context.backend.address})"),
        ("User", f"{user.username} ({user.display_name})"),
        ("Signed in by", f"{credential.kind} {credential.id}{until}"),
        ("Workspace", f"{workspace.name} ({workspace.kind})"),
        ("Role", (workspace.role or "-").capitalize()),
    ]
