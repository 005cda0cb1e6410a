"""`workspaces list`, `create`, `join`, `rename`, `delete`, `leave`, `activate`."""

import asyncio

import click

from tui.acts.workspaces import ACTIVATE, CREATE, DELETE, JOIN, LEAVE, RENAME
from tui.backend.pages import every
from tui.cli.acting import Manner, Order, acting, command_line
from tui.cli.calling import on_server
from tui.cli.failing import spoken, warn
from tui.cli.listing import listing_options, pages
from tui.cli.output import Format, listing
from tui.cli.words import from_standard_input
from tui.context.activating import plan
from tui.context.context import Context
from tui.context.profiles import of_server
from tui.context.workspaces import workspace_named
from tui.domain.errors import Failure, Refused
from tui.domain.github import Joinable
from tui.domain.queries import ListQuery
from tui.domain.workspaces import Workspace, WorkspaceAsk
from tui.lists.workspaces import SORT_KEYS, columns

one_workspace = click.argument("name", metavar="NAME", callback=from_standard_input)


@click.command("list")
@listing_options
@on_server
async def list_workspaces(context: Context, format: Format) -> None:
    """Print your workspaces; * is the active one."""
    query = ListQuery(sort=SORT_KEYS[0])
    rows = pages(lambda place: context.backend.workspaces.list(query, place), _id, format)
    await listing(columns(context.workspace.id, (await _profiles(context)).get), rows, format)


@click.command()
@one_workspace
@click.option("--github-org", metavar="ORG", default="", help="Make it from this GitHub organization of yours.")
@acting(asks=False)
@on_server
async def create(context: Context, name: str, github_org: str, how: Manner) -> None:
    """Make a shared workspace, with you as its Owner."""
    ask = WorkspaceAsk(name=name, github_org_id=await _org_id(context, github_org) if github_org else None)
    await Order(CREATE, context, ask, how).on(back=command_line("delete", name))


@click.command()
@one_workspace
@acting()
@on_server
async def join(context: Context, name: str, how: Manner) -> None:
    """Join a workspace of a GitHub organization that you are a member of."""
    await Order(JOIN, context, None, how).on(await _joinable(context, name), back=command_line("leave", name))


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
    planned = await plan(context, workspace)
    if planned.makes_something:
        warn(planned.sentence)
    await Order(ACTIVATE, context, None, how).on(workspace, back=back)


async def _profiles(context: Context) -> dict[str | None, str]:
    """The name of each workspace's profile; where the file cannot be read, none, and why."""
    try:
        profiles = of_server(await asyncio.to_thread(context.profiles.list), context.backend.address)
    except Failure as failure:
        warn(spoken(failure))
        return {}
    return {each.workspace_id: each.name for each in profiles}


async def _org_id(context: Context, login: str) -> str:
    """The id of an organization of the person's. Raises `Refused("github_not_member")`."""
    for org in await context.backend.workspaces.github_orgs():
        if org.login.casefold() == login.casefold():
            return org.id
    raise Refused("github_not_member", f"GitHub does not list you as an active member of “{login}”.")


async def _joinable(context: Context, name: str) -> Joinable:
    """A workspace that the person can join, by name or id. Raises `Refused("not_found")`."""
    async for joinable in every(context.backend.workspaces.joinable):
        if name in {joinable.name, joinable.workspace_id}:
            return joinable
    raise Refused("not_found", f"There is no workspace “{name}” that you can join by GitHub.")


def _id(workspace: Workspace) -> str:
    return workspace.id
