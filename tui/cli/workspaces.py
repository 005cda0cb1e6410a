"""`workspaces list`, `create`, `rename`, `delete`, `leave`, `activate`."""

import click

from tui.acts.workspaces import ACTIVATE, CREATE, DELETE, LEAVE, RENAME
from tui.cli.acting import Manner, Order, acting, command_line
from tui.cli.calling import on_server
from tui.cli.listing import listing_options, pages
from tui.cli.output import Format, listing
from tui.cli.words import from_standard_input
from tui.context.context import Context
from tui.context.opening import workspace_named
from tui.domain.queries import ListQuery
from tui.domain.workspaces import Workspace
from tui.lists.workspaces import SORT_KEYS, columns

one_workspace = click.argument("name", metavar="NAME", callback=from_standard_input)


@click.command("list")
@listing_options
@on_server
async def list_workspaces(context: Context, format: Format) -> None:
    """Print your workspaces; * is the active one."""
    query = ListQuery(sort=SORT_KEYS[0])
    rows = pages(lambda place: context.backend.workspaces.list(query, place), _id, format)
    await listing(columns(context.workspace.id), rows, format)


@click.command()
@one_workspace
@acting(asks=False)
@on_server
async def create(context: Context, name: str, how: Manner) -> None:
    """Make a shared workspace, with you as its Owner."""
    await Order(CREATE, context, name, how).on(back=command_line("delete", name))


@click.command()
@one_workspace
@click.argument("new_name", metavar="NEW", callback=from_standard_input)
@acting(asks=False)
@on_server
async def rename(context: Context, name: str, new_name: str, how: Manner) -> None:
    """Give a workspace another name; its id and profiles stay."""
    workspace = await workspace_named(context.backend, name)
    back = command_line("rename", new_name, workspace.name)
    await Order(RENAME, context, new_name, how).on(workspace, back=back)


@click.command()
@one_workspace
@acting()
@on_server
async def delete(context: Context, name: str, how: Manner) -> None:
    """Delete a shared workspace with all that is in it."""
    await Order(DELETE, context, None, how).on(await workspace_named(context.backend, name))


@click.command()
@one_workspace
@acting()
@on_server
async def leave(context: Context, name: str, how: Manner) -> None:
    """Give up your seat in a shared workspace."""
    await Order(LEAVE, context, None, how).on(await workspace_named(context.backend, name))


@click.command()
@one_workspace
@acting(asks=False)
@on_server
async def activate(context: Context, name: str, how: Manner) -> None:
    """Make a workspace the one that the app and other commands act in."""
    workspace = await workspace_named(context.backend, name)
    back = command_line("activate", context.workspace.name) if context.workspace.id != workspace.id else ""
    await Order(ACTIVATE, context, None, how).on(workspace, back=back)


def _id(workspace: Workspace) -> str:
    return workspace.id
