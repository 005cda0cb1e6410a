"""The list of invites: filters, search, order, places, on both databases (I4)."""

from typing import Any

import pytest
import time_machine

from tests.server.driver import House, Person
from tests.server.inviting import accept, code_of, invites, link, send

EVERY = "pending,accepted,used_up,expired,revoked"


def names(page: Any) -> list[str]:
    return [invite["email"] or invite["label"] for invite in page["items"]]


async def furnished(house: House) -> tuple[Person, str]:
    """Acme, where grace has invited in every way and ada once."""
    with time_machine.travel("2026-11-01T10:00:00Z", tick=False) as clock:
        grace = await house.sign_up("grace")
        acme = await grace.creates("acme")
        ada = await house.joins("ada-fern", acme, "manager")
        linus = await house.sign_up("linus", email="linus@example.org")

        async def made(answer: Any) -> Any:
            clock.shift(60)
            return answer.done().get("results", [answer.body])[0]

        await made(await send(grace, acme, "zoë.smith@corp.example.org", role="manager", expires_in=None))
        await made(await send(ada, acme, "bert@example.org"))
        await made(await send(grace, acme, "old@example.org", expires_in=300))
        revoked = await made(await send(grace, acme, "Carl@example.org", role="owner"))
        accepted = await made(await send(grace, acme, "linus@example.org"))
        await made(await link(grace, acme, label="Summer school", expires_in=3600, role="manager"))
        used_up = await made(await link(grace, acme, label="One chair", max_uses=1))
        (await grace.delete(f"/workspaces/{acme}/invites/{revoked['invite']['id']}")).done()
        (await accept(linus, code_of(accepted["link"]))).done()
        (await accept(await house.sign_up("tony"), code_of(used_up["link"]))).done()
    return grace, acme


AT = "2026-11-01T10:20:00Z"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, ["Summer school", "bert@example.org", "zoë.smith@corp.example.org"]),
        ({"status": "expired"}, ["old@example.org"]),
        ({"status": "revoked"}, ["Carl@example.org"]),
        ({"status": "accepted,used_up"}, ["One chair", "linus@example.org"]),
        ({"kind": "link"}, ["Summer school"]),
        ({"kind": "link", "status": EVERY}, ["One chair", "Summer school"]),
        (
            {"role": "owner,manager", "status": EVERY},
            ["Summer school", "Carl@example.org", "zoë.smith@corp.example.org"],
        ),
        ({"is": "BERT@example.org"}, ["bert@example.org"]),
        ({"sort": "email"}, ["Summer school", "bert@example.org", "zoë.smith@corp.example.org"]),
        ({"sort": "-email", "kind": "email"}, ["zoë.smith@corp.example.org", "bert@example.org"]),
        ({"sort": "expires_at"}, ["zoë.smith@corp.example.org", "Summer school", "bert@example.org"]),
        ({"sort": "-role", "kind": "email"}, ["bert@example.org", "zoë.smith@corp.example.org"]),
        ({"q": "zoe"}, ["zoë.smith@corp.example.org"]),
        ({"q": "smi CORP"}, ["zoë.smith@corp.example.org"]),
        ({"q": "school"}, ["Summer school"]),
        ({"q": "fern"}, ["bert@example.org"]),
        ({"q": "example", "sort": "email"}, ["bert@example.org", "zoë.smith@corp.example.org"]),
        (
            {"q": "example", "status": "accepted,expired", "sort": "created_at"},
            ["old@example.org", "linus@example.org"],
        ),
        ({"q": "grace", "role": "manager", "kind": "link"}, ["Summer school"]),
        ({"q": "!?"}, []),
        ({"q": "nobody"}, []),
    ],
)
async def test_I4_invites_are_searched_filtered_and_sorted(
    house: House, query: dict[str, str], expected: list[str]
) -> None:
    grace, acme = await furnished(house)

    with time_machine.travel(AT, tick=False):
        page = (await invites(grace, acme, **query)).done()

    assert names(page) == expected
    assert (page["total"], page["total_is"], page["position"]) == (len(expected), "exact", 0)


async def test_I4_the_list_of_one_inviter(house: House) -> None:
    grace, acme = await furnished(house)
    ada = house.people["ada-fern"]

    with time_machine.travel(AT, tick=False):
        assert names((await invites(grace, acme, inviter=ada.id)).done()) == ["bert@example.org"]
        assert names((await invites(grace, acme, inviter=f"{ada.id},{grace.id}", kind="email")).done()) == [
            "bert@example.org",
            "zoë.smith@corp.example.org",
        ]


async def test_I4_addresses_are_ordered_as_they_fold(house: House) -> None:
    grace = await house.sign_up("grace")
    acme = await grace.creates("acme")
    (await send(grace, acme, "zoe@example.org", "étoile@example.org", "Fern@example.org", "eta@example.org")).done()

    expected = ["eta@example.org", "étoile@example.org", "Fern@example.org", "zoe@example.org"]
    assert names((await invites(grace, acme, sort="email")).done()) == expected
    assert names((await invites(grace, acme, sort="-email", q="example")).done()) == expected[::-1]


@pytest.mark.parametrize(
    "sort", ["created_at", "-created_at", "email", "-email", "role", "-role", "expires_at", "-expires_at"]
)
@pytest.mark.parametrize("q", ["", "example"])
async def test_I4_every_order_pages_both_ways_and_jumps(house: House, sort: str, q: str) -> None:
    grace, acme = await furnished(house)
    query: dict[str, str | int] = {"sort": sort, "status": EVERY, **({"q": q} if q else {})}

    with time_machine.travel(AT, tick=False):
        everything = names((await invites(grace, acme, **query)).done())
        forwards, page = [], (await invites(grace, acme, limit=2, **query)).done()
        while True:
            forwards += names(page)
            if page["next"] is None:
                break
            page = (await invites(grace, acme, limit=2, cursor=page["next"], **query)).done()
        backwards: list[str] = []
        page = (await invites(grace, acme, limit=2, from_="end", **query)).done()
        while True:
            backwards = names(page) + backwards
            if page["prev"] is None:
                break
            page = (await invites(grace, acme, limit=2, cursor=page["prev"], **query)).done()
        middle = (await invites(grace, acme, limit=2, at=3, **query)).done()

    assert len(everything) == (5 if q else 7)
    assert forwards == backwards == everything
    assert names(middle) == everything[3:5]


async def test_I4_a_cursor_belongs_to_its_filter_and_outlives_time(house: House) -> None:
    grace, acme = await furnished(house)
    with time_machine.travel(AT, tick=False) as clock:
        cursor = (await invites(grace, acme, limit=1)).done()["next"]
        clock.shift(1)
        assert names((await invites(grace, acme, limit=1, cursor=cursor)).done()) == ["bert@example.org"]
        assert (await invites(grace, acme, cursor=cursor, kind="email")).code == "cursor_invalid"
        assert (await invites(grace, acme, cursor=cursor, sort="email")).code == "cursor_invalid"


@pytest.mark.parametrize(
    "query", [{"status": "lost"}, {"kind": "pigeon"}, {"role": "king"}, {"sort": "uses"}, {"x": "1"}]
)
async def test_I4_what_the_list_cannot_be_asked_for(house: House, query: dict[str, str]) -> None:
    grace = await house.sign_up("grace")
    acme = await grace.creates("acme")

    answer = await invites(grace, acme, **query)

    assert (answer.status, answer.field) == (422, next(iter(query)))


async def test_I4_only_owners_and_managers_read_it_and_each_workspace_has_its_own(house: House) -> None:
    grace, acme = await furnished(house)
    with time_machine.travel(AT, tick=False):
        linus, stranger = house.people["linus"], await house.sign_up("stranger")
        other = await stranger.creates("other")

        assert (await invites(linus, acme)).code == "role_forbidden"
        assert (await invites(stranger, acme)).code == "not_found"
        assert (await invites(stranger, other, status=EVERY)).done()["total"] == 0
        assert (await invites(stranger, other, q="example", status=EVERY)).done()["total"] == 0
        (invite,) = (await invites(grace, acme, status="revoked")).done()["items"]
        assert (await stranger.delete(f"/workspaces/{other}/invites/{invite['id']}")).code == "not_found"
