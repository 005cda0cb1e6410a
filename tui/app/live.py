"""Whether what is on screen is still what the server has, and whether the server is there at all (A2)."""

from datetime import UTC, datetime

from tui.backend.capabilities import WATCH
from tui.context.context import Context
from tui.domain.errors import Failure, Unreachable
from tui.screens.connection import Connection

PERIOD = 5.0
"""Seconds between two looks at the revision, while a list is on screen."""


class Live:
    """Knows the connection by what calls came to, and the revision that was seen last."""

    def __init__(self) -> None:
        self.connection = Connection("reading")
        self._revision: int | None = None

    def answered(self) -> None:
        """The server has answered."""
        self.connection = Connection("online", datetime.now(UTC))

    def not_answered(self, failure: Failure) -> None:
        """A call came to nothing; a refusal is an answer too."""
        if not isinstance(failure, Unreachable):
            self.answered()
        elif self.connection.state != "away":
            self.connection = Connection("away", datetime.now(UTC))

    def stand(self, context: Context) -> None:
        """From here on this workspace is looked at, in this state."""
        self._revision = context.workspace.revision

    async def newer(self, context: Context) -> Context | None:
        """The same place in its newer state; None when nothing has changed since the last look. Raises `Failure`."""
        backend, id = context.backend, context.workspace.id
        if backend.capabilities.reason_without(WATCH):
            return None
        if await backend.workspaces.revision(id, self._revision) == self._revision:
            return None
        return context.at(await backend.workspaces.get(id))
