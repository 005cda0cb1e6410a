"""How a call travels: sent, waited for, repeated where that is safe, and read."""

import asyncio
from functools import partial
from typing import TypeVar

import httpx
import msgspec
import stamina
from httpx import codes

from tui.backend.http.calls import Call, unsendable
from tui.backend.http.problems import UNREADABLE, Passing, Reply, failure_of, not_understood
from tui.domain.errors import Failure, Unreachable

SECONDS = 20.0
"""How long one sending of a call may take in all; a repeat has as long again."""

LARGEST_ANSWER = 16 * 1024 * 1024

LONGEST_PAUSE = 10
"""Seconds before a repeat. A server that asks for more is not asked again."""

SENDINGS = {"GET": 3, "POST": 2}
"""How often a call is sent at most. A POST has its key against being done twice; a PATCH or DELETE
that was done would come back refused, for the version that was seen is gone."""

T = TypeVar("T")
U = TypeVar("U")


class Transport:
    """Calls one server with one credential. Each call raises nothing but a `Failure`."""

    def __init__(self, client: httpx.AsyncClient, base: str, name: str, seconds: float = SECONDS) -> None:
        """`client` holds the credential, `base` is the address, `name` what people call the server."""
        self._client = client
        self._base = base
        self.name = name
        self._seconds = seconds

    async def ask(self, call: Call, answer: type[T]) -> T:
        """The answer of a call, as the type that is expected."""
        return self._decoded(await self._sent(call), answer, call)

    async def ask_if_changed(self, call: Call, answer: type[T]) -> T | None:
        """The same, or None when the server says that nothing has changed."""
        reply = await self._sent(call)
        return None if reply.status == codes.NOT_MODIFIED else self._decoded(reply, answer, call)

    async def ask_unless_accepted(self, call: Call, answer: type[T], accepted: type[U]) -> T | U:
        """The answer, or what the server says while it has only accepted the call (202)."""
        reply = await self._sent(call)
        if reply.status == codes.ACCEPTED:
            return self._decoded(reply, accepted, call)
        return self._decoded(reply, answer, call)

    async def tell(self, call: Call) -> None:
        """Make a call that has no answer but that it is done."""
        await self._sent(call)

    async def close(self) -> None:
        """Give the connections back."""
        await self._client.aclose()

    def _decoded(self, reply: Reply, answer: type[T], call: Call) -> T:
        try:
            return msgspec.json.decode(reply.body, type=answer)
        except UNREADABLE:
            raise not_understood(self.name, changes=call.changes) from None

    async def _sent(self, call: Call) -> Reply:
        """The reply to a call, repeated while that is safe and may help."""
        maybe_done = False
        async for attempt in stamina.retry_context(
            partial(_pause, call), attempts=SENDINGS.get(call.method, 1), timeout=None, wait_max=2, wait_jitter=0.2
        ):
            with attempt:
                try:
                    return await self._sent_once(call)
                except Unreachable as failure:
                    maybe_done = failure.maybe_done = failure.maybe_done or maybe_done
                    raise
        raise AssertionError("the last attempt returns or raises")

    async def _sent_once(self, call: Call) -> Reply:
        try:
            async with asyncio.timeout(self._seconds):
                reply = await self._exchanged(call)
        except (TimeoutError, httpx.ReadTimeout, httpx.WriteTimeout):
            raise Unreachable(
                f"{self.name} did not answer within {self._seconds:.0f} seconds.", maybe_done=call.changes
            ) from None
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.ProxyError, httpx.PoolTimeout) as error:
            raise self._not_connected(error) from error
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
            raise Passing(f"The connection to {self.name} broke.", maybe_done=call.changes) from error
        unchanged = reply.status == codes.NOT_MODIFIED and "If-None-Match" in call.headers
        if codes.is_success(reply.status) or unchanged:
            return reply
        raise failure_of(reply, self.name, call.current, changes=call.changes)

    async def _exchanged(self, call: Call) -> Reply:
        """Send once and read the whole answer, as far as it is not absurdly long."""
        response = await self._client.send(self._request(call), stream=True)
        try:
            body = bytearray()
            async for chunk in response.aiter_bytes():
                body += chunk
                if len(body) > LARGEST_ANSWER:
                    raise not_understood(self.name, changes=call.changes)
        finally:
            await response.aclose()
        retry_after = response.headers.get("Retry-After", "")
        return Reply(
            status=response.status_code,
            body=bytes(body),
            retry_after=int(retry_after) if retry_after.isascii() and retry_after.isdigit() else None,
            location=response.headers.get("Location"),
        )

    def _request(self, call: Call) -> httpx.Request:
        headers = dict(call.headers)
        if call.body is not None:
            headers["Content-Type"] = "application/json"
        try:
            return self._client.build_request(
                call.method, self._base + call.path, params=call.params, content=call.body, headers=headers
            )
        except UnicodeEncodeError:
            raise unsendable() from None

    def _not_connected(self, error: httpx.TransportError) -> Unreachable:
        if "CERTIFICATE_VERIFY_FAILED" in str(error):
            return Unreachable(f"The certificate of {self.name} cannot be verified, so nothing was sent.")
        return Passing(f"{self.name} cannot be reached. Is it running, and is the network there?")


def _pause(call: Call, failure: Exception) -> bool | float:
    """Whether a call is worth repeating after a failure; a number is the seconds to wait before.

    A server that says itself how long to wait has refused: only a read is asked again without the
    person who asked.
    """
    seconds = failure.retry_after if isinstance(failure, Failure) else None
    if seconds is None:
        return isinstance(failure, Passing)
    return float(seconds) if seconds <= LONGEST_PAUSE and not call.changes else False
