"""Going to another workspace."""

import asyncio

from tui.context.context import Context
from tui.context.remembering import remember_workspace
from tui.domain.errors import Refused
from tui.domain.roles import Status
from tui.domain.workspaces import Workspace


async def activate(context: Context, workspace: Workspace) -> Workspace:
    """The workspace as it is now, remembered as the one that is shown; `context.at` goes there.

    Raises `Refused`: `not_found`, and `member_disabled` where it cannot be opened (W6).
    """
    now = await context.backend.workspaces.get(workspace.id)
    if now.status == Status.DISABLED:
        raise Refused("member_disabled")
    await asyncio.to_thread(remember_workspace, context.folders.state, context.backend.address, now.id)
    return now
