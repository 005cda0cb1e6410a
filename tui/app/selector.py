"""The workspaces that a person can go to, and the overlay in which one is chosen."""

from collections.abc import AsyncIterator
from typing import Final

from tui.context.context import Context
from tui.dialogs.choose_workspace import ALL_WORKSPACES, ChooseWorkspace, WorkspaceChoice
from tui.domain.errors import Failure, sentence
from tui.domain.queries import PAGE_LIMIT, ListQuery, Place
from tui.domain.roles import Kind, Status
from tui.domain.workspaces import Workspace
from tui.screens.shell import Shell

ALL: Final = "all"
"""The answer of who wants the list of workspaces instead."""


async def chosen_workspace(context: Context, screen: Shell) -> Workspace | str | None:
    """The workspace that a person picks, or ALL; None when it is the present one, or none. Raises `Failure`."""
    known = {workspace.id: workspace async for workspace in _workspaces(context)}
    choices = [_choice(workspace, context.workspace) for workspace in known.values()]
    answer = await ChooseWorkspace(choices).ask(screen)
    if answer == ALL_WORKSPACES:
        return ALL
    return known[answer] if answer and answer != context.workspace.id else None


async def at_home(context: Context) -> Context:
    """The person in their own workspace; where they are, when the server cannot say which that is."""
    query = ListQuery(sort="name", filters={"kind": (Kind.PERSONAL,)})
    try:
        own = (await context.backend.workspaces.list(query, Place(limit=1))).items
    except Failure:
        return context
    return context.at(own[0]) if own else context


async def _workspaces(context: Context) -> AsyncIterator[Workspace]:
    cursor: str | None = None
    while True:
        page = await context.backend.workspaces.list(ListQuery(sort="name"), Place(limit=PAGE_LIMIT, cursor=cursor))
        for workspace in page.items:
            yield workspace
        cursor = page.next
        if cursor is None:
            return


def _choice(workspace: Workspace, present: Workspace) -> WorkspaceChoice:
    return WorkspaceChoice(
        id=workspace.id,
        name=workspace.name,
        role=workspace.role.capitalize() if workspace.role else "",
        note="" if workspace.status == Status.DISABLED else workspace.kind,
        current=workspace.id == present.id,
        reason=sentence("member_disabled") if workspace.status == Status.DISABLED else "",
    )
