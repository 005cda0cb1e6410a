"""Inviting by email and by link, over HTTP on both databases (I1, I2, I4, I5, I6)."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import select

from tests.server.driver import House, Person
from tests.server.inviting import code_of, invites, link, offer, send
from tui.server.storage import tables
from tui.server.storage.secrets import digest

DAY = 24 * 3600


async def test_I1_each_address_gets_a_code_of_its_own_and_its_link_to_send_by_hand(house: House) -> None:
    grace = await house.sign_up("grace")
    acme = await grace.creates("acme")

    results = (await send(grace, acme, "ada@example.org", "alan@example.org", role="manager")).done()["results"]

    assert [result["email"] for result in results] == ["ada@example.org", "alan@example.org"]
    assert len({code_of(result["link"]) for result in results}) == 2
    assert [result["link"].partition("#")[0] for result in results] == ["http://house/i"] * 2
    invite = results[0]["invite"]
    assert (invite["kind"], invite["role"], invite["status"], invite["mail"]) == (
        "email",
        "manager",
        "pending",
        "shown",
    )
    assert (invite["uses"], invite["max_uses"], invite["version"]) == (0, 1, 1)
    assert invite["inviter"] == {"user_id": grace.id, "username": "grace"}
    assert lifetime(invite) == 7 * DAY


async def test_I1_what_is_wrong_with_one_address_stops_no_other(house: House) -> None:
    grace = await house.sign_up("grace", email="Grace@Example.org")
    acme = await grace.creates("acme")
    (await send(grace, acme, "ada@example.org")).done()

    results = (
        await send(grace, acme, "nonsense", "grace@example.org", "ADA@example.org", " alan@example.org ", "a@b@c.org")
    ).done()["results"]

    came = {result["email"]: result["problem"]["code"] if result["problem"] else None for result in results}
    assert came == {
        "nonsense": "email_invalid",
        "grace@example.org": "already_member",
        "ADA@example.org": "already_invited",
        "alan@example.org": None,
        "a@b@c.org": "email_invalid",
    }
    assert [bool(result["link"]) for result in results] == [False, False, False, True, False]
    assert (await grace.sees(acme))["pending_invites"] == 2


async def test_I1_addresses_that_are_equal_but_for_case_are_one(house: House) -> None:
    grace = await house.sign_up("grace")
    acme = await grace.creates("acme")

    results = (await send(grace, acme, "Ada@example.org", "ada@EXAMPLE.org", "alan@example.org")).done()["results"]

    assert [result["email"] for result in results] == ["Ada@example.org", "alan@example.org"]


async def test_I1_a_disabled_member_is_a_member_already(house: House) -> None:
    grace = await house.sign_up("grace")
    acme = await grace.creates("acme")
    await house.joins("alan", acme, status="disabled", email="alan@example.org")

    (result,) = (await send(grace, acme, "alan@example.org")).done()["results"]

    assert result["problem"]["code"] == "already_member"


async def test_I1_two_hundred_addresses_at_once(house: House) -> None:
    grace = await house.sign_up("grace")
    acme = await grace.creates("acme")
    addresses = [f"person-{n}@example.org" for n in range(200)]

    results = (await send(grace, acme, *addresses)).done()["results"]

    assert [result["email"] for result in results] == addresses
    assert len({result["link"] for result in results}) == 200
    assert (await grace.sees(acme))["pending_invites"] == 200
    assert (await send(grace, acme, *addresses, "one-more@example.org")).field == "emails"
    assert (await send(grace, acme)).code == "input_invalid"


@pytest.mark.parametrize(
    "email",
    [
        "a@x.org\r\nBcc: all@x.org",
        "a b@x.org",
        "@x.org",
        "a@x",
        "a@x.org\u202e",
        "a" * 250 + "@x.org",
        "",
        "a@x.org,b@x.org ",
    ],
)
async def test_I1_hostile_addresses_are_refused_one_by_one(house: House, email: str) -> None:
    grace = await house.sign_up("grace")
    acme = await grace.creates("acme")

    results = (await send(grace, acme, email, "ada@example.org")).done()["results"]

    assert [bool(result["invite"]) for result in results] == [False, True]
    assert results[0]["problem"]["code"] == "email_invalid"


async def test_I1_two_managers_who_invite_one_address_at_once_make_one_invite(house: House) -> None:
    grace = await house.sign_up("grace")
    acme = await grace.creates("acme")
    ada = await house.joins("ada", acme, "manager")

    answers = await asyncio.gather(*(send(by, acme, "alan@example.org") for by in (grace, ada) * 4))

    problems = [answer.done()["results"][0]["problem"] for answer in answers]
    assert sorted(problem["code"] if problem else "" for problem in problems) == ["", *["already_invited"] * 7]


async def test_I1_only_an_owner_invites_owners(house: House) -> None:
    grace = await house.sign_up("grace")
    acme = await grace.creates("acme")
    ada = await house.joins("ada", acme, "manager")

    assert (await send(ada, acme, "alan@example.org", role="owner")).code == "role_forbidden"
    assert (await invites(grace, acme)).done()["total"] == 0
    assert (await send(grace, acme, "alan@example.org", role="owner")).status == 200


async def test_I2_a_link_has_a_role_an_expiry_uses_and_a_label(house: House) -> None:
    grace = await house.sign_up("grace")
    acme = await grace.creates("acme")

    made = (await link(grace, acme, role="manager", expires_in=DAY, max_uses=3, label="  Summer school ")).done()

    invite = made["invite"]
    assert (invite["kind"], invite["role"], invite["label"], invite["max_uses"]) == (
        "link",
        "manager",
        "Summer school",
        3,
    )
    assert (invite["email"], invite["mail"], lifetime(invite)) == (None, None, DAY)
    assert (await offer(house.stranger, code_of(made["link"]))).done()["workspace_name"] == "acme"
    forever = (await link(grace, acme, expires_in=None)).done()["invite"]
    assert (forever["expires_at"], forever["max_uses"], forever["role"]) == (None, None, "user")


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"role": "owner"}, "role"),
        ({"expires_in": 299}, "expires_in"),
        ({"expires_in": 31_536_001}, "expires_in"),
        ({"max_uses": 0}, "max_uses"),
        ({"max_uses": 10_001}, "max_uses"),
        ({"label": " "}, "label"),
        ({"label": "a\u202eb"}, "label"),
        ({"label": "a" * 101}, "label"),
        ({"code": "mine"}, "code"),
        ({"max_uses": True}, "max_uses"),
    ],
)
async def test_I2_what_a_link_cannot_be(house: House, asked: dict[str, Any], field: str) -> None:
    grace = await house.sign_up("grace")
    acme = await grace.creates("acme")

    answer = await link(grace, acme, **asked)

    assert (answer.status, answer.field) == (422, field)


async def test_I4_sending_again_makes_a_new_code_and_the_caller_its_inviter(house: House) -> None:
    grace = await house.sign_up("grace")
    acme = await grace.creates("acme")
    ada = await house.joins("ada", acme, "manager")
    first = (await send(grace, acme, "alan@example.org")).done()["results"][0]

    again = (await ada.post(f"{path(acme, first['invite'])}/resend", {"expires_in": DAY})).done()

    assert (again["invite"]["id"], again["invite"]["version"]) == (first["invite"]["id"], 2)
    assert (again["invite"]["inviter"]["username"], again["invite"]["sent_at"]) == ("ada", None)
    assert again["invite"]["expires_at"] < first["invite"]["expires_at"]
    assert (await offer(house.stranger, code_of(first["link"]))).code == "invite_unknown"
    assert (await offer(house.stranger, code_of(again["link"]))).done()["inviter_name"] == "ada"
    assert (await invites(grace, acme, q="ada")).done()["total"] == 1


@pytest.mark.parametrize("given", [DAY, 30 * DAY, None])
async def test_I4_an_invite_sent_again_has_its_first_lifetime_anew(house: House, given: int | None) -> None:
    grace = await house.sign_up("grace")
    acme = await grace.creates("acme")
    with time_machine.travel("2026-11-01T10:00:00Z", tick=False) as clock:
        sent = (await send(grace, acme, "alan@example.org", expires_in=given)).done()["results"][0]["invite"]
        shared = (await link(grace, acme, expires_in=given)).done()["invite"]
        for invite in (sent, shared):
            resend = f"{path(acme, invite)}/resend"
            (await grace.post(resend, {"expires_in": 2 * DAY})).done()
            clock.shift(3 * DAY)

            again = (await grace.post(resend, {})).done()["invite"]

            assert again["expires_at"] == (given and stamp(timedelta(seconds=given)))


async def test_I4_what_cannot_be_sent_again(house: House) -> None:
    grace = await house.sign_up("grace")
    acme = await grace.creates("acme")
    ada = await house.joins("ada", acme, "manager")
    revoked = (await send(grace, acme, "alan@example.org")).done()["results"][0]["invite"]
    (await grace.delete(path(acme, revoked))).done()
    owners = (await send(grace, acme, "tony@example.org", role="owner")).done()["results"][0]["invite"]
    taken = (await send(grace, acme, "linus@example.org")).done()["results"][0]["invite"]
    await house.joins("linus", acme, email="LINUS@example.org")

    async def code(by: Person, invite: Any) -> str | None:
        return (await by.post(f"{path(acme, invite)}/resend", {})).code

    assert await code(grace, revoked) == "invite_revoked"
    assert await code(ada, owners) == "role_forbidden"
    assert await code(grace, taken) == "already_member"
    assert await code(grace, {"id": "in-00000000000000000000"}) == "not_found"


async def test_I4_M5_revoking_is_against_the_version_that_was_seen_and_twice_is_once(house: House) -> None:
    grace = await house.sign_up("grace")
    acme = await grace.creates("acme")
    made = (await send(grace, acme, "alan@example.org")).done()["results"][0]
    (await grace.post(f"{path(acme, made['invite'])}/resend", {})).done()

    stale = await grace.delete(path(acme, made["invite"]), seen='"1"')
    assert (stale.status, stale.code, stale.body["current"]["version"]) == (412, "version_conflict", 2)
    assert (await grace.delete(path(acme, made["invite"]), seen=None)).code == "version_required"
    revoked = await grace.delete(path(acme, made["invite"]), seen='"2"')
    assert (revoked.done()["status"], revoked.done()["revoked_by"], revoked.etag) == ("revoked", "grace", '"3"')
    again = await grace.delete(path(acme, made["invite"]), seen='"2"')
    assert again.done() == revoked.done()
    log = (await grace.get(f"/workspaces/{acme}/activity", action="invites.revoke")).done()
    assert log["total"] == 1


async def test_I4_a_manager_manages_no_invite_of_an_owner_and_sees_why(house: House) -> None:
    grace = await house.sign_up("grace")
    acme = await grace.creates("acme")
    ada = await house.joins("ada", acme, "manager")
    owners = (await send(grace, acme, "tony@example.org", role="owner")).done()["results"][0]["invite"]

    assert owners["refusals"] == {}
    (seen,) = (await invites(ada, acme)).done()["items"]
    assert seen["refusals"] == {"invites.resend": "role_forbidden", "invites.revoke": "role_forbidden"}
    assert (await ada.delete(path(acme, owners))).code == "role_forbidden"


async def test_I5_the_database_holds_no_code_only_its_hash(house: House) -> None:
    grace = await house.sign_up("grace")
    acme = await grace.creates("acme")
    made = (await link(grace, acme)).done()
    code = code_of(made["link"])

    with house.store.reading() as connection:
        (stored,) = connection.execute(select(tables.invites)).all()

    assert len(code) == len("ic-") + 43
    assert bytes(stored.code_hash) == digest(code)
    assert code not in repr(stored)
    assert code not in repr((await invites(grace, acme)).body)
    assert code not in repr((await grace.get(f"/workspaces/{acme}/activity")).body)


async def test_I5_a_repeat_issues_a_new_code_in_place_of_one_that_nobody_used(house: House) -> None:
    grace = await house.sign_up("grace")
    acme = await grace.creates("acme")
    ways = {f"/workspaces/{acme}/invites": {"emails": ["ada@example.org", "-"]}, f"/workspaces/{acme}/invite-links": {}}

    for route, body in ways.items():
        first, again = [(await grace.post(route, body, key=f"key-{len(body)}")).done() for _ in range(2)]
        first, again = [answer.get("results", [answer])[0] for answer in (first, again)]
        assert first["invite"] == again["invite"]
        assert (await offer(house.stranger, code_of(first["link"]))).code == "invite_unknown"
        assert (await offer(house.stranger, code_of(again["link"]))).status == 200
    assert (await grace.sees(acme))["pending_invites"] == 2


async def test_I6_a_personal_workspace_takes_no_invites(house: House) -> None:
    grace = await house.sign_up("grace")

    assert (await send(grace, grace.home, "ada@example.org")).code == "personal_workspace"
    assert (await link(grace, grace.home)).code == "personal_workspace"
    assert (await invites(grace, grace.home)).done()["total"] == 0
    refusals = (await grace.sees(grace.home))["refusals"]
    assert (refusals["invites.send"], refusals["invites.link"]) == ("personal_workspace", "personal_workspace")


async def test_I4_owners_and_managers_see_how_many_are_pending(house: House) -> None:
    grace = await house.sign_up("grace")
    acme = await grace.creates("acme")
    ada, linus = await house.joins("ada", acme, "manager"), await house.joins("linus", acme)
    (await send(grace, acme, "a@example.org", "b@example.org")).done()

    listed = [(await by.get("/workspaces", kind="shared")).done()["items"][0] for by in (grace, ada, linus)]

    assert [row["pending_invites"] for row in listed] == [2, 2, None]
    assert [(await by.sees(acme))["pending_invites"] for by in (grace, ada, linus)] == [2, 2, None]


async def test_U1_I4_who_has_another_name_is_shown_and_found_by_it(house: House) -> None:
    grace = await house.sign_up("grace")
    acme = await grace.creates("acme")
    made = (await link(grace, acme)).done()

    (await grace.patch("/me", {"username": "hopper"})).done()

    assert (await invites(grace, acme, q="hopper")).done()["items"][0]["inviter"]["username"] == "hopper"
    assert (await invites(grace, acme, q="grace")).done()["total"] == 0
    assert (await offer(house.stranger, code_of(made["link"]))).done()["inviter_name"] == "hopper"


async def test_A1_A2_what_is_done_to_invites_is_told_and_makes_lists_old(house: House) -> None:
    grace = await house.sign_up("grace")
    acme = await grace.creates("acme")
    before = (await grace.sees(acme))["revision"]
    invite = (await send(grace, acme, "ada@example.org", "alan@example.org")).done()["results"][0]["invite"]
    (await grace.post(f"{path(acme, invite)}/resend", {})).done()
    (await grace.delete(path(acme, invite))).done()

    log = (await grace.get(f"/workspaces/{acme}/activity", action="invites.*")).done()["items"]

    assert [entry["action"] for entry in log] == ["invites.revoke", "invites.resend", *["invites.send"] * 2]
    assert log[0]["targets"] == [{"type": "invite", "id": invite["id"], "name": "ada@example.org"}]
    assert log[3]["after"]["role"] == "user"
    assert log[2]["context"]["group"] == log[3]["context"]["group"] is not None
    assert (await grace.sees(acme))["revision"] == before + 3


def path(workspace: str, invite: Any) -> str:
    return f"/workspaces/{workspace}/invites/{invite['id']}"


def stamp(later: timedelta) -> str:
    """So long after this moment, as the service says it."""
    return (datetime.now(UTC) + later).isoformat().replace("+00:00", "Z")


def lifetime(invite: Any) -> float:
    """Seconds that an invite is good for from its making."""
    return (datetime.fromisoformat(invite["expires_at"]) - datetime.fromisoformat(invite["created_at"])).total_seconds()
