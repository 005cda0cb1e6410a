"""Who did what (A1)."""

from tui.backend.http.calls import get, list_parameters, path
from tui.backend.http.part import Part
from tui.backend.protocol import ActivityLog
from tui.domain.activity import Activity
from tui.domain.acts import ActId
from tui.domain.queries import ListQuery, Page, Place


class HttpActivity(Part, ActivityLog):
    async def list(self, workspace_id: str, query: ListQuery, place: Place) -> Page[Activity]:
        return await self._page(path("workspaces", workspace_id, "activity"), query, place)

    async def mine(self, query: ListQuery, place: Place) -> Page[Activity]:
        return await self._page(path("me", "activity"), query, place)

    async def _page(self, where: str, query: ListQuery, place: Place) -> Page[Activity]:
        self._capabilities.require(ActId.ACTIVITY_LIST)
        return await self._transport.ask(get(where, list_parameters(query, place)), Page[Activity])
