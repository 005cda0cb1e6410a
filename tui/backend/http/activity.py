"""Who did what (A1)."""

from tui.backend.capabilities import Capabilities
from tui.backend.http.calls import get, list_parameters, path
from tui.backend.http.transport import Transport
from tui.domain.activity import Activity
from tui.domain.acts import ActId
from tui.domain.queries import ListQuery, Page, Place


class HttpActivity:
    def __init__(self, transport: Transport, capabilities: Capabilities) -> None:
        self._transport = transport
        self._capabilities = capabilities

    async def list(self, workspace_id: str, query: ListQuery, place: Place) -> Page[Activity]:
        """A workspace's activity, newest first (A1). Filters: `actor action target since until`."""
        return await self._page(path("workspaces", workspace_id, "activity"), query, place)

    async def mine(self, query: ListQuery, place: Place) -> Page[Activity]:
        """The caller's own acts of the account, newest first. Filters: `action since until`."""
        return await self._page(path("me", "activity"), query, place)

    async def _page(self, where: str, query: ListQuery, place: Place) -> Page[Activity]:
        self._capabilities.require(ActId.ACTIVITY_LIST)
        return await self._transport.ask(get(where, list_parameters(query, place)), Page[Activity])
