"""Workspaces over HTTP: made, listed, renamed, deleted, left."""

import asyncio
from datetime import UTC, datetime, timedelta

import time_machine

from tests.server.driver import House

BAD_NAMES = ("", "Acme", "ac me", "-acme", "acme-", "ac--me", "a" * 65, "new", "acmé", "us-" + "0" * 20, "[red]")


async def test_W3_whoever_creates_a_workspace_owns_it(house: House) -> None:
    grace = await house.sign_up("grace")

    answer = await grace.post("/workspaces", {"name": "acme"})

    acme = answer.done()
    assert answer.status == 201
    assert answer.etag == f'"{acme["version"]}"'
    assert (acme["name"], acme["kind"], acme["source"]) == ("acme", "shared", "scratch")
    assert (acme["role"], acme["status"], acme["active_members"]) == ("owner", "active", 1)
    assert acme["counts"]["owner"] == {"active": 1, "disabled": 0}
    assert (await grace.sees(acme["id"])) == acme


async def test_W2_a_bad_name_is_refused_and_nothing_made(house: House) -> None:
    grace = await house.sign_up("grace")
    acme = await grace.creates("acme")

    for name in BAD_NAMES:
        for answer in (
            await grace.post("/workspaces", {"name": name}),
            await grace.patch(f"/workspaces/{acme}", {"name": name}),
        ):
            assert (answer.status, answer.code, answer.field) == (422, "name_invalid", "name"), name
    assert (await grace.get("/workspaces")).done()["total"] == 2
    assert (await grace.sees(acme))["name"] == "acme"


async def test_W2_a_name_is_taken_over_all_workspaces(house: House) -> None:
    grace, linus = await house.sign_up("grace"), await house.sign_up("linus")
    await grace.creates("acme")
    other = await linus.creates("other")

    for answer in (
        await linus.post("/workspaces", {"name": "acme"}),
        await linus.post("/workspaces", {"name": "grace"}),
        await linus.patch(f"/workspaces/{other}", {"name": "acme"}),
    ):
        assert (answer.status, answer.code) == (409, "name_taken")


async def test_W6_the_list_shows_each_workspace_with_the_own_role(house: House) -> None:
    grace = await house.sign_up("grace")
    acme = await grace.creates("acme")
    linus = await house.joins("linus", acme, "manager")
    ada = await house.joins("ada", acme, "user", "disabled")

    seen = {row["name"]: row for row in (await linus.get("/workspaces")).done()["items"]}
    assert seen.keys() == {"acme", "linus"}
    assert (seen["acme"]["role"], seen["acme"]["active_members"], seen["acme"]["kind"]) == ("manager", 2, "shared")
    assert seen["linus"]["kind"] == "personal"
    [shut] = (await ada.get("/workspaces", status="disabled")).done()["items"]
    assert (shut["id"], shut["name"], shut["kind"], shut["status"]) == (acme, "acme", "shared", "disabled")
    assert {shut[field] for field in ("source", "role", "active_members", "counts", "version")} == {None}


async def test_W6_the_list_is_filtered_sorted_and_found_by_name(house: House) -> None:
    grace = await house.sign_up("grace")
    for name in ("acme", "beta-works", "works-east"):
        await grace.creates(name)

    async def names(**query: str) -> list[str]:
        return [row["name"] for row in (await grace.get("/workspaces", **query)).done()["items"]]

    assert await names() == ["acme", "beta-works", "grace", "works-east"]
    assert await names(sort="-name") == ["works-east", "grace", "beta-works", "acme"]
    assert await names(q="work") == ["beta-works", "works-east"]
    assert await names(name="acme") == ["acme"]
    assert await names(kind="personal") == ["grace"]
    assert await names(kind="personal,shared", role="owner") == ["acme", "beta-works", "grace", "works-east"]
    assert await names(role="user") == []
    assert await names(status="disabled") == []
    assert await names(sort="joined_at") == ["grace", "acme", "beta-works", "works-east"]


async def test_W7_whoever_leaves_is_gone(house: House) -> None:
    grace = await house.sign_up("grace")
    acme = await grace.creates("acme")
    linus = await house.joins("linus", acme, "manager")

    assert (await linus.leaves(acme)).status == 204

    assert (await linus.get(f"/workspaces/{acme}")).code == "not_found"
    assert (await linus.leaves(acme)).code == "not_found"
    assert (await grace.get(f"/workspaces/{acme}/members/{linus.id}")).code == "not_found"
    assert (await grace.sees(acme))["active_members"] == 1


async def test_W7_the_last_owner_and_the_personal_workspace_stay(house: House) -> None:
    grace = await house.sign_up("grace")
    acme = await grace.creates("acme")
    await house.joins("linus", acme, "manager")
    await house.joins("ada", acme, "owner", "disabled")

    last, own = await grace.leaves(acme), await grace.leaves(grace.home)

    assert (last.status, last.code) == (409, "last_owner")
    assert (own.status, own.code) == (409, "personal_workspace")
    assert (await grace.sees(acme))["refusals"]["workspaces.leave"] == "last_owner"
    assert (await grace.sees(grace.home))["refusals"]["workspaces.leave"] == "personal_workspace"


async def test_W9_an_owner_renames_and_ids_stay(house: House) -> None:
    grace = await house.sign_up("grace")
    acme = await grace.creates("acme")

    answer = await grace.patch(f"/workspaces/{acme}", {"name": "acme-two"}, seen='"1"')

    assert (answer.done()["id"], answer.done()["name"], answer.etag) == (acme, "acme-two", '"2"')
    assert (await grace.sees(acme))["name"] == "acme-two"
    assert (await grace.patch(f"/workspaces/{grace.home}", {"name": "amazing"})).status == 200


async def test_W9_of_two_that_want_one_name_at_once_one_gets_it(house: House) -> None:
    grace = await house.sign_up("grace")
    acme, labs = await grace.creates("acme"), await grace.creates("labs")
    for n in range(5):
        answers = await asyncio.gather(
            grace.patch(f"/workspaces/{acme}", {"name": f"wanted-{n}"}),
            grace.patch(f"/workspaces/{labs}", {"name": f"wanted-{n}"}),
            grace.post("/workspaces", {"name": f"wanted-{n}"}),
        )
        assert sorted(answer.code or "" for answer in answers) == ["", "name_taken", "name_taken"]
    swapped = await asyncio.gather(
        grace.patch(f"/workspaces/{acme}", {"name": (await grace.sees(labs))["name"]}),
        grace.patch(f"/workspaces/{labs}", {"name": (await grace.sees(acme))["name"]}),
    )
    assert [answer.code for answer in swapped] == ["name_taken"] * 2


async def test_W7_W9_what_is_done_twice_at_once_is_done_once(house: House) -> None:
    grace = await house.sign_up("grace")
    acme = await grace.creates("acme")
    linus = await house.joins("linus", acme)

    left = await asyncio.gather(*(linus.leaves(acme) for _ in range(4)))
    assert sorted(answer.code or "" for answer in left) == ["", *["not_found"] * 3]
    assert (await grace.sees(acme))["active_members"] == 1
    deleted = await asyncio.gather(*(grace.delete(f"/workspaces/{acme}", seen='"1"') for _ in range(4)))
    assert sorted(answer.code or "" for answer in deleted) == ["", *["not_found"] * 3]
    assert (await grace.get("/me/activity", action="workspaces.delete")).done()["total"] == 1


async def test_W9_a_name_given_up_is_held_30_days_for_its_workspace(house: House) -> None:
    grace, linus = await house.sign_up("grace"), await house.sign_up("linus")
    acme = await grace.creates("acme")
    (await grace.patch(f"/workspaces/{acme}", {"name": "other"})).done()

    assert (await linus.post("/workspaces", {"name": "acme"})).code == "name_taken"
    assert (await grace.patch(f"/workspaces/{acme}", {"name": "acme"})).status == 200
    (await grace.patch(f"/workspaces/{acme}", {"name": "other"})).done()
    with time_machine.travel(datetime.now(UTC) + timedelta(days=31)):
        assert (await linus.post("/workspaces", {"name": "acme"})).status == 201


async def test_W9_an_owner_deletes_a_shared_workspace_and_its_name_is_free(house: House) -> None:
    grace = await house.sign_up("grace")
    acme = await grace.creates("acme")
    linus = await house.joins("linus", acme)

    assert (await grace.delete(f"/workspaces/{acme}", seen='"1"')).status == 204

    for person in (grace, linus):
        assert (await person.get(f"/workspaces/{acme}")).code == "not_found"
        assert (await person.get("/workspaces")).done()["total"] == 1
    assert (await linus.post("/workspaces", {"name": "acme"})).status == 201


async def test_W9_a_personal_workspace_is_not_deleted(house: House) -> None:
    grace = await house.sign_up("grace")

    answer = await grace.delete(f"/workspaces/{grace.home}")

    assert (answer.status, answer.code) == (409, "personal_workspace")
    assert (await grace.sees(grace.home))["refusals"]["workspaces.delete"] == "personal_workspace"


async def test_A2_the_revision_grows_with_every_change(house: House) -> None:
    grace = await house.sign_up("grace")
    acme = await grace.creates("acme")
    linus = await house.joins("linus", acme)
    seen = -1
    for change in (
        grace.patch(f"/workspaces/{acme}", {"name": "other"}),
        grace.changes(acme, linus, role="manager"),
        grace.changes(acme, linus, status="disabled"),
        grace.removes(acme, linus),
    ):
        (await change).done()
        answer = await grace.get(f"/workspaces/{acme}/revision")
        assert answer.done()["revision"] > seen
        seen = answer.done()["revision"]
        assert answer.etag == f'"r{seen}"'
        assert (await grace.sees(acme))["revision"] == seen
    same = await grace.sends("GET", f"/workspaces/{acme}/revision", headers={"If-None-Match": f'"r{seen}"'})
    assert (same.status, same.content, same.etag) == (304, b"", f'"r{seen}"')
    older = await grace.sends("GET", f"/workspaces/{acme}/revision", headers={"If-None-Match": f'"r{seen - 1}"'})
    assert older.status == 200
