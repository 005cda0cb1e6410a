"""A workspace's settings (W5)."""

from tui.backend.http.calls import get, patch, path
from tui.backend.http.part import Part
from tui.backend.protocol import WorkspaceSettings
from tui.domain.acts import ActId
from tui.domain.settings import Settings, SettingsPatch


class HttpSettings(Part, WorkspaceSettings):
    async def get(self, workspace_id: str) -> Settings:
        return await self._transport.ask(get(path("workspaces", workspace_id, "settings")), Settings)

    async def set(self, workspace_id: str, change: SettingsPatch, version: int | None) -> Settings:
        self._capabilities.require(ActId.SETTINGS_SET)
        call = patch(path("workspaces", workspace_id, "settings"), change, version, Settings)
        return await self._transport.ask(call, Settings)
