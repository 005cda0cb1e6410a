"""The caller's sessions (S3)."""

from tui.backend.capabilities import Capabilities
from tui.backend.http.calls import delete, get, path, place_parameters, post
from tui.backend.http.transport import Transport
from tui.domain.acts import ActId
from tui.domain.queries import Page, Place
from tui.domain.users import Ended, Session


class HttpSessions:
    def __init__(self, transport: Transport, capabilities: Capabilities) -> None:
        self._transport = transport
        self._capabilities = capabilities

    async def list(self, place: Place) -> Page[Session]:
        """The caller's sessions (S3)."""
        return await self._transport.ask(get(path("sessions"), place_parameters(place)), Page[Session])

    async def end(self, session_id: str) -> None:
        """End one of the caller's sessions."""
        self._capabilities.require(ActId.SESSIONS_END)
        await self._transport.tell(delete(path("sessions", session_id)))

    async def end_others(self) -> int:
        """End all of the caller's sessions but this one; how many they were."""
        self._capabilities.require(ActId.SESSIONS_END_OTHERS)
        return (await self._transport.ask(post(path("sessions", "end-others")), Ended)).ended
