"""A workspace's settings (W5)."""

from tui.backend.capabilities import Capabilities
from tui.backend.http.calls import get, patch, path
from tui.backend.http.transport import Transport
from tui.domain.acts import ActId
from tui.domain.settings import Settings, SettingsPatch


class HttpSettings:
    def __init__(self, transport: Transport, capabilities: Capabilities) -> None:
        self._transport = transport
        self._capabilities = capabilities

    async def get(self, workspace_id: str) -> Settings:
        """The settings as they are."""
        return await self._transport.ask(get(path("workspaces", workspace_id, "settings")), Settings)

    async def set(self, workspace_id: str, change: SettingsPatch, version: int | None) -> Settings:
        """The settings after a change; the version is the workspace's."""
        self._capabilities.require(ActId.SETTINGS_SET)
        call = patch(path("workspaces", workspace_id, "settings"), change, version, Settings)
        return await self._transport.ask(call, Settings)
