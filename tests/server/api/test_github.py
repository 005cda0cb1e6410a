"""Workspaces from GitHub organizations, joining them, and the switch of auto-join, over HTTP (W4, W5, W6)."""

import asyncio
from typing import Any

import pytest
from sqlalchemy import text

from tests.server.driver import seat
from tests.server.github_house import GithubPlace, Linked
from tests.server.inviting import accept, code_of, link
from tui.server.storage.engine import Store

TROUBLES = ("away", "nonsense", "500", "403", "429")


async def two(place: GithubPlace) -> tuple[Linked, Linked, str]:
    """Grace and linus, and an organization of which both are members."""
    grace, linus = await place.linked("grace"), await place.linked("linus")
    return grace, linus, place.github.organization("cobol", grace.github_id, linus.github_id)


async def test_W4_a_workspace_is_made_from_an_organization_with_auto_join_on(place: GithubPlace) -> None:
    grace, _, cobol = await two(place)

    made = (await grace.post("/workspaces", {"name": "compilers", "github_org_id": cobol})).done()

    assert (made["source"], made["github_org"]) == ("github", {"id": cobol, "login": "cobol"})
    assert (made["kind"], made["role"], made["active_members"]) == ("shared", "owner", 1)
    assert (await grace.get(f"/workspaces/{made['id']}/settings")).done() == {"auto_join": True, "version": 1}
    (entry,) = (await grace.get(f"/workspaces/{made['id']}/activity")).done()["items"]
    assert (entry["action"], entry["after"]["github_org"]) == ("workspaces.create", "cobol")


async def test_W4_the_organizations_of_a_person_are_listed(place: GithubPlace) -> None:
    grace, _, cobol = await two(place)
    place.github.organization("pending", grace.github_id, state="pending")
    assert (await grace.get("/github/orgs")).done() == {"items": [{"id": cobol, "login": "cobol", "name": "cobol"}]}


async def test_W4_only_an_active_member_makes_a_workspace_from_an_organization(place: GithubPlace) -> None:
    grace, linus, cobol = await two(place)
    pending = place.github.organization("pending", grace.github_id, state="pending")
    foreign = place.github.organization("foreign", linus.github_id)
    assert [row["id"] for row in (await grace.get("/github/orgs")).done()["items"]] == [cobol]
    place.github.leaves(grace.github_id, cobol)

    for organization in (cobol, pending, foreign, "0", "not-a-number"):
        answer = await grace.post("/workspaces", {"name": "compilers", "github_org_id": organization})
        assert (answer.status, answer.code) == (403, "github_not_member"), organization

    await linus.creates("compilers")  # nothing was half made: the name is free


async def test_W4_without_a_usable_account_no_organization_can_be_asked(place: GithubPlace) -> None:
    ada = await place.open.sign_up("ada")
    grace, _, cobol = await two(place)
    place.github.revokes(grace.github_id)

    for person in (ada, grace):
        for answer in (
            await person.post("/workspaces", {"name": "compilers", "github_org_id": cobol}),
            await person.get("/github/orgs"),
        ):
            assert (answer.status, answer.code) == (403, "github_unlinked")

    (await place.links(grace, grace.github_id)).done()
    assert await grace.creates_from(cobol, "compilers")


@pytest.mark.parametrize("trouble", TROUBLES)
async def test_W4_nothing_is_half_made_when_github_is_in_trouble(place: GithubPlace, trouble: str) -> None:
    grace, linus, cobol = await two(place)
    acme = await grace.creates_from(cobol, "acme")
    place.github.trouble = trouble

    for answer in (
        await grace.post("/workspaces", {"name": "compilers", "github_org_id": cobol}),
        await grace.get("/github/orgs"),
        await linus.get("/workspaces/joinable"),
        await linus.joins(acme),
    ):
        assert (answer.status, answer.code) == (503, "github_unavailable")
        assert answer.headers["Retry-After"] == ("17" if trouble == "429" else "30")

    assert (await grace.get("/workspaces")).done()["total"] == 2
    assert (await grace.sees(acme))["active_members"] == 1
    place.github.trouble = ""
    assert (await linus.joins(acme)).status == 200


async def test_W4_a_name_is_checked_before_github_is_asked(place: GithubPlace) -> None:
    grace, _, cobol = await two(place)
    asked = len(place.github.asked)
    answer = await grace.post("/workspaces", {"name": "Acme", "github_org_id": cobol})
    assert (answer.status, answer.code) == (422, "name_invalid")
    assert len(place.github.asked) == asked
    await grace.creates("acme")
    assert (await grace.post("/workspaces", {"name": "acme", "github_org_id": cobol})).code == "name_taken"


async def test_W3_an_account_managed_by_single_sign_on_makes_none(place: GithubPlace, store: Store) -> None:
    grace, _, cobol = await two(place)
    with store.writing() as connection:
        connection.execute(text("UPDATE users SET sso_managed = true"))
    for source in ({}, {"github_org_id": cobol}):
        answer = await grace.post("/workspaces", {"name": "acme", **source})
        assert (answer.status, answer.code) == (403, "sso_managed")


async def test_W4_several_workspaces_come_from_one_organization(place: GithubPlace) -> None:
    grace, linus, cobol = await two(place)
    for name in ("compilers", "acme"):
        await grace.creates_from(cobol, name)
    await linus.creates_from(cobol, "by-linus")
    assert await linus.may_join() == ["acme", "compilers"]


async def test_W4_a_renamed_organization_is_followed_by_number(place: GithubPlace) -> None:
    grace, linus, cobol = await two(place)
    acme = await grace.creates_from(cobol, "acme")
    place.github.organizations[int(cobol)] = "fortran"
    impostor = place.github.organization("cobol", linus.github_id)

    (shown,) = (await linus.get("/workspaces/joinable")).done()["items"]
    assert shown["github_org"] == {"id": cobol, "login": "fortran"}
    (await linus.joins(acme)).done()

    assert (await grace.sees(acme))["github_org"] == {"id": cobol, "login": "fortran"}
    place.github.leaves(linus.github_id, cobol)
    other = await grace.creates_from(cobol, "other")
    assert impostor != cobol
    assert (await linus.joins(other)).code == "github_not_member"


async def test_W5_a_member_of_the_organization_sees_what_may_be_joined(place: GithubPlace) -> None:
    grace, linus, cobol = await two(place)
    acme = await grace.creates_from(cobol, "acme")
    for name in ("edsger", "barbara", "ada"):
        await place.open.joins(name, acme, role="owner")
    await place.open.joins("zora", acme, role="owner", status="disabled")
    await place.open.joins("yusuf", acme)

    found = (await linus.get("/workspaces/joinable")).done()

    assert found["total"] == 1
    assert found["items"] == [
        {
            "workspace_id": acme,
            "name": "acme",
            "github_org": {"id": cobol, "login": "cobol"},
            "active_members": 5,
            "owners": ["ada", "barbara", "edsger"],
        }
    ]
    assert await grace.may_join() == []


async def test_W5_who_cannot_join_sees_nothing_to_join(place: GithubPlace) -> None:
    grace, linus, cobol = await two(place)
    acme = await grace.creates_from(cobol, "acme")
    seat(place.open.store, acme, linus.id, "user", "disabled")
    outsider = await place.linked("outsider")
    place.github.organization("elsewhere", outsider.github_id)
    nobody = await place.open.sign_up("nobody")

    for person in (linus, outsider):
        assert await person.may_join() == []
    assert (await nobody.get("/workspaces/joinable")).done()["items"] == []
    place.github.revokes(outsider.github_id)
    place.github.trouble = "401"
    assert (await nobody.get("/workspaces/joinable")).done()["items"] == []


async def test_W5_what_may_be_joined_is_paged_by_name(place: GithubPlace) -> None:
    grace, linus, cobol = await two(place)
    names = [f"acme-{number}" for number in range(7)]
    for name in reversed(names):
        await grace.creates_from(cobol, name)

    async def page(**query: Any) -> Any:
        return (await linus.get("/workspaces/joinable", limit=3, **query)).done()

    first = await page()
    second = await page(cursor=first["next"])
    last = await page(from_="end")
    assert [row["name"] for row in first["items"]] == names[:3]
    assert [row["name"] for row in second["items"]] == names[3:6]
    assert [row["name"] for row in last["items"]] == names[4:]
    assert (first["total"], first["prev"], last["next"]) == (7, None, None)


async def test_W5_showing_what_may_be_joined_asks_github_once_in_ten_minutes(place: GithubPlace) -> None:
    grace, linus, cobol = await two(place)
    acme = await grace.creates_from(cobol, "acme")
    assert await linus.may_join() == ["acme"]
    asked = len(place.github.asked)
    place.github.trouble = "away"
    assert await linus.may_join() == ["acme"]
    assert len(place.github.asked) == asked
    assert (await linus.joins(acme)).code == "github_unavailable"


async def test_W6_the_workspace_list_never_waits_for_github(place: GithubPlace) -> None:
    grace, _, cobol = await two(place)
    await grace.creates_from(cobol, "acme")
    place.github.trouble = "hang"
    asked = len(place.github.asked)
    assert (await grace.get("/workspaces")).done()["total"] == 2
    assert len(place.github.asked) == asked


async def test_W5_a_member_of_the_organization_joins_as_user(place: GithubPlace) -> None:
    grace, linus, cobol = await two(place)
    acme = await grace.creates_from(cobol, "acme")
    before = (await grace.sees(acme))["revision"]

    joined = await linus.joins(acme)

    member = joined.done()
    assert (member["role"], member["status"], member["joined_by"]) == ("user", "active", "auto_join")
    assert (member["is_self"], joined.etag) == (True, '"1"')
    assert await linus.may_join() == []
    seen = await grace.sees(acme)
    assert (seen["active_members"], seen["revision"]) == (2, before + 1)
    (entry, *_) = (await grace.get(f"/workspaces/{acme}/activity")).done()["items"]
    assert (entry["action"], entry["actor"]["name"], entry["after"]) == (
        "members.join",
        "linus",
        {"workspace": "acme", "role": "user", "joined_by": "auto_join"},
    )


async def test_W5_joining_twice_is_harmless_and_keeps_the_role(place: GithubPlace) -> None:
    grace, linus, cobol = await two(place)
    acme = await grace.creates_from(cobol, "acme")
    (await linus.joins(acme)).done()
    (await grace.changes(acme, linus, role="manager")).done()
    place.github.trouble = "away"

    again = (await linus.joins(acme)).done()

    assert again["role"] == "manager"
    assert (await grace.joins(acme)).done()["role"] == "owner"


async def test_W5_joining_many_times_at_once_makes_one_seat(place: GithubPlace) -> None:
    grace, linus, cobol = await two(place)
    acme = await grace.creates_from(cobol, "acme")

    answers = await asyncio.gather(*(linus.joins(acme) for _ in range(6)))

    assert {answer.status for answer in answers} == {200}
    assert (await grace.sees(acme))["active_members"] == 2
    log = (await grace.get(f"/workspaces/{acme}/activity", action="members.join")).done()
    assert log["total"] == 1


async def test_W5_I3_who_joins_by_both_ways_at_once_has_one_seat(place: GithubPlace) -> None:
    grace, linus, cobol = await two(place)
    for n in range(12):
        acme = await grace.creates_from(cobol, f"acme-{n}")
        code = code_of((await link(grace, acme)).done()["link"])

        answers = await asyncio.gather(linus.joins(acme), accept(linus, code))

        assert [answer.code for answer in answers] == [None, None]
        assert (await grace.sees(acme))["active_members"] == 2


async def test_W5_membership_is_asked_of_github_at_joining(place: GithubPlace) -> None:
    grace, linus, cobol = await two(place)
    acme = await grace.creates_from(cobol, "acme")
    assert await linus.may_join() == ["acme"]
    place.github.leaves(linus.github_id, cobol)

    answer = await linus.joins(acme)

    assert (answer.status, answer.code) == (403, "github_not_member")
    assert await linus.may_join() == []


async def test_W5_leaving_the_organization_removes_nobody(place: GithubPlace) -> None:
    grace, linus, cobol = await two(place)
    acme = await grace.creates_from(cobol, "acme")
    (await linus.joins(acme)).done()
    place.github.leaves(linus.github_id, cobol)
    assert (await linus.sees(acme))["role"] == "user"


async def test_W5_a_disabled_member_does_not_come_back_by_joining(place: GithubPlace) -> None:
    grace, linus, cobol = await two(place)
    acme = await grace.creates_from(cobol, "acme")
    (await linus.joins(acme)).done()
    (await grace.changes(acme, linus, status="disabled")).done()
    answer = await linus.joins(acme)
    assert (answer.status, answer.code) == (403, "member_disabled")


async def test_W5_what_does_not_come_from_github_cannot_be_joined(place: GithubPlace) -> None:
    grace, linus, _ = await two(place)
    for workspace in (await grace.creates("scratch"), grace.home, "ac-" + "0" * 20):
        answer = await linus.joins(workspace)
        assert (answer.status, answer.code) == (404, "not_found")


async def test_W5_who_is_in_already_stays_the_same_wherever_the_workspace_came_from(place: GithubPlace) -> None:
    grace, _, _ = await two(place)
    scratch = await grace.creates("scratch")
    assert (await grace.joins(scratch)).done()["role"] == "owner"
    assert (await grace.sees(scratch))["active_members"] == 1


async def test_W5_while_auto_join_is_off_nobody_joins_and_those_in_stay(place: GithubPlace) -> None:
    grace, linus, cobol = await two(place)
    ada = await place.linked("ada")
    place.github.memberships[ada.github_id] = {int(cobol): "active"}
    acme = await grace.creates_from(cobol, "acme")
    (await ada.joins(acme)).done()
    seen = (await grace.get(f"/workspaces/{acme}/settings")).etag
    before = (await grace.sees(acme))["revision"]

    off = await grace.patch(f"/workspaces/{acme}/settings", {"auto_join": False}, seen=seen)

    assert off.done() == {"auto_join": False, "version": 2}
    assert off.etag == '"2"'
    assert await linus.may_join() == []
    answer = await linus.joins(acme)
    assert (answer.status, answer.code) == (409, "auto_join_off")
    assert (await ada.sees(acme))["active_members"] == 2
    assert (await ada.joins(acme)).status == 200
    assert (await grace.sees(acme))["revision"] == before + 1
    (entry, *_) = (await grace.get(f"/workspaces/{acme}/activity")).done()["items"]
    assert (entry["action"], entry["before"], entry["after"]) == (
        "settings.set",
        {"auto_join": True},
        {"auto_join": False},
    )
    assert (await grace.switches(acme, on=False)).done() == off.body
    (await grace.switches(acme, on=True)).done()
    assert (await linus.joins(acme)).status == 200


async def test_W5_owners_and_managers_switch_auto_join_and_everybody_sees_it(place: GithubPlace) -> None:
    grace, _, cobol = await two(place)
    acme = await grace.creates_from(cobol, "acme")
    people = {role: await place.open.joins(role, acme, role=role) for role in ("manager", "user")}
    path = f"/workspaces/{acme}/settings"

    assert (await people["user"].get(path)).done()["auto_join"] is True
    refused = await people["user"].patch(path, {"auto_join": False})
    assert (refused.status, refused.code) == (403, "role_forbidden")
    assert (await people["user"].sees(acme))["refusals"]["settings.set"] == "role_forbidden"
    assert (await people["manager"].patch(path, {"auto_join": False})).status == 200
    assert "settings.set" not in (await people["manager"].sees(acme))["refusals"]


async def test_W5_other_workspaces_have_no_such_switch(place: GithubPlace) -> None:
    grace = await place.linked("grace")
    for workspace in (await grace.creates("scratch"), grace.home):
        path = f"/workspaces/{workspace}/settings"
        assert (await grace.get(path)).done()["auto_join"] is None
        answer = await grace.patch(path, {"auto_join": True})
        assert (answer.status, answer.code) == (409, "not_github")
        assert (await grace.patch(path, {"auto_join": True}, seen=None)).code == "version_required"
        assert (await grace.patch(path, {"auto_join": True}, seen='"7"')).code == "version_conflict"
        assert (await grace.sees(workspace))["refusals"]["settings.set"] == "not_github"


async def test_M5_a_switch_against_a_stale_version_is_refused_with_what_is_there(place: GithubPlace) -> None:
    grace, _, cobol = await two(place)
    acme = await grace.creates_from(cobol, "acme")
    path = f"/workspaces/{acme}/settings"
    (await grace.patch(f"/workspaces/{acme}", {"name": "acme-2"})).done()

    stale = await grace.patch(path, {"auto_join": False}, seen='"1"')

    assert (stale.status, stale.code) == (412, "version_conflict")
    assert stale.body["current"] == {"auto_join": True, "version": 2}
    assert (await grace.patch(path, {"auto_join": False}, seen=None)).code == "version_required"


async def test_W5_of_one_who_joins_and_one_who_switches_off_at_once_each_has_a_clear_answer(
    place: GithubPlace,
) -> None:
    grace, linus, cobol = await two(place)
    acme = await grace.creates_from(cobol, "acme")

    joined, switched = await asyncio.gather(linus.joins(acme), grace.switches(acme, on=False))

    assert switched.status == 200
    assert joined.code in {None, "auto_join_off"}
    assert (await grace.sees(acme))["active_members"] == (2 if joined.code is None else 1)


async def test_W4_what_github_said_of_one_account_makes_nothing_for_another(place: GithubPlace) -> None:
    grace, _, cobol = await two(place)
    acme = await grace.creates_from(cobol, "acme")
    ada = await place.linked("ada")
    place.github.memberships[ada.github_id] = {int(cobol): "active"}
    other = place.github.person("ada-elsewhere")
    place.github.trouble, place.github.trouble_at = "slow", "/api/v3/user/memberships"
    asked = len(place.github.asked)

    joining, making = (
        asyncio.ensure_future(ada.joins(acme)),
        asyncio.ensure_future(ada.post("/workspaces", {"name": "by-ada", "github_org_id": cobol})),
    )
    while len(place.github.asked) < asked + 2:
        await asyncio.sleep(0)
    (await place.links(ada, other)).done()
    place.github.released.set()

    for answer in await asyncio.gather(joining, making):
        assert (answer.status, answer.code) == (403, "github_unlinked")
    assert (await grace.sees(acme))["active_members"] == 1


async def test_W4_a_repeat_of_what_was_done_gets_its_answer_even_while_github_is_away(place: GithubPlace) -> None:
    grace, _, cobol = await two(place)
    ask = {"name": "acme", "github_org_id": cobol}
    made = (await grace.post("/workspaces", ask, key="k1")).done()
    place.github.trouble = "away"

    assert (await grace.post("/workspaces", ask, key="k1")).done() == made
    assert (await grace.post("/workspaces", ask, key="k2")).code == "github_unavailable"
