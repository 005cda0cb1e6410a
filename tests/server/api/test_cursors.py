"""Cursors of every list over HTTP, on both databases: they go on in every order, and open nothing else (M4)."""

import base64
import json
from typing import Any, NamedTuple

import msgspec
import pytest

from tests.server.driver import House, Person
from tests.server.inviting import send
from tui.domain.users import DeviceAsk
from tui.server.storage import sessions
from tui.server.storage.times import now

MEMBERS, INVITES, TOKENS = "/workspaces/{w}/members", "/workspaces/{w}/invites", "/workspaces/{w}/tokens"
LISTS: list[tuple[str, tuple[str, ...], dict[str, str]]] = [
    (MEMBERS, ("username", "display_name", "email", "role", "status", "joined_at", "last_active_at"), {}),
    (MEMBERS, ("username", "role", "joined_at"), {"q": "e"}),
    (INVITES, ("created_at", "email", "role", "expires_at"), {}),
    (INVITES, ("created_at", "email", "role", "expires_at"), {"q": "e"}),
    (TOKENS, ("created_at", "name", "username", "last_used_at", "expires_at"), {}),
    (TOKENS, ("name", "expires_at"), {"member": "all", "q": "t"}),
    ("/workspaces", ("name", "role", "active_members", "joined_at"), {}),
    ("/workspaces/{w}/activity", ("",), {}),
    ("/sessions", ("",), {}),
    ("/me/activity", ("",), {}),
]
NUMBERS = (2**63 - 1, -70_000, 2**63, True)
TEXTS = ("\uffff", "\ud800", "a\0", 5)


class Listed(NamedTuple):
    """One list in one order, by somebody who may read it."""

    reader: Person
    path: str
    query: dict[str, str]

    async def page(self, **place: str | int) -> Any:
        return (await self.reader.get(self.path, **self.query, **place)).done()


@pytest.fixture
async def lists(house: House) -> list[Listed]:
    """Every list in every order, each of several rows."""
    grace = await house.sign_up("grace", email="grace@example.org")
    acme = await grace.creates("acme")
    for number, name in enumerate(("ada", "eve", "linus")):
        await house.joins(name, acme, "manager" if number else "user", email=f"{name}@example.org")
        (await send(grace, acme, f"e{number}@example.org", role="manager" if number else "user")).done()
        await grace.makes_token(acme, f"t{number}", 3600 * (number + 1))
    labs = await grace.creates("labs")
    await house.joins("alan", labs)
    with house.store.writing() as connection:
        sessions.create(connection, grace.id, DeviceAsk("desk", "linux", "test 1.0"), None, now())
    return [
        Listed(grace, path.format(w=acme), more | ({"sort": sign + sort} if sort else {}))
        for path, sorts, more in LISTS
        for sort in sorts
        for sign in (("", "-") if sort else ("",))
    ]


async def test_M4_every_list_goes_on_by_its_cursors_in_every_order(lists: list[Listed]) -> None:
    for listed in lists:
        whole = (await listed.page())["items"]
        assert len(whole) > 1, listed
        pages = [await listed.page(limit=2)]
        while cursor := pages[-1]["next"]:
            pages.append(await listed.page(limit=2, cursor=cursor))
        back = [pages[-1]]
        while cursor := back[-1]["prev"]:
            back.append(await listed.page(limit=2, cursor=cursor))

        for walked in (pages, back[::-1]):
            assert [id_of(row) for page in walked for row in page["items"]] == [id_of(row) for row in whole], listed


async def test_M4_a_cursor_opens_no_other_list_filter_or_order(lists: list[Listed]) -> None:
    cursors = [(await listed.page(limit=1))["next"] for listed in lists]

    assert len({unpacked(cursor)[0] for cursor in cursors}) == len(lists)
    for listed, of_another in zip(lists, [*cursors[1:], cursors[0]], strict=True):
        answer = await listed.reader.get(listed.path, **listed.query, cursor=of_another)
        assert (answer.status, answer.code, answer.field) == (422, "cursor_invalid", "cursor"), listed


async def test_M4_a_forged_cursor_is_refused_or_harmless(lists: list[Listed]) -> None:
    for listed in lists:
        mark, _, key = unpacked((await listed.page(limit=1))["next"])
        for place, part in enumerate(key):
            for other in NUMBERS if isinstance(part, int) else TEXTS:
                forged = [*key[:place], other, *key[place + 1 :]]
                answer = await listed.reader.get(listed.path, **listed.query, cursor=packed((mark, ">", forged)))
                assert answer.code in {None, "cursor_invalid"}, (listed, forged, answer)


def id_of(row: Any) -> str:
    return str(row.get("id") or row["user_id"])


def unpacked(cursor: str) -> Any:
    return msgspec.json.decode(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))


def packed(parts: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode()
