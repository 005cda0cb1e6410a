"""What can be set of a workspace: whether people join by themselves (W5)."""

from collections.abc import Sequence

from msgspec.structs import replace

from tui.acts.act import Act, Result, Weight
from tui.acts.consequences import Consequences
from tui.acts.performing import one_by_one
from tui.context.context import Context
from tui.domain.acts import ActId
from tui.domain.errors import Conflict
from tui.domain.settings import SettingsPatch
from tui.domain.workspaces import Workspace


async def _set(context: Context, workspace: Workspace, on: bool) -> Workspace:
    try:
        settings = await context.backend.settings.set(workspace.id, SettingsPatch(auto_join=on), workspace.version)
    except Conflict as conflict:
        raise Conflict(await context.backend.workspaces.get(workspace.id), conflict.detail) from conflict
    return replace(workspace, version=settings.version)


def _of_set(context: Context, workspaces: Sequence[Workspace], on: bool) -> Consequences:
    org = workspaces[0].github_org
    people = f"Members of {org.login} on GitHub" if org else "Members of the GitHub organization"
    if on:
        return Consequences(becomes=f"{people} can join {workspaces[0].name} as User by themselves.")
    return Consequences(
        becomes=f"Nobody can join {workspaces[0].name} by themself any more; invites still work.",
        stays="Those who have joined stay members.",
    )


def _done(result: Result[Workspace], on: bool) -> str:
    return f"Auto-join of {result.before.name if result.before else ''} is {'on' if on else 'off'}."


SET: Act[Workspace, bool] = Act(
    id=ActId.SETTINGS_SET,
    label="Switch auto-join on or off",
    word=lambda workspaces: "Switch",
    weight=lambda workspaces, on: Weight.CONFIRM,
    consequences=_of_set,
    done=_done,
    perform=one_by_one(_set),
)
