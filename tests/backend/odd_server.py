"""A real HTTP server on loopback that answers each request as it is told to, well or badly."""

import asyncio
import json
import ssl
from collections import deque
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

from tui.backend.addresses import parsed
from tui.backend.http.client import HttpBackend, connect
from tui.domain.acts import PERMISSIONS
from tui.domain.programs import Program

CREDENTIAL = "se-00000000000000000000.ss-verysecret"

ABOUT = {
    "name": "Workspaces",
    "version": "9.9",
    "api": 1,
    "mode": "served",
    "sign_in": ["approve"],
    "open_sign_up": False,
    "needs_set_up": False,
    "mail": False,
    "capabilities": [*PERMISSIONS, "members.list", "paging", "versions", "watch"],
    "unavailable": {},
}

WORKSPACE: dict[str, object] = {
    "id": "ac-00000000000000000000",
    "name": "acme",
    "kind": "shared",
    "source": "scratch",
    "github_org": None,
    "role": "owner",
    "status": "active",
    "active_members": 1,
    "counts": None,
    "pending_invites": None,
    "created_at": "2026-01-31T12:00:00Z",
    "joined_at": "2026-01-31T12:00:00Z",
    "revision": 7,
    "version": 3,
    "refusals": {},
}


@dataclass(frozen=True)
class Asked:
    """One request as it arrived; header names in lower case."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes


Behaviour = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


def raw(data: bytes) -> Behaviour:
    """Sends these bytes, and hangs up."""

    async def behave(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(data)
        await writer.drain()

    return behave


def answers(status: int, body: object = None, *, kind: str = "application/json", **headers: str) -> Behaviour:
    """A whole answer; a body that is not bytes goes as JSON."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    lines = {"Content-Type": kind, "Content-Length": str(len(content)), "Connection": "close"}
    lines |= {name.replace("_", "-"): value for name, value in headers.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return raw(f"HTTP/1.1 {status} Odd\r\n{head}\r\n".encode() + content)


def refuses(status: int, code: str, **more: object) -> Behaviour:
    """A problem document."""
    document = {"type": "about:blank", "title": code, "status": status, "detail": f"Because of {code}.", "code": code}
    return answers(status, document | more, kind="application/problem+json")


closes = raw(b"")
"""Hangs up without an answer."""


async def stalls(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
    """Says nothing until the client has gone."""
    await reader.read()


@dataclass
class OddServer:
    """What it was asked, in order, and what it does next; out of behaviours, it hangs up."""

    port: int = 0
    asked: list[Asked] = field(default_factory=list)
    next: deque[Behaviour] = field(default_factory=deque)
    arrived: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def will(self, *behaviours: Behaviour) -> None:
        """What it does with the next requests; those before it are forgotten."""
        self.asked.clear()
        self.arrived.clear()
        self.next = deque(behaviours)

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            self.asked.append(await _read(reader))
            self.arrived.set()
            await (self.next.popleft() if self.next else closes)(reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()
            with suppress(ConnectionError):
                await writer.wait_closed()


@asynccontextmanager
async def odd_server(tls: ssl.SSLContext | None = None) -> AsyncGenerator[OddServer]:
    """One on a free port."""
    odd = OddServer()
    server = await asyncio.start_server(odd.handle, "127.0.0.1", 0, ssl=tls)
    odd.port = server.sockets[0].getsockname()[1]
    try:
        yield odd
    finally:
        server.close()
        await server.wait_closed()


@asynccontextmanager
async def client_of(odd: OddServer, *, seconds: float = 5, about: object = None) -> AsyncGenerator[HttpBackend]:
    """A client that has just connected to it."""
    odd.will(answers(200, about or ABOUT))
    backend = await connect(parsed(odd.address), CREDENTIAL, Program.CLI, seconds)
    try:
        yield backend
    finally:
        await backend.close()


async def _read(reader: asyncio.StreamReader) -> Asked:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("ascii")
    request, *lines = head.strip().split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    method, target, _ = request.split(" ")
    return Asked(method, target, headers, body)
