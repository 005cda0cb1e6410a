"""The activity log over HTTP (A1)."""

from tests.server.driver import House, Person


async def actions(person: Person, path: str, **query: str) -> list[str]:
    return [entry["action"] for entry in (await person.get(path, **query)).done()["items"]]


async def test_A1_every_change_is_in_the_log_newest_first(house: House) -> None:
    grace = await house.sign_up("grace")
    acme = await grace.creates("acme")
    linus = await house.joins("linus", acme)
    (await grace.changes(acme, linus, role="manager")).done()
    (await grace.changes(acme, linus, status="disabled")).done()
    (await grace.patch(f"/workspaces/{acme}", {"name": "other"})).done()
    (await grace.removes(acme, linus)).done()
    log = f"/workspaces/{acme}/activity"

    page = (await grace.get(log)).done()

    assert [entry["action"] for entry in page["items"]][:4] == [
        "members.remove",
        "workspaces.rename",
        "members.set_status",
        "members.set_role",
    ]
    changed = page["items"][3]
    assert (changed["actor"]["type"], changed["actor"]["id"], changed["actor"]["name"]) == ("user", grace.id, "grace")
    assert (changed["before"], changed["after"]) == ({"role": "user"}, {"role": "manager"})
    assert ("member", linus.id, "linus") in {(t["type"], t["id"], t["name"]) for t in changed["targets"]}
    assert changed["context"]["source"] == "api"
    assert changed["context"]["ip"] == "127.0.0.1"
    assert len({entry["context"]["request_id"] for entry in page["items"][:4]}) == 4


async def test_A1_the_log_is_filtered_by_person_kind_target_and_time(house: House) -> None:
    grace = await house.sign_up("grace")
    acme = await grace.creates("acme")
    linus = await house.joins("linus", acme, "manager")
    ada = await house.joins("ada", acme)
    (await linus.changes(acme, ada, status="disabled")).done()
    (await grace.changes(acme, ada, role="manager")).done()
    (await grace.changes(acme, linus, role="user")).done()
    log = f"/workspaces/{acme}/activity"
    times = [entry["event_at"] for entry in (await grace.get(log)).done()["items"]]

    assert await actions(grace, log, actor=linus.id) == ["members.set_status"]
    assert await actions(grace, log, action="members.set_role") == ["members.set_role"] * 2
    assert set(await actions(grace, log, action="members.*")) >= {"members.set_role", "members.set_status"}
    assert await actions(grace, log, target=linus.id, action="members.set_role") == ["members.set_role"]
    assert await actions(grace, log, since=times[0]) == ["members.set_role"]
    assert "members.set_role" not in await actions(grace, log, until=times[2])


async def test_A1_refused_acts_are_not_logged(house: House) -> None:
    grace = await house.sign_up("grace")
    acme = await grace.creates("acme")
    before = await actions(grace, f"/workspaces/{acme}/activity")

    assert (await grace.leaves(acme)).code == "last_owner"
    assert (await grace.changes(acme, grace, role="user")).code == "last_owner"

    assert await actions(grace, f"/workspaces/{acme}/activity") == before


async def test_A1_one_bulk_call_and_one_hand_over_share_a_group(house: House) -> None:
    grace = await house.sign_up("grace")
    acme = await grace.creates("acme")
    ada, _ = people = [await house.joins(name, acme) for name in ("ada", "linus")]
    items = [{"user_id": person.id, "version": None} for person in people]
    (await grace.post(f"/workspaces/{acme}/members/bulk", {"change": {"role": "manager"}, "items": items})).done()
    (await grace.hands_over(acme, ada)).done()

    newest = (await grace.get(f"/workspaces/{acme}/activity")).done()["items"][:4]

    assert [(each["action"], each["targets"][0]["name"], each["before"], each["after"]) for each in newest[:2]] == [
        ("members.hand_over", "grace", {"role": "owner"}, {"role": "manager"}),
        ("members.hand_over", "ada", {"role": "manager"}, {"role": "owner"}),
    ]
    assert len(await actions(ada, f"/workspaces/{acme}/activity", action="members.hand_over")) == 2
    assert len(await actions(grace, "/me/activity", action="members.hand_over")) == 2
    groups = [entry["context"]["group"] for entry in newest]
    assert groups[0]
    assert groups[3]
    assert groups[0] != groups[3]
    assert groups[2] == groups[3]


async def test_A1_acts_of_the_account_are_in_the_own_log(house: House) -> None:
    grace = await house.sign_up("grace")
    linus = await house.sign_up("linus")
    await grace.post("/sessions/end-others")

    assert "users.create" in await actions(grace, "/me/activity")
    assert await actions(grace, "/me/activity", action="users.create") == ["users.create"]
    logged = (await linus.get("/me/activity")).done()["items"]
    assert {entry["actor"]["id"] for entry in logged} == {linus.id}


async def test_A1_the_log_says_which_program_it_came_from(house: House) -> None:
    grace = await house.sign_up("grace")
    acme = await grace.creates("acme")
    for agent, name in (("workspaces-app/1.0", "two"), ("workspaces-cli/1.0", "three"), ("curl/8", "four")):
        house.calls.headers["User-Agent"] = agent
        (await grace.patch(f"/workspaces/{acme}", {"name": name})).done()

    logged = (await grace.get(f"/workspaces/{acme}/activity", action="workspaces.rename")).done()["items"]

    assert [entry["context"]["source"] for entry in logged] == ["api", "cli", "app"]
