"""Tokens of a workspace's members: making, listing, changing and ending them (T1-T4)."""

from typing import Any

import time_machine

from tests.server.driver import House, Person, Token

MINUTE, DAY = 60, 24 * 60 * 60


async def listed(who: Person | Token, workspace: str, **query: str | int) -> Any:
    """The names of a list of tokens, in its order."""
    page = (await who.get(f"/workspaces/{workspace}/tokens", **query)).done()
    return [token["name"] for token in page["items"]]


async def test_T1_a_token_comes_with_its_secret_once(house: House) -> None:
    grace = await house.sign_up("grace")
    acme = await grace.creates("acme")

    answer = await grace.post(f"/workspaces/{acme}/tokens", {"name": "  ci ", "expires_in": 300})
    made = answer.done()

    assert answer.status == 201
    assert made["secret"].startswith("as-")
    token = made["token"]
    assert (token["name"], token["user_id"], token["username"]) == ("ci", grace.id, "grace")
    assert (token["workspace_id"], token["status"], token["version"]) == (acme, "active", 1)
    assert token["last_used_at"] is None
    assert token["refusals"] == {}
    page = await grace.get(f"/workspaces/{acme}/tokens")
    assert page.body["items"] == [token]
    assert made["secret"] not in page.content.decode()


async def test_T1_a_member_has_a_hundred_tokens_at_most_in_a_workspace(house: House) -> None:
    grace = await house.sign_up("grace")
    acme = await grace.creates("acme")
    for n in range(100):
        await grace.makes_token(acme, f"ci {n}")

    answer = await grace.post(f"/workspaces/{acme}/tokens", {"name": "one more", "expires_in": None})

    assert (answer.status, answer.code) == (409, "token_limit")
    assert (await grace.get(f"/workspaces/{acme}/tokens")).body["total"] == 100
    await grace.makes_token(grace.home)
    linus = await house.joins("linus", acme)
    await linus.makes_token(acme)


async def test_T1_any_active_member_makes_tokens_for_themself_only(house: House) -> None:
    grace = await house.sign_up("grace")
    acme = await grace.creates("acme")
    linus = await house.joins("linus", acme)
    away = await house.joins("away", acme, status="disabled")

    assert (await linus.makes_token(acme)).made["user_id"] == linus.id
    answer = await away.post(f"/workspaces/{acme}/tokens", {"name": "ci", "expires_in": None})
    assert answer.code == "member_disabled"
    answer = await grace.post(f"/workspaces/{acme}/tokens", {"name": "ci", "expires_in": None, "user_id": linus.id})
    assert answer.code == "input_invalid"


async def test_T1_names_and_lifetimes_that_cannot_be_are_refused(house: House) -> None:
    grace = await house.sign_up("grace")
    path = f"/workspaces/{grace.home}/tokens"
    for name in ("", "  ", "x" * 101, "tab\there", "bell\x07", "\x1b[31mred", "left\u202eright", "two\nlines"):
        answer = await grace.post(path, {"name": name, "expires_in": None})
        assert (answer.status, answer.code, answer.field) == (422, "input_invalid", "name"), name
    for expires_in in (0, 299, 31_536_001, -1, 1.5, "300", True):
        answer = await grace.post(path, {"name": "ci", "expires_in": expires_in})
        assert (answer.status, answer.code) == (422, "input_invalid"), expires_in
    assert (await grace.post(path, {"name": "ci"})).code == "input_invalid"
    for name in ("[red]x[/]", "zoë's 鍵", "'; drop table tokens; --", "%_\\"):
        assert (await grace.makes_token(grace.home, name)).made["name"] == name
    assert await listed(grace, grace.home, q="zoe") == ["zoë's 鍵"]


async def test_T3_a_token_is_renamed_disabled_enabled_and_deleted(house: House) -> None:
    grace = await house.sign_up("grace")
    token = await grace.makes_token(grace.home)

    renamed = await grace.patch(token.path, {"name": "deploy"}, seen='"1"')
    assert (renamed.body["name"], renamed.etag) == ("deploy", '"2"')
    same = await grace.patch(token.path, {"name": "deploy", "status": "active"})
    assert same.body == renamed.body
    disabled = (await grace.patch(token.path, {"status": "disabled"})).done()
    assert (disabled["status"], disabled["disabled_by"], disabled["version"]) == ("disabled", "grace", 3)
    assert disabled["refusals"] == {"tokens.rotate": "token_disabled"}
    assert (await grace.post(f"{token.path}/rotate", {})).code == "token_disabled"
    enabled = (await grace.patch(token.path, {"status": "active"})).done()
    assert (enabled["status"], enabled["disabled_by"]) == ("active", None)
    assert (await grace.delete(token.path)).status == 204
    assert (await grace.delete(token.path)).code == "not_found"
    assert await listed(grace, grace.home) == []


async def test_T3_a_change_against_an_old_version_is_refused(house: House) -> None:
    grace = await house.sign_up("grace")
    token = await grace.makes_token(grace.home)
    (await grace.patch(token.path, {"name": "deploy"})).done()

    for answer in (
        await grace.patch(token.path, {"name": "other"}, seen='"1"'),
        await grace.delete(token.path, seen='"1"'),
    ):
        assert (answer.status, answer.code) == (412, "version_conflict")
        assert answer.body["current"]["name"] == "deploy"
    assert (await grace.patch(token.path, {"name": "other"}, seen=None)).code == "version_required"
    assert (await grace.delete(token.path, seen=None)).code == "version_required"
    assert (await grace.patch(token.path, {})).code == "input_invalid"


async def test_T3_rotating_keeps_id_and_name_and_ends_the_old_secret(house: House) -> None:
    grace = await house.sign_up("grace")
    with time_machine.travel("2026-03-01T12:00:00Z", tick=False) as clock:
        token = await grace.makes_token(grace.home, expires_in=10 * DAY)
        clock.shift(DAY)
        (await token.get("/me")).done()

        rotated = (await grace.post(f"{token.path}/rotate", {})).done()

    again = Token(house.calls, grace.home, rotated)
    assert (again.id, again.made["name"]) == (token.id, "ci")
    assert again.secret != token.secret
    assert again.made["version"] == 2
    assert (token.made["expires_at"], again.made["expires_at"]) == ("2026-03-11T12:00:00Z", "2026-03-12T12:00:00Z")
    with time_machine.travel("2026-03-03T12:00:00Z", tick=False):
        assert (await token.get("/me")).code == "unauthenticated"
        assert (await again.get("/me")).status == 200
        for ask, expected in (
            ({"expires_in": None}, None),
            ({"expires_in": 300}, "2026-03-03T12:05:00Z"),
            ({}, "2026-03-13T12:00:00Z"),
        ):
            rotated = (await grace.post(f"{token.path}/rotate", ask)).done()
            assert rotated["token"]["expires_at"] == expected


async def test_T3_an_expired_token_is_neither_disabled_nor_enabled_but_may_be_rotated(house: House) -> None:
    with time_machine.travel("2026-03-01T12:00:00Z", tick=False) as clock:
        grace = await house.sign_up("grace")
        token = await grace.makes_token(grace.home, "short", expires_in=300)
        stopped = await grace.makes_token(grace.home, "stopped", expires_in=300)
        (await grace.patch(stopped.path, {"status": "disabled"})).done()
        clock.shift(300)

        items = (await grace.get(f"/workspaces/{grace.home}/tokens", sort="name")).done()["items"]
        assert [item["status"] for item in items] == ["expired", "disabled"]
        assert items[0]["refusals"] == {"tokens.set_status": "token_expired"}
        assert items[1]["refusals"] == {"tokens.set_status": "token_expired", "tokens.rotate": "token_disabled"}
        for path in (token.path, stopped.path):
            for status in ("active", "disabled"):
                answer = await grace.patch(path, {"status": status})
                assert (answer.status, answer.code) == (409, "token_expired")
        assert (await token.get("/me")).code == "unauthenticated"
        rotated = (await grace.post(f"{token.path}/rotate", {})).done()
        assert rotated["token"]["status"] == "active"
        assert (await Token(house.calls, grace.home, rotated).get("/me")).status == 200


async def test_T3_who_may_do_what_to_anothers_token(house: House) -> None:
    """The table for tokens: Owner and Manager stop anybody's, an Owner's too; nobody sees another's secret."""
    owner = await house.sign_up("owner")
    acme = await owner.creates("acme")
    manager = await house.joins("manager", acme, "manager")
    user = await house.joins("user", acme)
    other = await house.joins("other", acme)

    for actor in (owner, manager):
        for target in (owner, manager, other):
            if actor is target:
                continue
            token = await target.makes_token(acme)
            [seen] = [item for item in await everybodys(actor, acme) if item["id"] == token.id]
            assert seen["refusals"] == {"tokens.rotate": "role_forbidden"}
            assert (await actor.post(f"{token.path}/rotate", {})).code == "role_forbidden"
            assert (await actor.patch(token.path, {"name": "renamed", "status": "disabled"})).status == 200
            assert (await actor.delete(token.path)).status == 204
    token = await other.makes_token(acme)
    for answer in (
        await user.patch(token.path, {"name": "mine"}),
        await user.post(f"{token.path}/rotate", {}),
        await user.delete(token.path),
        await user.get(f"/workspaces/{acme}/tokens", member=other.id),
        await user.get(f"/workspaces/{acme}/tokens", member=f"me,{other.id}"),
    ):
        assert (answer.status, answer.code) == (404, "not_found")
    refused = await user.get(f"/workspaces/{acme}/tokens", member="all")
    assert (refused.status, refused.code) == (403, "role_forbidden")
    assert await listed(user, acme, member=user.id) == []


async def everybodys(who: Person, workspace: str) -> Any:
    """Everybody's tokens."""
    return (await who.get(f"/workspaces/{workspace}/tokens", member="all")).done()["items"]


async def test_T3_a_token_that_somebody_else_disabled_is_not_enabled_by_its_user(house: House) -> None:
    owner = await house.sign_up("owner")
    acme = await owner.creates("acme")
    manager = await house.joins("manager", acme, "manager")
    user = await house.joins("user", acme)
    token = await user.makes_token(acme)
    (await manager.patch(token.path, {"status": "disabled"})).done()

    [seen] = (await user.get(f"/workspaces/{acme}/tokens")).done()["items"]
    assert seen["disabled_by"] == "manager"
    assert seen["refusals"] == {"tokens.set_status": "role_forbidden", "tokens.rotate": "token_disabled"}
    refused = await user.patch(token.path, {"status": "active"}, seen='"1"')
    assert (refused.status, refused.code) == (403, "role_forbidden")
    verdict = await bulk(user, acme, {"status": "active"}, token)
    assert verdict[0]["problem"]["code"] == "role_forbidden"
    (await owner.patch(token.path, {"status": "active"})).done()
    (await user.patch(token.path, {"status": "disabled"})).done()
    assert (await user.patch(token.path, {"status": "active"})).status == 200
    kept = await manager.makes_token(acme)
    (await owner.patch(kept.path, {"status": "disabled"})).done()
    assert (await manager.patch(kept.path, {"status": "active"})).status == 200


async def bulk(who: Person, workspace: str, change: Any, *tokens: Token, version: int | None = None) -> Any:
    """What came of one change to many tokens."""
    items = [{"id": token.id, "version": version} for token in tokens]
    return (await who.post(f"/workspaces/{workspace}/tokens/bulk", {"change": change, "items": items})).done()[
        "results"
    ]


async def test_T3_many_at_once_each_get_their_own_result(house: House) -> None:
    owner = await house.sign_up("owner")
    acme = await owner.creates("acme")
    user = await house.joins("user", acme)
    own, old, others = [await who.makes_token(acme, name) for who, name in ((user, "a"), (user, "b"), (owner, "c"))]
    (await user.patch(old.path, {"name": "b2"})).done()

    results = await bulk(user, acme, {"status": "disabled"}, own, old, others, version=1)

    assert [result["id"] for result in results] == [own.id, old.id, others.id]
    assert [(result["problem"] or {}).get("code") for result in results] == [None, "version_conflict", "not_found"]
    assert [(result["token"] or {}).get("status") for result in results] == ["disabled", "active", None]
    results = await bulk(owner, acme, {"delete": True}, own, old, others)
    assert [result["token"] for result in results] == [None, None, None]
    assert await everybodys(owner, acme) == []


async def test_T3_a_bulk_change_that_cannot_be_is_refused_as_a_whole(house: House) -> None:
    grace = await house.sign_up("grace")
    token = await grace.makes_token(grace.home)
    item = {"id": token.id, "version": None}
    path = f"/workspaces/{grace.home}/tokens/bulk"
    for change, items in (
        ({}, [item]),
        ({"delete": True, "status": "active"}, [item]),
        ({"delete": False}, [item]),
        ({"status": "expired"}, [item]),
        ({"delete": True}, []),
        ({"delete": True}, [item, item]),
        ({"delete": True}, [{"id": f"ak-{n:020}", "version": None} for n in range(201)]),
    ):
        assert (await grace.post(path, {"change": change, "items": items})).code == "input_invalid", change
    assert await listed(grace, grace.home) == ["ci"]


async def test_T4_a_list_is_ones_own_unless_others_are_asked_for(house: House) -> None:
    owner = await house.sign_up("owner")
    acme = await owner.creates("acme")
    manager = await house.joins("manager", acme, "manager")
    user = await house.joins("user", acme)
    for who, name in ((owner, "c"), (manager, "b"), (user, "a")):
        await who.makes_token(acme, name)

    assert await listed(manager, acme) == ["b"]
    assert await listed(manager, acme, member="all") == ["a", "b", "c"]
    assert await listed(manager, acme, member=f"{owner.id},{user.id}") == ["a", "c"]
    assert await listed(manager, acme, member=f"me,{user.id}", sort="name") == ["a", "b"]
    assert await listed(manager, acme, member="us-" + "0" * 20) == []
    assert await listed(owner, acme, member="all", sort="username") == ["b", "c", "a"]
    assert await listed(owner, acme, member="all", q="man") == ["b"]
    ids = {token["name"]: token["id"] for token in await everybodys(owner, acme)}
    assert await listed(owner, acme, member="all", q=ids["c"]) == ["c"]
    assert await listed(owner, acme, member="all", q="man c") == []
    assert await listed(owner, acme, member="all", q="!!") == []


async def test_T4_filters_and_sorts_by_use_and_expiry(house: House) -> None:
    with time_machine.travel("2026-03-01T12:00:00Z", tick=False) as clock:
        grace = await house.sign_up("grace")
        home = grace.home
        await grace.makes_token(home, "never")
        brief = await grace.makes_token(home, "brief", expires_in=DAY)
        used = await grace.makes_token(home, "used", expires_in=40 * DAY)
        (await brief.get("/me")).done()
        clock.shift(10 * DAY)
        (await used.get("/me")).done()
        stopped = await grace.makes_token(home, "stopped", expires_in=60 * DAY)
        (await grace.patch(stopped.path, {"status": "disabled"})).done()

        assert await listed(grace, home, status="active", sort="name") == ["never", "used"]
        assert await listed(grace, home, status="expired") == ["brief"]
        assert await listed(grace, home, status="disabled,expired", sort="name") == ["brief", "stopped"]
        assert await listed(grace, home, unused_since="2026-03-05T00:00:00Z", sort="name") == ["brief", "never"]
        assert await listed(grace, home, expires_before="2026-05-01T00:00:00Z", sort="name") == ["brief", "used"]
        assert (await listed(grace, home, sort="-last_used_at"))[:2] == ["used", "brief"]
        assert await listed(grace, home, sort="expires_at") == ["never", "brief", "used", "stopped"]
        assert await listed(grace, home, sort="-created_at") == await listed(grace, home)
        for field, value in (
            ("status", "gone"),
            ("unused_since", "yesterday"),
            ("unused_since", "2026-03-05T00:00:00"),
            ("expires_before", ""),
            ("sort", "secret"),
        ):
            answer = await grace.get(f"/workspaces/{home}/tokens", **{field: value})
            assert answer.status == (422 if value else 200), field


async def test_T4_pages_follow_each_other_both_ways(house: House) -> None:
    grace = await house.sign_up("grace")
    names = [f"ci {n:02}" for n in range(12)]
    for name in reversed(names):
        await grace.makes_token(grace.home, name)
    path = f"/workspaces/{grace.home}/tokens"
    for sort, expected in (("name", names), ("-name", names[::-1]), ("-created_at", names), ("username", None)):
        first = (await grace.get(path, sort=sort, limit=5)).done()
        second = (await grace.get(path, sort=sort, limit=5, cursor=first["next"])).done()
        last = (await grace.get(path, sort=sort, limit=5, from_="end")).done()
        back = (await grace.get(path, sort=sort, limit=5, cursor=second["prev"])).done()
        whole = (await grace.get(path, sort=sort)).done()["items"]
        assert (first["total"], first["total_is"]) == (12, "exact")
        assert first["items"] + second["items"] == whole[:10]
        assert last["items"] == whole[-5:]
        assert back["items"] == first["items"]
        assert (await grace.get(path, sort=sort, limit=2, at=7)).done()["items"] == whole[7:9]
        assert expected is None or [token["name"] for token in whole] == expected
    cursor = (await grace.get(path, sort="name", limit=5)).done()["next"]
    assert (await grace.get(path, sort="name", limit=5, cursor=cursor, status="active")).code == "cursor_invalid"


async def test_T4_the_last_use_is_right_to_five_minutes_and_never_goes_back(house: House) -> None:
    with time_machine.travel("2026-03-01T12:00:00Z", tick=False) as clock:
        grace = await house.sign_up("grace")
        token = await grace.makes_token(grace.home)
        seen = []
        for minutes in (1, 4, 5, 6, 0):
            clock.move_to(f"2026-03-01T12:{minutes:02}:00Z")
            (await token.get("/me")).done()
            [item] = (await grace.get(f"/workspaces/{grace.home}/tokens")).done()["items"]
            seen.append(item["last_used_at"])

    assert seen == [f"2026-03-01T12:{minutes:02}:00Z" for minutes in (1, 1, 1, 6, 6)]


async def test_M4_members_show_how_many_active_tokens_they_have(house: House) -> None:
    owner = await house.sign_up("owner")
    acme = await owner.creates("acme")
    user = await house.joins("user", acme)
    for _ in range(2):
        await user.makes_token(acme)
    stopped = await user.makes_token(acme)
    (await user.patch(stopped.path, {"status": "disabled"})).done()

    for who, expected in ((owner, {"owner": 0, "user": 2}), (user, {"owner": None, "user": 2})):
        members = (await who.get(f"/workspaces/{acme}/members")).done()["items"]
        assert {member["username"]: member["active_tokens"] for member in members} == expected
        assert (await who.sees_member(acme, user))["active_tokens"] == 2
    assert (await owner.changes(acme, user, role="manager")).done()["active_tokens"] == 2


async def test_A2_each_change_of_a_token_makes_the_workspace_newer(house: House) -> None:
    grace = await house.sign_up("grace")
    before = (await grace.sees(grace.home))["revision"]
    token = await grace.makes_token(grace.home)
    (await grace.patch(token.path, {"name": "deploy"})).done()
    (await grace.post(f"{token.path}/rotate", {})).done()
    (await grace.delete(token.path)).done()

    assert (await grace.sees(grace.home))["revision"] == before + 4
