"""Coming in by an invite, over HTTP on both databases (I3, S5, W1)."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from tests.server.driver import DEVICE, House, Person
from tests.server.inviting import accept, accept_as_new, code_of, invites, link, newcomer, offer, send

WRONG = ("ic-" + "A" * 43, "", "nonsense", "ic-\u202e\n", "x" * 10_000)


async def a_link(by: Person, workspace: str, **more: Any) -> str:
    return code_of((await link(by, workspace, **more)).done()["link"])


async def an_invite(by: Person, workspace: str, email: str, **more: Any) -> str:
    return code_of((await send(by, workspace, email, **more)).done()["results"][0]["link"])


async def test_I3_a_user_who_is_signed_in_joins_with_the_role_of_the_invite(house: House) -> None:
    grace, linus = await house.sign_up("grace"), await house.sign_up("linus")
    acme = await grace.creates("acme")
    code = await a_link(grace, acme, role="manager")

    welcome = (await accept(linus, code)).done()

    assert (welcome["user"]["id"], welcome["session"], welcome["secret"]) == (linus.id, None, None)
    assert (welcome["workspace"]["id"], welcome["workspace"]["role"]) == (acme, "manager")
    assert (welcome["workspace"]["active_members"], welcome["workspace"]["pending_invites"]) == (2, 1)
    member = welcome["member"]
    assert (member["user_id"], member["role"], member["joined_by"], member["is_self"]) == (
        linus.id,
        "manager",
        "link",
        True,
    )
    assert member == await linus.sees_member(acme, linus)
    assert (await invites(grace, acme)).done()["items"][0]["uses"] == 1


async def test_I3_W1_a_new_user_gets_an_account_a_personal_workspace_a_session_and_the_seat(house: House) -> None:
    grace = await house.sign_up("grace")
    acme = await grace.creates("acme")
    code = await an_invite(grace, acme, "Ada@example.org")

    welcome = (await accept_as_new(house.stranger, code, "ada", display_name=" Ada Fern ")).done()
    ada = Person(house.calls, welcome)

    assert (welcome["workspace"]["id"], welcome["member"]["role"], welcome["member"]["joined_by"]) == (
        acme,
        "user",
        "email",
    )
    user = welcome["user"]
    assert (user["username"], user["display_name"], user["email"]) == ("ada", "Ada Fern", "Ada@example.org")
    listed = (await ada.get("/workspaces")).done()["items"]
    assert [(row["name"], row["kind"], row["role"]) for row in listed] == [
        ("acme", "shared", "user"),
        ("ada", "personal", "owner"),
    ]
    (spent,) = (await invites(grace, acme, status="accepted")).done()["items"]
    assert (spent["uses"], spent["status"], spent["refusals"]) == (
        1,
        "accepted",
        {"invites.resend": "invite_used_up", "invites.revoke": "invite_used_up"},
    )


async def test_S5_an_address_that_an_inviter_was_shown_the_code_of_is_not_proved(house: House) -> None:
    grace = await house.sign_up("grace")
    acme = await grace.creates("acme")

    ada = await newcomer(house, await an_invite(grace, acme, "ada@example.org"), "ada")

    assert ada.welcome["user"]["email_proved"] is False


async def test_I3_accepting_twice_keeps_the_present_role_and_spends_no_use(house: House) -> None:
    grace, linus = await house.sign_up("grace"), await house.sign_up("linus")
    acme = await grace.creates("acme")
    code = await a_link(grace, acme, role="manager", max_uses=2)
    (await accept(linus, code)).done()
    (await grace.changes(acme, linus, role="user")).done()
    revision = (await grace.sees(acme))["revision"]

    again = (await accept(linus, code)).done()

    assert (again["member"]["role"], again["workspace"]["revision"]) == ("user", revision)
    assert (await invites(grace, acme)).done()["items"][0]["uses"] == 1
    (await grace.delete(f"/workspaces/{acme}/invites/{(await invites(grace, acme)).body['items'][0]['id']}")).done()
    assert (await accept(linus, code)).status == 200


async def test_I3_a_repeated_accept_makes_one_account_with_a_new_secret(house: House) -> None:
    grace = await house.sign_up("grace")
    acme = await grace.creates("acme")
    code = await an_invite(grace, acme, "ada@example.org")

    first, again = [(await accept_as_new(house.stranger, code, "ada", key="k1")).done() for _ in range(2)]

    assert (again["user"]["id"], again["member"]["role"]) == (first["user"]["id"], "user")
    assert again["secret"] not in {None, first["secret"]}
    assert (await Person(house.calls, again).get("/me")).status == 200
    assert (await Person(house.calls, first).get("/me")).code == "unauthenticated"


async def test_I3_a_link_with_one_use_left_has_one_winner(house: House) -> None:
    grace = await house.sign_up("grace")
    acme = await grace.creates("acme")
    people = [await house.sign_up(f"person-{n}") for n in range(4)]
    code = await a_link(grace, acme, max_uses=3)
    (await accept(people[0], code)).done()
    (await accept(people[0], code)).done()
    await newcomer(house, code, "ada")

    answers = await asyncio.gather(
        *(accept(person, code) for person in people[1:]),
        *(accept_as_new(house.stranger, code, f"new-{n}") for n in range(4)),
    )

    assert sorted(answer.code or "" for answer in answers) == ["", *["invite_used_up"] * 6]
    assert (await grace.sees(acme))["active_members"] == 4
    (spent,) = (await invites(grace, acme, status="used_up")).done()["items"]
    assert (spent["uses"], spent["max_uses"]) == (3, 3)


async def test_I3_two_who_come_by_one_email_invite_at_once_are_one(house: House) -> None:
    grace = await house.sign_up("grace")
    acme = await grace.creates("acme")
    code = await an_invite(grace, acme, "ada@example.org")

    answers = await asyncio.gather(*(accept_as_new(house.stranger, code, f"ada-{n}") for n in range(6)))

    assert sorted(answer.status for answer in answers) == [200, *[409] * 5]
    assert {answer.code for answer in answers} == {None, "invite_used_up"}
    assert (await grace.get(f"/workspaces/{acme}/members")).done()["total"] == 2


async def test_I3_nobody_gets_in_by_a_code_that_is_revoked_at_the_same_moment(house: House) -> None:
    grace = await house.sign_up("grace")
    for n in range(6):
        acme = await grace.creates(f"acme-{n}")
        made = (await link(grace, acme, max_uses=1)).done()
        invite = f"/workspaces/{acme}/invites/{made['invite']['id']}"

        revoked, accepted = await asyncio.gather(
            grace.delete(invite), accept_as_new(house.stranger, code_of(made["link"]), f"new-{n}")
        )

        assert (revoked.code, accepted.code) in {(None, "invite_revoked"), ("invite_used_up", None)}
        assert (await grace.sees(acme))["active_members"] == (2 if accepted.code is None else 1)


async def test_I3_U1_who_joins_and_deletes_the_account_at_once_leaves_no_seat_without_a_user(house: House) -> None:
    grace = await house.sign_up("grace")
    acme = await grace.creates("acme")
    code = await a_link(grace, acme)
    for n in range(6):
        linus = await house.sign_up(f"linus-{n}")

        deleted, accepted = await asyncio.gather(linus.delete("/me"), accept(linus, code))

        assert (deleted.status, accepted.code) in {(204, None), (204, "unauthenticated")}
        listed = (await grace.get(f"/workspaces/{acme}/members")).done()
        assert [member["username"] for member in listed["items"]] == ["grace"]
        assert (await grace.sees(acme))["active_members"] == listed["total"] == 1


async def test_I3_a_disabled_member_cannot_get_back_in(house: House) -> None:
    grace = await house.sign_up("grace")
    acme = await grace.creates("acme")
    alan = await house.joins("alan", acme, status="disabled")
    code = await a_link(grace, acme)

    assert (await accept(alan, code)).code == "member_disabled"
    assert (await grace.sees_member(acme, alan))["status"] == "disabled"
    assert (await invites(grace, acme)).done()["items"][0]["uses"] == 0


async def test_I3_M7_who_was_removed_can_come_back_by_an_invite(house: House) -> None:
    grace = await house.sign_up("grace")
    acme = await grace.creates("acme")
    alan = await house.joins("alan", acme, "manager")
    (await grace.removes(acme, alan)).done()

    assert (await accept(alan, await a_link(grace, acme))).done()["member"]["role"] == "user"


async def test_I3_an_email_invite_is_for_the_account_with_that_address(house: House) -> None:
    grace = await house.sign_up("grace")
    acme = await grace.creates("acme")
    linus, ada = (
        await house.sign_up("linus", email="linus@example.org"),
        await house.sign_up("ada", email="ADA@example.org"),
    )
    code = await an_invite(grace, acme, "ada@example.org")

    assert (await accept(linus, code)).code == "email_mismatch"
    assert (await accept(grace, code)).status == 200, "a member already is in already"
    assert (await accept_as_new(house.stranger, code, "mallory", email="mallory@example.org")).code == "email_mismatch"
    assert (await accept(ada, code)).done()["member"]["joined_by"] == "email"


async def test_I3_S5_who_has_an_account_must_be_signed_in_to_it(house: House) -> None:
    grace = await house.sign_up("grace")
    acme = await grace.creates("acme")
    ada = await house.sign_up("ada", email="Ada@example.org")
    code = await an_invite(grace, acme, "ada@example.org")

    as_new = await accept_as_new(house.stranger, code, "ada-again")
    as_nobody = await accept(house.stranger, code)

    assert [(answer.status, answer.code) for answer in (as_new, as_nobody)] == [(401, "unauthenticated")] * 2
    assert "secret" not in as_new.body
    assert (await accept(ada, code)).status == 200


async def test_S4_an_offer_says_nothing_about_accounts(house: House) -> None:
    grace = await house.sign_up("grace")
    acme = await grace.creates("acme")
    await house.sign_up("ada", email="ada@example.org")

    seen = [
        (await offer(house.stranger, await an_invite(grace, acme, email))).done()
        for email in ("ada@example.org", "abe@example.org")
    ]

    assert {**seen[0], "expires_at": None} == {**seen[1], "expires_at": None}


async def test_S4_a_dead_code_says_nothing_about_accounts(house: House) -> None:
    grace = await house.sign_up("grace")
    acme = await grace.creates("acme")
    await house.sign_up("ada", email="ada@example.org")
    made = (await send(grace, acme, "ada@example.org", "alan@example.org")).done()["results"]
    for result in made:
        (await grace.delete(f"/workspaces/{acme}/invites/{result['invite']['id']}")).done()

    codes = [(await accept_as_new(house.stranger, code_of(result["link"]), "newbie")).code for result in made]

    assert codes == ["invite_revoked"] * 2


async def test_I3_a_code_that_is_old_is_refused_and_sending_it_again_helps(house: House) -> None:
    grace, linus = await house.sign_up("grace"), await house.sign_up("linus")
    acme = await grace.creates("acme")
    made = (await link(grace, acme, expires_in=300)).done()
    invite = f"/workspaces/{acme}/invites/{made['invite']['id']}"

    with time_machine.travel(made["invite"]["expires_at"], tick=False):
        assert (await accept(linus, code_of(made["link"]))).code == "invite_expired"
        assert (await offer(house.stranger, code_of(made["link"]))).code == "invite_expired"
        assert (await invites(grace, acme)).done()["total"] == 0
        assert (await invites(grace, acme, status="expired")).done()["items"][0]["status"] == "expired"
        again = (await grace.post(f"{invite}/resend", {})).done()
        assert again["invite"]["status"] == "pending"
        assert (await accept(linus, code_of(again["link"]))).status == 200


async def test_I1_I4_an_expired_invite_stands_in_no_new_ones_way(house: House) -> None:
    grace = await house.sign_up("grace")
    acme = await grace.creates("acme")
    old = (await send(grace, acme, "ada@example.org", expires_in=300)).done()["results"][0]["invite"]

    with time_machine.travel(old["expires_at"], tick=False):
        new = (await send(grace, acme, "ada@example.org")).done()["results"][0]
        assert new["problem"] is None
        assert (await grace.post(f"/workspaces/{acme}/invites/{old['id']}/resend", {})).code == "already_invited"


@pytest.mark.parametrize("code", WRONG)
async def test_I3_a_code_that_is_none_is_unknown(house: House, code: str) -> None:
    linus = await house.sign_up("linus")

    for answer in (await offer(house.stranger, code), await accept(linus, code)):
        assert (answer.status, answer.code) == (404, "invite_unknown")
        assert code not in answer.body["detail"] or not code


async def test_I3_W9_a_deletion_ends_a_workspaces_invites_at_once(house: House) -> None:
    grace, linus = await house.sign_up("grace"), await house.sign_up("linus")
    acme = await grace.creates("acme")
    code = await a_link(grace, acme)
    (await grace.delete(f"/workspaces/{acme}")).done()

    assert (await accept(linus, code)).code == "invite_unknown"
    assert (await offer(linus, code)).code == "invite_unknown"


async def test_I3_what_a_code_offers(house: House) -> None:
    grace = await house.sign_up("grace")
    acme = await grace.creates("acme")
    to_ada = await an_invite(grace, acme, "ada@example.org")
    to_all = await a_link(grace, acme, role="manager", expires_in=None)

    seen = (await offer(house.stranger, to_ada)).done()
    assert {**seen, "expires_at": None} == {
        "workspace_name": "acme",
        "kind": "email",
        "role": "user",
        "inviter_name": "grace",
        "email": "a…@example.org",
        "expires_at": None,
        "needs_account": True,
    }
    assert (await offer(grace, to_ada)).done()["needs_account"] is False
    seen = (await offer(house.stranger, to_all)).done()
    assert (seen["kind"], seen["email"], seen["expires_at"], seen["needs_account"]) == ("link", None, None, True)
    assert (await offer(grace, to_all)).done()["needs_account"] is False


async def test_I3_a_new_user_who_cannot_be_leaves_nothing_behind(house: House) -> None:
    grace = await house.sign_up("grace")
    acme = await grace.creates("acme")
    code = await a_link(grace, acme)

    taken = await accept_as_new(house.stranger, code, "grace")
    wrong = await accept_as_new(house.stranger, code, "Not Good")
    named = await accept_as_new(house.stranger, code, "newbie", display_name="a\x07b")
    mailed = await accept_as_new(house.stranger, code, "newbie", email="nonsense")
    deviceless = await house.stranger.post("/invites/accept", {"code": code, "new_user": {"username": "newbie"}})

    assert (taken.status, taken.code) == (409, "username_taken")
    assert (wrong.code, wrong.field) == ("username_invalid", "new_user.username")
    assert (named.code, named.field) == ("input_invalid", "new_user.display_name")
    assert (mailed.code, mailed.field) == ("email_invalid", "new_user.email")
    assert (deviceless.code, deviceless.field) == ("input_invalid", "device")
    assert (await invites(grace, acme)).done()["items"][0]["uses"] == 0
    assert (await house.sign_up("newbie")).username == "newbie"


async def test_I3_somebody_signed_in_may_make_a_new_account_of_an_invite(house: House) -> None:
    grace, linus = await house.sign_up("grace"), await house.sign_up("linus")
    acme = await grace.creates("acme")
    code = await an_invite(grace, acme, "ada@example.org")

    ask = {"code": code, "new_user": {"username": "ada"}, "device": DEVICE}
    welcome = (await linus.post("/invites/accept", ask)).done()

    assert (welcome["user"]["username"], welcome["member"]["username"]) == ("ada", "ada")
    assert (await linus.get("/workspaces")).done()["total"] == 1


async def test_I3_S1_a_credential_that_has_ended_is_refused(house: House) -> None:
    grace, linus = await house.sign_up("grace"), await house.sign_up("linus")
    acme = await grace.creates("acme")
    code = await a_link(grace, acme)
    (await linus.delete(f"/sessions/{linus.welcome['session']['id']}")).done()

    assert (await accept(linus, code)).code == "unauthenticated"
    ask = {"code": code, "new_user": {"username": "ada"}, "device": DEVICE}
    assert (await linus.post("/invites/accept", ask)).code == "unauthenticated"


async def test_S2_a_token_joins_nothing(house: House) -> None:
    grace = await house.sign_up("grace")
    acme = await grace.creates("acme")
    code = await a_link(grace, acme)
    token = (await grace.post(f"/workspaces/{acme}/tokens", {"name": "one", "expires_in": None})).done()
    bearer = {"Authorization": f"Bearer {token['token']['id']}.{token['secret']}"}

    for body in ({"code": code}, {"code": code, "new_user": {"username": "ada"}, "device": DEVICE}):
        answer = await house.calls.post("/v1/invites/accept", json=body, headers=bearer)
        assert (answer.status_code, answer.json()["code"]) == (403, "session_required")


async def test_I3_A1_who_came_by_which_invite_is_told(house: House) -> None:
    grace = await house.sign_up("grace")
    acme = await grace.creates("acme")
    made = (await link(grace, acme, label="Summer school")).done()
    ada = await newcomer(house, code_of(made["link"]), "ada")

    log = (await grace.get(f"/workspaces/{acme}/activity", target=made["invite"]["id"])).done()["items"]
    own = (await ada.get("/me/activity")).done()["items"]
    joined = (await grace.get(f"/workspaces/{acme}/activity", target=ada.id)).done()["items"]

    assert [(entry["action"], entry["actor"]["name"]) for entry in log] == [
        ("invites.accept", "ada"),
        ("invites.link", "grace"),
    ]
    assert (log[0]["targets"][0]["name"], log[0]["after"]) == ("Summer school", {"workspace": "acme", "role": "user"})
    assert (joined[0]["action"], joined[0]["after"]) == ("members.join", {"role": "user", "joined_by": "link"})
    assert {entry["action"] for entry in own} == {
        "users.create",
        "workspaces.create",
        "invites.accept",
        "sessions.create",
    }


async def test_I3_tries_are_counted_by_address(house: House) -> None:
    grace = await house.sign_up("grace")
    code = await a_link(grace, await grace.creates("acme"))

    with time_machine.travel(timedelta(minutes=1), tick=False):
        found = [(await offer(house.stranger, "wrong")).code for _ in range(21)]
        accepted = [await accept_as_new(house.stranger, "wrong", "ada") for _ in range(21)]
        assert (await offer(house.stranger, code)).code == "rate_limited"

    assert found == ["invite_unknown"] * 20 + ["rate_limited"]
    assert [answer.code for answer in accepted] == ["invite_unknown"] * 20 + ["rate_limited"]
    assert 0 < int(accepted[-1].headers["Retry-After"]) <= 60
