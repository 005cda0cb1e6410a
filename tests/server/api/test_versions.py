"""A change is made against the version that was seen (M5)."""

import asyncio

from tests.server.driver import House


async def test_M5_a_stale_version_is_refused_with_the_state_as_it_is(house: House) -> None:
    grace = await house.sign_up("grace")
    acme = await grace.creates("acme")
    linus = await house.joins("linus", acme)
    ada = await house.joins("ada", acme, "owner")
    seen = f'"{(await grace.sees_member(acme, linus))["version"]}"'
    (await ada.changes(acme, linus, seen=seen, role="manager")).done()

    answers = [
        await grace.changes(acme, linus, seen=seen, status="disabled"),
        await grace.removes(acme, linus, seen=seen),
    ]

    for answer in answers:
        assert (answer.status, answer.code) == (412, "version_conflict")
        assert answer.body["current"] == await grace.sees_member(acme, linus)
        assert (answer.body["current"]["role"], answer.body["current"]["changed_by"]) == ("manager", "ada")
    assert (await grace.changes(acme, linus, seen="*", status="disabled")).status == 200


async def test_M5_a_workspace_has_versions_too(house: House) -> None:
    grace = await house.sign_up("grace")
    acme = await grace.creates("acme")
    (await grace.patch(f"/workspaces/{acme}", {"name": "other"}, seen='"1"')).done()

    for answer in (
        await grace.patch(f"/workspaces/{acme}", {"name": "third"}, seen='"1"'),
        await grace.delete(f"/workspaces/{acme}", seen='"1"'),
    ):
        assert (answer.status, answer.code) == (412, "version_conflict")
        assert answer.body["current"] == await grace.sees(acme)


async def test_M5_who_showed_nothing_must_say_so(house: House) -> None:
    grace = await house.sign_up("grace")
    acme = await grace.creates("acme")
    linus = await house.joins("linus", acme)

    for answer in (
        await grace.changes(acme, linus, seen=None, role="manager"),
        await grace.removes(acme, linus, seen=None),
        await grace.patch(f"/workspaces/{acme}", {"name": "other"}, seen=None),
        await grace.delete(f"/workspaces/{acme}", seen=None),
    ):
        assert (answer.status, answer.code) == (428, "version_required")
        assert "current" not in answer.body
    assert (await grace.sees_member(acme, linus))["role"] == "user"


async def test_M5_whatever_is_there_wins_no_race_but_loses_none_either(house: House) -> None:
    grace = await house.sign_up("grace")
    acme = await grace.creates("acme")
    linus = await house.joins("linus", acme)

    answers = await asyncio.gather(
        *(grace.changes(acme, linus, seen="*", role=role) for role in ("manager", "user") * 10),
        *(grace.changes(acme, linus, seen="*", status=status) for status in ("disabled", "active") * 10),
    )

    assert {answer.status for answer in answers} == {200}
    changed = (await grace.get(f"/workspaces/{acme}/activity", action="members.*", limit="200")).done()["total"]
    assert (await grace.sees_member(acme, linus))["version"] == 1 + changed


async def test_M5_a_malformed_version_is_refused(house: House) -> None:
    grace = await house.sign_up("grace")
    acme = await grace.creates("acme")

    for seen in ("1", '"one"', '"1", "2"', 'W/"1"', '"-1"', '"9999999999999999999"', '""'):
        answer = await grace.patch(f"/workspaces/{acme}", {"name": "other"}, seen=seen)
        assert (answer.status, answer.code, answer.field) == (422, "input_invalid", "If-Match"), seen
    assert (await grace.sees(acme))["name"] == "acme"
