"""The caller's sessions (S3)."""

from tui.backend.http.calls import delete, get, path, place_parameters, post
from tui.backend.http.part import Part
from tui.backend.protocol import Sessions
from tui.domain.acts import ActId
from tui.domain.queries import Page, Place
from tui.domain.users import Ended, Session


class HttpSessions(Part, Sessions):
    async def list(self, place: Place) -> Page[Session]:
        return await self._transport.ask(get(path("sessions"), place_parameters(place)), Page[Session])

    async def end(self, session_id: str) -> None:
        self._capabilities.require(ActId.SESSIONS_END)
        await self._transport.tell(delete(path("sessions", session_id)))

    async def end_others(self) -> int:
        self._capabilities.require(ActId.SESSIONS_END_OTHERS)
        return (await self._transport.ask(post(path("sessions", "end-others")), Ended)).ended
