"""What becomes of a person's invites when the person may not invite any more (I7), on both databases."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from tests.server.driver import Answer, House, Person
from tests.server.inviting import accept_as_new, code_of, invites, link, send

Act = Callable[[Person, Person, str], Awaitable[Answer]]


async def demote(by: Person, whom: Person, acme: str) -> Answer:
    return await by.changes(acme, whom, role="user")


async def lower(by: Person, whom: Person, acme: str) -> Answer:
    return await by.changes(acme, whom, role="manager")


async def disable(by: Person, whom: Person, acme: str) -> Answer:
    return await by.changes(acme, whom, status="disabled")


async def remove(by: Person, whom: Person, acme: str) -> Answer:
    return await by.removes(acme, whom)


async def leave(by: Person, whom: Person, acme: str) -> Answer:
    return await whom.leaves(acme)


async def hand_over(by: Person, whom: Person, acme: str) -> Answer:
    return await whom.hands_over(acme, by)


async def hand_over_to_user(by: Person, whom: Person, acme: str) -> Answer:
    return await whom.hands_over(acme, by, own_role="user")


async def remove_in_bulk(by: Person, whom: Person, acme: str) -> Answer:
    items = [{"user_id": whom.id, "version": None}]
    return await by.post(f"/workspaces/{acme}/members/bulk", {"change": {"remove": True}, "items": items})


async def delete_account(by: Person, whom: Person, acme: str) -> Answer:
    return await whom.delete("/me")


ALL, OWNERS_ONLY = {"owner", "manager", "link"}, {"owner"}


@pytest.mark.parametrize(
    ("act", "ended"),
    [
        (demote, ALL),
        (lower, OWNERS_ONLY),
        (disable, ALL),
        (remove, ALL),
        (leave, ALL),
        (hand_over, OWNERS_ONLY),
        (hand_over_to_user, ALL),
        (remove_in_bulk, ALL),
        (delete_account, ALL),
    ],
)
async def test_I7_what_a_person_may_no_longer_give_is_revoked_with_the_right_to_it(
    house: House, act: Act, ended: set[str]
) -> None:
    grace = await house.sign_up("grace")
    acme = await grace.creates("acme")
    ada = await house.joins("ada", acme, "owner")
    mine = (await send(grace, acme, "mine@example.org", role="owner")).done()["results"][0]
    (await send(ada, acme, "owner@example.org", role="owner")).done()
    (await send(ada, acme, "manager@example.org", role="manager")).done()
    by_link = (await link(ada, acme, label="link")).done()

    (await act(grace, ada, acme)).done()

    revoked = (await invites(grace, acme, status="revoked")).done()["items"]
    assert {name(invite) for invite in revoked} == ended
    assert {invite["revoked_by"] for invite in revoked} == {"inviter_lost_rights"}
    pending = (await invites(grace, acme)).done()["items"]
    assert {name(invite) for invite in pending} == {"owner", "manager", "link", "mine"} - ended
    came = await accept_as_new(house.stranger, code_of(by_link["link"]), "linus")
    assert came.code == ("invite_revoked" if "link" in ended else None)
    assert (await accept_as_new(house.stranger, code_of(mine["link"]), "tony")).status == 200
    log = (await grace.get(f"/workspaces/{acme}/activity", action="invites.revoke")).done()["items"]
    assert {entry["after"]["revoked_by"] for entry in log} == {"inviter_lost_rights"}
    assert len(log) == len(ended)
    assert len({entry["context"]["group"] for entry in log}) == 1
    assert log[0]["context"]["group"] is not None


async def test_I7_a_right_that_comes_back_brings_no_invite_back(house: House) -> None:
    grace = await house.sign_up("grace")
    acme = await grace.creates("acme")
    ada = await house.joins("ada", acme, "manager")
    (await send(ada, acme, "a@example.org")).done()
    (await grace.changes(acme, ada, status="disabled")).done()

    (await grace.changes(acme, ada, status="active")).done()

    assert (await invites(grace, acme)).done()["total"] == 0


async def test_I7_what_is_done_to_others_ends_no_invite(house: House) -> None:
    grace = await house.sign_up("grace")
    acme = await grace.creates("acme")
    ada, linus = await house.joins("ada", acme, "manager"), await house.joins("linus", acme, "manager")
    (await send(ada, acme, "a@example.org")).done()

    (await grace.removes(acme, linus)).done()
    (await grace.changes(acme, ada, role="owner")).done()

    assert (await invites(grace, acme)).done()["total"] == 1


async def test_I7_M6_a_dry_run_ends_no_invite(house: House) -> None:
    grace = await house.sign_up("grace")
    acme = await grace.creates("acme")
    ada = await house.joins("ada", acme, "manager")
    (await send(ada, acme, "a@example.org")).done()
    body = {"change": {"remove": True}, "items": [{"user_id": ada.id, "version": None}], "dry_run": True}

    (await grace.post(f"/workspaces/{acme}/members/bulk", body)).done()

    assert (await invites(grace, acme)).done()["total"] == 1


async def test_I7_I4_who_sent_it_again_is_who_must_keep_the_right(house: House) -> None:
    grace = await house.sign_up("grace")
    acme = await grace.creates("acme")
    ada = await house.joins("ada", acme, "manager")
    invite = (await send(ada, acme, "a@example.org")).done()["results"][0]["invite"]
    (await grace.post(f"/workspaces/{acme}/invites/{invite['id']}/resend", {})).done()

    (await grace.removes(acme, ada)).done()

    assert (await invites(grace, acme)).done()["total"] == 1


def name(invite: Any) -> str:
    """The first part of an address, or a label."""
    return str(invite["email"] or invite["label"]).partition("@")[0]
