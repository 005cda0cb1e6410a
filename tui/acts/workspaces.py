"""What can be done to workspaces: create, rename, delete, leave, activate (W3, W7, W9)."""

from collections.abc import Sequence

from tui.acts import consequences
from tui.acts.act import Act, Parts, Result, Weight, one_by_one
from tui.context import leaving
from tui.context.activating import activate
from tui.context.context import Context
from tui.domain.acts import ActId
from tui.domain.errors import Refused
from tui.domain.workspaces import Workspace


async def _create(context: Context, targets: Sequence[Workspace], name: str) -> Parts[Workspace]:
    yield [Result(None, after=await context.backend.workspaces.create(name))]


CREATE: Act[Workspace, str] = Act(
    id=ActId.WORKSPACES_CREATE,
    label="New workspace",
    word=lambda targets: "New",
    weight=lambda targets, name: Weight.LIGHT,
    consequences=consequences.of_create,
    done=lambda result, name: f"{name} is made, and you are its Owner.",
    perform=_create,
)


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
