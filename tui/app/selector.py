"""The workspaces that a person can go to, for the selector."""

from collections.abc import AsyncIterator

from tui.context.context import Context
from tui.dialogs.choose_workspace import WorkspaceChoice
from tui.domain.errors import sentence
from tui.domain.queries import PAGE_LIMIT, ListQuery, Place
from tui.domain.roles import Kind, Status
from tui.domain.workspaces import Workspace


async def workspaces(context: Context) -> list[Workspace]:
    """All workspaces of the person, by name. Raises `Failure`."""
    return [workspace async for workspace in _pages(context)]


async def home(context: Context) -> Workspace:
    """The person's own workspace, which is always there. Raises `Failure`."""
    query = ListQuery(sort="name", filters={"kind": (Kind.PERSONAL,)})
    return (await context.backend.workspaces.list(query, Place(limit=1))).items[0]


async def _pages(context: Context) -> AsyncIterator[Workspace]:
    cursor: str | None = None
    while True:
        page = await context.backend.workspaces.list(ListQuery(sort="name"), Place(limit=PAGE_LIMIT, cursor=cursor))
        for workspace in page.items:
            yield workspace
        cursor = page.next
        if cursor is None:
            return


def choice(workspace: Workspace, present: Workspace) -> WorkspaceChoice:
    """A workspace as the selector shows it."""
    return WorkspaceChoice(
        id=workspace.id,
        name=workspace.name,
        role=workspace.role.capitalize() if workspace.role else "",
        note="" if workspace.status == Status.DISABLED else workspace.kind,
        current=workspace.id == present.id,
        reason=sentence("member_disabled") if workspace.status == Status.DISABLED else "",
    )
