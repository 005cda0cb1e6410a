"""People and what they do to a service over HTTP, so that a test reads like a story.

grace = await house.sign_up("grace")
acme = await grace.creates("acme")
linus = await house.joins("linus", acme, role="manager")
answer = await linus.changes(acme, grace, role="user")
assert answer.code == "role_forbidden"
"""

from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
import msgspec

from tui.domain.roles import JoinedBy, Role, Status
from tui.server.app import NOTHING, create_app
from tui.server.outside.outside import Outside
from tui.server.settings import Settings
from tui.server.storage import members, workspaces
from tui.server.storage.engine import Store
from tui.server.storage.times import now

DEVICE = {"name": "desk", "platform": "linux", "app": "test 1.0"}
JSON = {"Content-Type": "application/json"}


@dataclass(frozen=True)
class Answer:
    """What came back: a `status`, a JSON `body`, and for a refusal its `code` and the `field` at fault."""

    status: int
    headers: httpx.Headers
    content: bytes

    @property
    def body(self) -> Any:
        return msgspec.json.decode(self.content) if self.content else None

    @property
    def code(self) -> str | None:
        return str(self.body["code"]) if self.status >= 400 else None

    @property
    def field(self) -> str | None:
        errors = self.body.get("errors") or [{}]
        found: str | None = errors[0].get("field")
        return found

    @property
    def etag(self) -> str | None:
        found: str | None = self.headers.get("ETag")
        return found

    def done(self) -> Any:
        """The body of an answer that is a success, whatever it is."""
        assert self.status < 300, (self.status, self.content)
        return self.body


class Caller:
    """Somebody at the door, signed in or not: methods of HTTP under `/v1`."""

    def __init__(self, calls: httpx.AsyncClient, credential: str | None = None) -> None:
        self._calls = calls
        self._headers = {"Authorization": f"Bearer {credential}"} if credential else {}

    async def get(self, path: str, **query: str | int) -> Answer:
        """A read; `from_` stands for `from`, which is a word of Python."""
        return await self.sends("GET", path, params={name.rstrip("_"): value for name, value in query.items()})

    async def post(self, path: str, body: object = None, *, key: str | None = None) -> Answer:
        """A change; with `key` as Idempotency-Key."""
        return await self._with_body("POST", path, body, {"Idempotency-Key": key} if key else {})

    async def patch(self, path: str, body: object, *, seen: str | None = "*") -> Answer:
        """A change of what has the version `seen`, as If-Match has it."""
        return await self._with_body("PATCH", path, body, {"If-Match": seen} if seen else {})

    async def delete(self, path: str, *, seen: str | None = "*") -> Answer:
        return await self.sends("DELETE", path, headers={"If-Match": seen} if seen else {})

    async def sends(
        self,
        method: str,
        path: str,
        *,
        headers: Mapping[str, str] | None = None,
        content: Any = None,
        params: Mapping[str, str | int] | None = None,
    ) -> Answer:
        """Anything at all, to the letter."""
        response = await self._calls.request(
            method, f"/v1{path}", headers=self._headers | dict(headers or {}), content=content, params=params or None
        )
        return Answer(response.status_code, response.headers, response.content)

    async def _with_body(self, method: str, path: str, body: object, headers: Mapping[str, str]) -> Answer:
        if body is None:
            return await self.sends(method, path, headers=headers)
        return await self.sends(method, path, headers=JSON | dict(headers), content=msgspec.json.encode(body))


class Person(Caller):
    """A user who is signed in."""

    def __init__(self, calls: httpx.AsyncClient, welcome: Mapping[str, Any]) -> None:
        super().__init__(calls, f"{welcome['session']['id']}.{welcome['secret']}")
        self.welcome = welcome
        self.id = str(welcome["user"]["id"])
        self.username = str(welcome["user"]["username"])
        self.home = str(welcome["workspace"]["id"])
        """The id of the personal workspace."""

    async def creates(self, name: str) -> str:
        """A new shared workspace: its id."""
        return str((await self.post("/workspaces", {"name": name})).done()["id"])

    async def sees(self, workspace: str) -> Any:
        """A workspace as this person sees it."""
        return (await self.get(f"/workspaces/{workspace}")).done()

    async def sees_member(self, workspace: str, whom: "Person") -> Any:
        """A member as this person sees them."""
        return (await self.get(f"/workspaces/{workspace}/members/{whom.id}")).done()

    async def changes(self, workspace: str, whom: "Person", *, seen: str | None = "*", **change: str) -> Answer:
        """Gives a member another `role` or `status`."""
        return await self.patch(f"/workspaces/{workspace}/members/{whom.id}", change, seen=seen)

    async def removes(self, workspace: str, whom: "Person", *, seen: str | None = "*") -> Answer:
        return await self.delete(f"/workspaces/{workspace}/members/{whom.id}", seen=seen)

    async def leaves(self, workspace: str) -> Answer:
        return await self.post(f"/workspaces/{workspace}/leave")

    async def makes_token(self, workspace: str, name: str = "ci", expires_in: int | None = None) -> "Token":
        """A new token of this person's own."""
        answer = await self.post(f"/workspaces/{workspace}/tokens", {"name": name, "expires_in": expires_in})
        return Token(self._calls, workspace, answer.done())

    async def hands_over(self, workspace: str, whom: "Person", version: int | None = None, **own: str) -> Answer:
        """Makes a member Owner and steps down to `own_role`."""
        return await self.post(f"/workspaces/{workspace}/hand-over", {"user_id": whom.id, "version": version, **own})


class Token(Caller):
    """Who calls by a token, in one workspace."""

    def __init__(self, calls: httpx.AsyncClient, workspace: str, made: Mapping[str, Any]) -> None:
        self.id = str(made["token"]["id"])
        self.secret = str(made["secret"])
        super().__init__(calls, f"{self.id}.{self.secret}")
        self.made = made["token"]
        """The token as it was answered."""
        self.path = f"/workspaces/{workspace}/tokens/{self.id}"


@dataclass
class House:
    """A service with open sign-up, and the people who live in it."""

    store: Store
    calls: httpx.AsyncClient
    address: str = "http://house"
    people: dict[str, Person] = field(default_factory=dict)

    @property
    def stranger(self) -> Caller:
        """Nobody who is signed in."""
        return Caller(self.calls)

    async def sign_up(self, username: str, **more: str) -> Person:
        """A new person, signed in."""
        answer = await self.stranger.post("/users", {"username": username, "device": DEVICE, **more})
        person = self.people[username] = Person(self.calls, answer.done())
        return person

    async def joins(
        self, username: str, workspace: str, role: str = "user", status: str = "active", **more: str
    ) -> Person:
        """A new person with a seat in a workspace."""
        person = await self.sign_up(username, **more)
        seat(self.store, workspace, person.id, role, status)
        return person


def seat(store: Store, workspace_id: str, user_id: str, role: str, status: str) -> None:
    """Gives a user a seat, as an invite would."""
    with store.writing() as connection:
        workspaces.lock(connection, workspace_id)
        found = workspaces.read(connection, workspace_id)
        assert found
        members.add(connection, found.pk, user_id, Role(role), joined_by=JoinedBy.LINK, now=now())
        row = members.of_users(connection, found.pk, [user_id])[user_id]
        members.save(connection, found.pk, [members.Change(row, row._replace(status=Status(status)))])


@asynccontextmanager
async def opened(store: Store, settings: Settings, outside: Outside = NOTHING) -> AsyncGenerator[House]:
    """A house over a store, in this process; the store and what is outside stay open."""
    transport = httpx.ASGITransport(create_app(store, settings, outside))
    async with httpx.AsyncClient(transport=transport, base_url="http://house") as calls:
        yield House(store, calls)
