"""What can be done to workspaces: create, join, rename, delete, leave, activate (W3, W4, W5, W7, W9)."""

from collections.abc import Sequence
from typing import Any

from tui.acts.act import Act, Parts, Result, Weight
from tui.acts.consequences import Consequences
from tui.acts.performing import one_by_one
from tui.context import leaving
from tui.context.activating import activate
from tui.context.context import Context
from tui.domain.acts import ActId
from tui.domain.github import Joinable
from tui.domain.workspaces import Workspace, WorkspaceAsk

_GOES_HERE = "Its profile and its secrets go from this machine too."


async def _create(context: Context, targets: Sequence[Workspace], ask: WorkspaceAsk) -> Parts[Workspace]:
    yield [Result(None, after=await context.backend.workspaces.create(ask.name, ask.github_org_id))]


def _of_create(context: Context, workspaces: Sequence[Workspace], ask: WorkspaceAsk) -> Consequences:
    return Consequences(becomes=f"A new shared workspace {ask.name}, with you as its Owner.")


CREATE: Act[Workspace, WorkspaceAsk] = Act(
    id=ActId.WORKSPACES_CREATE,
    label="New workspace",
    word=lambda targets: "New",
    weight=lambda targets, ask: Weight.LIGHT,
    consequences=_of_create,
    done=lambda result, ask: f"{ask.name} is made, and you are its Owner.",
    perform=_create,
)


async def _join(context: Context, joinable: Joinable, answer: None) -> Result[Any]:
    """What was joined is a workspace from now on."""
    await context.backend.workspaces.join(joinable.workspace_id)
    return Result(None, after=await context.backend.workspaces.get(joinable.workspace_id))


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
    perform=one_by_one(_join),
)
"""From a `Joinable` to the `Workspace` that it becomes."""


async def _rename(context: Context, workspace: Workspace, name: str) -> Workspace:
    return await context.backend.workspaces.rename(workspace.id, name, workspace.version)


def _of_rename(context: Context, workspaces: Sequence[Workspace], name: str) -> Consequences:
    old = workspaces[0].name
    return Consequences(
        becomes=f"{old} becomes {name}.",
        stays=f"Ids and profiles stay as they are. The name {old} is held for this workspace for 30 days.",
    )


RENAME: Act[Workspace, str] = Act(
    id=ActId.WORKSPACES_RENAME,
    label="Rename workspace",
    word=lambda workspaces: "Rename",
    weight=lambda workspaces, name: Weight.LIGHT,
    consequences=_of_rename,
    done=lambda result, name: f"{_name(result)} is now called {name}.",
    perform=one_by_one(_rename),
)


async def _delete(context: Context, workspace: Workspace, answer: None) -> None:
    await leaving.delete(context, workspace)


def _of_delete(context: Context, workspaces: Sequence[Workspace], answer: None) -> Consequences:
    workspace = workspaces[0]
    members = workspace.active_members or 0
    who = f"All {members:,} members lose" if members > 1 else "You lose"
    return Consequences(
        becomes=f"{workspace.name} is deleted with all that is in it.",
        stops=f"{who} access at once; tokens and invites end. {_GOES_HERE}",
        for_good="This cannot be undone.",
    )


DELETE: Act[Workspace, None] = Act(
    id=ActId.WORKSPACES_DELETE,
    label="Delete workspace",
    word=lambda workspaces: "Delete",
    weight=lambda workspaces, answer: Weight.TYPE_NAME,
    consequences=_of_delete,
    done=lambda result, answer: f"{_name(result)} is deleted.",
    perform=one_by_one(_delete),
)


async def _leave(context: Context, workspace: Workspace, answer: None) -> None:
    await leaving.leave(context, workspace)


def _of_leave(context: Context, workspaces: Sequence[Workspace], answer: None) -> Consequences:
    return Consequences(
        becomes=f"You are no longer a member of {workspaces[0].name}.",
        stops=f"You lose access at once, and your tokens for it stop working. {_GOES_HERE}",
        stays="Your account and other workspaces stay.",
        for_good="You cannot come back by yourself.",
    )


LEAVE: Act[Workspace, None] = Act(
    id=ActId.WORKSPACES_LEAVE,
    label="Leave workspace",
    word=lambda workspaces: "Leave",
    weight=lambda workspaces, answer: Weight.TYPE_NAME,
    consequences=_of_leave,
    done=lambda result, answer: f"You have left {_name(result)}.",
    perform=one_by_one(_leave),
)


async def _activate(context: Context, workspace: Workspace, answer: None) -> Result[Workspace]:
    activated = await activate(context, workspace)
    return Result(workspace, after=activated.workspace, note=activated.note)


def _of_activate(context: Context, workspaces: Sequence[Workspace], answer: None) -> Consequences:
    return Consequences(becomes=f"What you do next is done in {workspaces[0].name}.")


ACTIVATE: Act[Workspace, None] = Act(
    id=ActId.WORKSPACES_ACTIVATE,
    label="Activate workspace",
    word=lambda workspaces: "Activate",
    weight=lambda workspaces, answer: Weight.LIGHT,
    consequences=_of_activate,
    done=lambda result, answer: f"{_name(result)} is active. {result.note}".strip(),
    perform=one_by_one(_activate),
)


def _name(result: Result[Workspace]) -> str:
    return result.before.name if result.before else ""
