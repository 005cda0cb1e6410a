"""Members over HTTP: roles, statuses, removal, handing over; and what W8 forbids."""

from tests.server.driver import House

PERSONAL = "personal_workspace"


async def test_M1_a_member_gets_another_role(house: House) -> None:
    grace = await house.sign_up("grace")
    acme = await grace.creates("acme")
    linus = await house.joins("linus", acme)
    before = await grace.sees_member(acme, linus)

    answer = await grace.changes(acme, linus, seen=f'"{before["version"]}"', role="manager")

    after = answer.done()
    assert (after["role"], after["version"]) == ("manager", before["version"] + 1)
    assert answer.etag == f'"{after["version"]}"'
    assert after["changed_by"] == "grace"
    assert after == await grace.sees_member(acme, linus)
    assert (await linus.sees(acme))["role"] == "manager"


async def test_M2_nobody_disables_or_removes_themself(house: House) -> None:
    grace = await house.sign_up("grace")
    acme = await grace.creates("acme")
    linus = await house.joins("linus", acme, "manager")

    for person in (grace, linus):
        assert (await person.changes(acme, person, status="disabled")).code == "self_disable"
        assert (await person.removes(acme, person)).code == "self_remove"
    assert (await linus.changes(acme, linus, role="user")).done()["role"] == "user"


async def test_M3_a_disabled_member_is_locked_out_and_keeps_the_seat(house: House) -> None:
    grace = await house.sign_up("grace")
    acme = await grace.creates("acme")
    linus = await house.joins("linus", acme, "manager")

    disabled = (await grace.changes(acme, linus, status="disabled")).done()

    assert (disabled["role"], disabled["status"], disabled["disabled_by"]) == ("manager", "disabled", "grace")
    assert disabled["disabled_at"]
    assert (await grace.sees(acme))["counts"]["manager"] == {"active": 0, "disabled": 1}
    for path in ("", "/revision", "/members", f"/members/{linus.id}", "/activity"):
        answer = await linus.get(f"/workspaces/{acme}{path}")
        assert (answer.status, answer.code) == (403, "member_disabled"), path
    assert (await linus.leaves(acme)).code == "member_disabled"
    assert (await linus.sees(linus.home))["role"] == "owner"
    enabled = (await grace.changes(acme, linus, status="active")).done()
    assert (enabled["role"], enabled["disabled_by"], enabled["disabled_at"]) == ("manager", None, None)
    assert (await linus.sees(acme))["role"] == "manager"


async def test_M7_who_is_removed_is_gone_at_once(house: House) -> None:
    grace = await house.sign_up("grace")
    acme = await grace.creates("acme")
    linus = await house.joins("linus", acme, "manager")
    ada = await house.joins("ada", acme)

    assert (await linus.removes(acme, ada)).status == 204

    assert (await ada.get(f"/workspaces/{acme}")).code == "not_found"
    assert (await linus.removes(acme, ada)).code == "not_found"
    assert (await grace.sees(acme))["active_members"] == 2


async def test_M8_an_owner_hands_over(house: House) -> None:
    grace = await house.sign_up("grace")
    acme = await grace.creates("acme")
    linus = await house.joins("linus", acme)

    over = (await grace.hands_over(acme, linus, version=1)).done()

    assert (over["owner"]["username"], over["owner"]["role"]) == ("linus", "owner")
    assert (over["self"]["username"], over["self"]["role"]) == ("grace", "manager")
    back = (await linus.hands_over(acme, grace, own_role="user")).done()
    assert (back["owner"]["role"], back["self"]["role"]) == ("owner", "user")


async def test_M8_if_either_half_is_refused_neither_happens(house: House) -> None:
    grace = await house.sign_up("grace")
    acme = await grace.creates("acme")
    linus = await house.joins("linus", acme)
    ada = await house.joins("ada", acme, "user", "disabled")
    outsider = await house.sign_up("outsider")

    disabled = await grace.hands_over(acme, ada)
    stale = await grace.hands_over(acme, linus, version=7)
    absent = await grace.hands_over(acme, outsider)
    own = await grace.hands_over(grace.home, linus)
    wrong = await grace.hands_over(acme, linus, own_role="owner")
    self_ = await grace.hands_over(acme, grace)

    assert (disabled.status, disabled.code) == (403, "member_disabled")
    assert (stale.status, stale.code, stale.body["current"]["user_id"]) == (412, "version_conflict", linus.id)
    assert (absent.status, absent.code) == (404, "not_found")
    assert own.code in {PERSONAL, "not_found"}
    assert (wrong.status, wrong.code, wrong.field) == (422, "input_invalid", "own_role")
    assert (self_.status, self_.code) == (422, "input_invalid")
    assert (await grace.sees_member(acme, grace))["role"] == "owner"
    assert (await grace.sees_member(acme, linus))["role"] == "user"


async def test_M9_every_member_sees_names_and_addresses(house: House) -> None:
    grace = await house.sign_up("grace", email="grace@example.org")
    acme = await grace.creates("acme")
    linus = await house.joins("linus", acme)

    seen = {row["username"]: row for row in (await linus.get(f"/workspaces/{acme}/members")).done()["items"]}

    assert seen["grace"]["email"] == "grace@example.org"
    assert seen["grace"]["active_tokens"] is None
    assert seen["linus"]["is_self"] is True


async def test_W8_the_last_active_owner_stays(house: House) -> None:
    grace = await house.sign_up("grace")
    acme = await grace.creates("acme")
    await house.joins("sleeping", acme, "owner", "disabled")
    await house.joins("linus", acme, "manager")

    for answer in (
        await grace.changes(acme, grace, role="manager"),
        await grace.changes(acme, grace, role="user"),
        await grace.leaves(acme),
    ):
        assert (answer.status, answer.code) == (409, "last_owner")
    assert (await grace.sees(acme))["counts"]["owner"]["active"] == 1
    assert (await grace.sees_member(acme, grace))["role_refusals"] == {"manager": "last_owner", "user": "last_owner"}


async def test_W8_a_disabled_owner_can_be_demoted_and_removed(house: House) -> None:
    grace = await house.sign_up("grace")
    acme = await grace.creates("acme")
    linus = await house.joins("linus", acme, "owner", "disabled")

    assert (await grace.changes(acme, linus, role="user")).done()["role"] == "user"
    assert (await grace.removes(acme, linus)).status == 204


async def test_W8_a_personal_workspace_keeps_its_one_member(house: House) -> None:
    grace = await house.sign_up("grace")

    for answer in (
        await grace.changes(grace.home, grace, role="user"),
        await grace.changes(grace.home, grace, status="disabled"),
        await grace.removes(grace.home, grace),
        await grace.hands_over(grace.home, grace),
    ):
        assert (answer.status, answer.code) == (409, PERSONAL)
    seen = await grace.sees_member(grace.home, grace)
    assert set(seen["role_refusals"].values()) == {PERSONAL}


async def test_M1_the_first_of_several_refusals_comes(house: House) -> None:
    grace = await house.sign_up("grace")
    acme = await grace.creates("acme")
    linus = await house.joins("linus", acme)
    sleeping = await house.joins("sleeping", acme, "owner", "disabled")
    outsider = await house.sign_up("outsider")
    path = f"/workspaces/{acme}/members/{grace.id}"

    assert (await house.stranger.patch(path, {"role": "boss"})).code == "input_invalid"
    assert (await house.stranger.patch(path, {"role": "user"})).code == "unauthenticated"
    assert (await outsider.patch(path, {"role": "user"}, seen=None)).code == "not_found"
    assert (
        await grace.patch(f"/workspaces/{acme}/members/{outsider.id}", {"role": "user"}, seen=None)
    ).code == "not_found"
    assert (await sleeping.patch(path, {"role": "user"}, seen=None)).code == "member_disabled"
    assert (await linus.patch(path, {"role": "user"}, seen=None)).code == "role_forbidden"
    assert (await linus.changes(acme, linus, seen=None, status="disabled")).code == "role_forbidden"
    assert (await grace.changes(grace.home, grace, seen=None, role="user")).code == PERSONAL
    assert (await grace.changes(acme, grace, seen=None, status="disabled")).code == "self_disable"
    assert (await grace.removes(acme, grace, seen=None)).code == "self_remove"
    assert (await grace.changes(acme, grace, seen=None, role="user")).code == "version_required"
    assert (await grace.changes(acme, grace, seen='"99"', role="user")).code == "version_conflict"
    assert (await grace.changes(acme, grace, role="user")).code == "last_owner"
