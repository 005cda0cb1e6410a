"""A workspace's settings (W5)."""

from tui.domain.acts import ActId
from tui.domain.settings import Settings, SettingsPatch
from tui.server.change import Change, changing
from tui.server.reading import Here, Reading, reading
from tui.server.services.refusing import refuse
from tui.server.services.workspaces import target
from tui.server.storage import workspaces


@reading
def get(read: Reading, workspace_id: str) -> Settings:
    """The settings, for any active member."""
    return _shown(read.enter(workspace_id))


@changing()
def update(change: Change, workspace_id: str, patch: SettingsPatch, version: int | None) -> Settings:
    """Switches auto-join on or off (W5); what is so already changes nothing. Those who are in stay.

    Raises `role_forbidden`, `not_github`, `Conflict` with the settings as they are.
    """
    here = change.enter(workspace_id)
    before = _shown(here)
    refuse([here.refusal(ActId.SETTINGS_SET)], version, before)
    if before.auto_join == patch.auto_join:
        return before
    workspaces.set_auto_join(change.connection, here.workspace.pk, on=patch.auto_join)
    change.record(
        ActId.SETTINGS_SET,
        target(here.workspace),
        before={"auto_join": before.auto_join},
        after={"auto_join": patch.auto_join},
        workspace_pk=here.workspace.pk,
    )
    return _shown(change.enter(workspace_id))


def _shown(here: Here) -> Settings:
    return Settings(auto_join=here.workspace.auto_join, version=here.workspace.version)
