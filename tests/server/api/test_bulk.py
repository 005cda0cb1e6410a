"""Many members at once, each with its own result (M6)."""

from typing import Any

from tests.server.driver import Answer, House, Person


async def bulk(actor: Person, acme: str, change: dict[str, Any], *people: Person, **more: Any) -> Answer:
    items = [{"user_id": person.id, "version": None} for person in people]
    return await actor.post(f"/workspaces/{acme}/members/bulk", {"change": change, "items": items, **more})


def verdicts(answer: Answer) -> list[str]:
    """What came of each: the code of its problem, or the member's role and status, or `gone`."""
    said = []
    for result in answer.done()["results"]:
        member, problem = result["member"], result["problem"]
        said.append(problem["code"] if problem else f"{member['role']} {member['status']}" if member else "gone")
    return said


async def test_M6_each_gets_its_own_result_in_the_order_sent(house: House) -> None:
    grace = await house.sign_up("grace")
    acme = await grace.creates("acme")
    manager = await house.joins("manager", acme, "manager")
    linus, ada = await house.joins("linus", acme), await house.joins("ada", acme)
    outsider = await house.sign_up("outsider")

    disabled = await bulk(manager, acme, {"status": "disabled"}, linus, grace, manager, outsider, ada)
    assert verdicts(disabled) == ["user disabled", "role_forbidden", "self_disable", "not_found", "user disabled"]
    assert [result["user_id"] for result in disabled.body["results"]][:2] == [linus.id, grace.id]

    assert verdicts(await bulk(grace, acme, {"role": "manager"}, ada, linus)) == ["manager disabled"] * 2
    assert verdicts(await bulk(grace, acme, {"remove": True}, linus, grace, ada)) == ["gone", "self_remove", "gone"]
    assert (await grace.get(f"/workspaces/{acme}/members")).done()["total"] == 2


async def test_M6_W8_each_is_decided_after_the_ones_before_it(house: House) -> None:
    grace = await house.sign_up("grace")
    acme = await grace.creates("acme")
    linus = await house.joins("linus", acme, "owner")

    answer = await bulk(grace, acme, {"role": "user"}, linus, grace)

    assert verdicts(answer) == ["user active", "last_owner"]


async def test_M6_who_steps_down_on_the_way_can_do_no_more(house: House) -> None:
    grace = await house.sign_up("grace")
    acme = await grace.creates("acme")
    linus = await house.joins("linus", acme, "owner")

    answer = await bulk(grace, acme, {"role": "user"}, grace, linus)

    assert verdicts(answer) == ["user active", "role_forbidden"]


async def test_M6_a_dry_run_gives_the_same_results_and_changes_nothing(house: House) -> None:
    grace = await house.sign_up("grace")
    acme = await grace.creates("acme")
    linus = await house.joins("linus", acme, "owner")
    before = (await grace.get(f"/workspaces/{acme}/members")).done(), await grace.sees(acme)

    dry = await bulk(grace, acme, {"role": "user"}, linus, grace, dry_run=True)

    assert (await grace.get(f"/workspaces/{acme}/members")).done(), await grace.sees(acme) == before
    assert verdicts(dry) == verdicts(await bulk(grace, acme, {"role": "user"}, linus, grace))


async def test_M6_M5_a_stale_version_is_refused_for_that_one_alone(house: House) -> None:
    grace = await house.sign_up("grace")
    acme = await grace.creates("acme")
    linus, ada = await house.joins("linus", acme), await house.joins("ada", acme)
    items = [{"user_id": linus.id, "version": 9}, {"user_id": ada.id, "version": 1}]

    answer = await grace.post(f"/workspaces/{acme}/members/bulk", {"change": {"role": "manager"}, "items": items})

    assert verdicts(answer) == ["version_conflict", "manager active"]


async def test_M6_a_user_and_a_personal_workspace_are_refused_as_a_whole(house: House) -> None:
    grace = await house.sign_up("grace")
    acme = await grace.creates("acme")
    linus = await house.joins("linus", acme)

    user = await bulk(linus, acme, {"role": "user"}, grace)
    own = await bulk(grace, grace.home, {"role": "user"}, grace)

    assert (user.status, user.code) == (403, "role_forbidden")
    assert (own.status, own.code) == (409, "personal_workspace")


async def test_M6_what_is_not_one_change_of_1_to_200_is_refused(house: House) -> None:
    grace = await house.sign_up("grace")
    acme = await grace.creates("acme")
    linus = await house.joins("linus", acme)

    for change in ({}, {"role": "user", "status": "active"}, {"remove": False}):
        answer = await bulk(grace, acme, change, linus)
        assert (answer.status, answer.code) == (422, "input_invalid")
        assert (answer.field or "").startswith("change")
    for people in ([], [linus, linus], [linus] * 201):
        answer = await bulk(grace, acme, {"role": "manager"}, *people)
        assert (answer.status, answer.code) == (422, "input_invalid")
        assert (answer.field or "").startswith("items")
    assert (await grace.sees_member(acme, linus))["role"] == "user"
