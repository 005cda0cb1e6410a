"""What can be done to workspaces: create, join, rename, delete, leave, activate (W3, W4, W5, W7, W9)."""

from collections.abc import Sequence
from typing import Any

from tui.acts import consequences
from tui.acts.act import Act, Parts, Result, Weight, one_by_one
from tui.acts.consequences import Consequences
from tui.context import leaving
from tui.context.activating import activate
from tui.context.context import Context
from tui.domain.acts import ActId
from tui.domain.errors import Refused
from tui.domain.settings import Joinable
from tui.domain.workspaces import Workspace, WorkspaceAsk


async def _create(context: Context, targets: Sequence[Workspace], ask: WorkspaceAsk) -> Parts[Workspace]:
    yield [Result(None, after=await context.backend.workspaces.create(ask.name, ask.github_org_id))]


CREATE: Act[Workspace, WorkspaceAsk] = Act(
    id=ActId.WORKSPACES_CREATE,
    label="New workspace",
    word=lambda targets: "New",
    weight=lambda targets, ask: Weight.LIGHT,
    consequences=consequences.of_create,
    done=lambda result, ask: f"{ask.name} is made, and you are its Owner.",
    perform=_create,
)


async def _join(context: Context, targets: Sequence[Joinable], answer: None) -> Parts[Any]:
    """What was joined is a workspace from now on."""
    for joinable in targets:
        try:
            await context.backend.workspaces.join(joinable.workspace_id)
        except Refused as refused:
            yield [Result(joinable, failure=refused)]
        else:
            yield [Result(None, after=await context.backend.workspaces.get(joinable.workspace_id))]


def _of_join(context: Context, targets: Sequence[Joinable], answer: None) -> Consequences:
    joinable = targets[0]
    owners = f"Owner{'s are' if len(joinable.owners) > 1 else ' is'} {', '.join(joinable.owners)}"
    return Consequences(
        becomes=f"You become a User of {joinable.name}, from the GitHub organization {joinable.github_org.login}. "
        f"Its {owners}; all members see your name and address.",
        stays="Your other workspaces, and the one in use. You can leave again.",
    )


JOIN: Act[Any, None] = Act(
    id=ActId.WORKSPACES_JOIN,
    label="Join workspace",
    word=lambda targets: "Join",
    weight=lambda targets, answer: Weight.CONFIRM,
    consequences=_of_join,
    done=lambda result, answer: f"You are a User of {result.after.name} now." if result.after else "",
    perform=_join,
)
"""From a `Joinable` to the `Workspace` that it becomes."""


async def _rename(context: Context, workspace: Workspace, name: str) -> Workspace:
    return await context.backend.workspaces.rename(workspace.id, name, workspace.version)


RENAME: Act[Workspace, str] = Act(
    id=ActId.WORKSPACES_RENAME,
    label="Rename workspace",
    word=lambda workspaces: "Rename",
    weight=lambda workspaces, name: Weight.LIGHT,
    consequences=consequences.of_rename,
    done=lambda result, name: f"{_name(result)} is now called {name}.",
    perform=one_by_one(_rename),
)


async def _delete(context: Context, workspace: Workspace, answer: None) -> None:
    await leaving.delete(context, workspace)


DELETE: Act[Workspace, None] = Act(
    id=ActId.WORKSPACES_DELETE,
    label="Delete workspace",
    word=lambda workspaces: "Delete",
    weight=lambda workspaces, answer: Weight.TYPE_NAME,
    consequences=consequences.of_delete,
    done=lambda result, answer: f"{_name(result)} is deleted.",
    perform=one_by_one(_delete),
)


async def _leave(context: Context, workspace: Workspace, answer: None) -> None:
    await leaving.leave(context, workspace)


LEAVE: Act[Workspace, None] = Act(
    id=ActId.WORKSPACES_LEAVE,
    label="Leave workspace",
    word=lambda workspaces: "Leave",
    weight=lambda workspaces, answer: Weight.TYPE_NAME,
    consequences=consequences.of_leave,
    done=lambda result, answer: f"You have left {_name(result)}.",
    perform=one_by_one(_leave),
)


async def _activate(context: Context, targets: Sequence[Workspace], answer: None) -> Parts[Workspace]:
    for workspace in targets:
        try:
            activated = await activate(context, workspace)
        except Refused as refused:
            yield [Result(workspace, failure=refused)]
        else:
            yield [Result(workspace, after=activated.workspace, note=activated.note)]


ACTIVATE: Act[Workspace, None] = Act(
    id=ActId.WORKSPACES_ACTIVATE,
    label="Activate workspace",
    word=lambda workspaces: "Activate",
    weight=lambda workspaces, answer: Weight.LIGHT,
    consequences=consequences.of_activate,
    done=lambda result, answer: f"{_name(result)} is active. {result.note}".strip(),
    perform=_activate,
)


def _name(result: Result[Workspace]) -> str:
    return result.before.name if result.before else ""
