"""What every call passes, whether or not a route answers it: a request id, no caching, one log line."""

import logging
import secrets
import time
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

log = logging.getLogger("workspaces.server.calls")

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Any, Any, Any], Awaitable[None]]


class Door:
    """The service as an ASGI app: `app` behind what holds for every call.

    The log line names the route's template, never the path, and no header or body: nothing that
    a caller sends can be read in it (T5).
    """

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one call, or the server's own start and stop."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = time.perf_counter()
        state = scope.setdefault("state", {})
        state["request_id"] = request_id = secrets.token_hex(8)
        status = 0

        async def answer(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                own = [(b"cache-control", b"no-store"), (b"x-request-id", request_id.encode())]
                message["headers"] = [*message.get("headers", ()), *own]
            await send(message)

        try:
            await self._app(scope, receive, answer)
        finally:
            log.info(
                "%s %s %s %.1fms %s %s",
                scope["method"],
                scope.get("path_template", "-"),
                status or "-",
                (time.perf_counter() - begun) * 1000,
                request_id,
                state.get("credential") or "-",
            )


def request_id(scope: Any) -> str:
    """The id of the call that a scope belongs to, as its log line and its answer name it."""
    return str(scope["state"]["request_id"])
