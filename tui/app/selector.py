"""The workspaces that a person can go to, and the overlay in which one is chosen."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from functools import partial

from tui.backend.pages import every
from tui.context.context import Context
from tui.context.workspaces import personal_workspace
from tui.dialogs.choose_workspace import ALL_WORKSPACES, ChooseWorkspace, WorkspaceChoice
from tui.domain.errors import Failure
from tui.domain.github import Joinable
from tui.domain.queries import PAGE_LIMIT, ListQuery, Place
from tui.domain.roles import Status
from tui.domain.workspaces import Workspace
from tui.screens.shell import Shell

PATIENCE = 0.3
"""Seconds that what can be joined has to be told; the server mostly remembers it."""


async def chosen_workspace(context: Context, screen: Shell) -> Workspace | Joinable | str | None:
    """The workspace that a person picks to go to or to join, or ALL_WORKSPACES; None for the present one, or none.

    Raises `Failure`.
    """
    listed = every(partial(context.backend.workspaces.list, ListQuery(sort="name")))
    known = {workspace.id: workspace async for workspace in listed}
    joinable = {each.workspace_id: each for each in await _joinable(context) if each.workspace_id not in known}
    choices = [_choice(workspace, context.workspace) for workspace in known.values()]
    choices += [WorkspaceChoice(id, each.name, role="", note="join") for id, each in joinable.items()]
    answer = await ChooseWorkspace(choices).ask(screen)
    if answer == ALL_WORKSPACES:
        return ALL_WORKSPACES
    if not answer or answer == context.workspace.id:
        return None
    return joinable.get(answer) or known[answer]


async def at_home(context: Context) -> Context:
    """The person in their own workspace; where they are, when the server cannot say which that is."""
    try:
        own = await personal_workspace(context.backend)
    except Failure:
        return context
    return context.at(own) if own else context


async def _joinable(context: Context) -> Sequence[Joinable]:
    """What can be joined, where that is known at once: GitHub is not waited for."""
    with suppress(Failure, TimeoutError):
        async with asyncio.timeout(PATIENCE):
            return (await context.backend.workspaces.joinable(Place(limit=PAGE_LIMIT))).items
    return ()


def _choice(workspace: Workspace, present: Workspace) -> WorkspaceChoice:
    return WorkspaceChoice(
        id=workspace.id,
        name=workspace.name,
        role=workspace.role.capitalize() if workspace.role else "",
        note="" if workspace.status == Status.DISABLED else workspace.kind,
        current=workspace.id == present.id,
        reason="you are disabled there" if workspace.status == Status.DISABLED else "",
    )
