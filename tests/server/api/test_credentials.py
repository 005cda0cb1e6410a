"""Calling by a token: what it may do, when it stops, and what nobody can read of it (T2, T5, S2)."""

import logging
from collections.abc import Awaitable, Callable
from typing import Any

import msgspec
import pytest
import time_machine

from tests.server.driver import DEVICE, Answer, Caller, House, Person, Token

NO_ID = "0" * 20

BY_TOKEN = """
GET    /server                             may
POST   /users                              open
POST   /sign-ins                           open
POST   /sign-ins/{s}/poll                  open
POST   /invites/find                       open
POST   /invites/accept                     session_required
GET    /me                                 may
PATCH  /me                                 session_required
DELETE /me                                 session_required
POST   /me/email                           session_required
POST   /me/email/confirm                   session_required
POST   /me/github                          session_required
DELETE /me/github                          session_required
GET    /me/activity                        session_required
GET    /sessions                           session_required
DELETE /sessions/{s}                       session_required
POST   /sessions/end-others                session_required
GET    /github/orgs                        session_required
GET    /workspaces                         may
GET    /workspaces/joinable                session_required
POST   /workspaces                         session_required
GET    /workspaces/{w}                     may
GET    /workspaces/{w}/revision            may
PATCH  /workspaces/{w}                     may
DELETE /workspaces/{w}                     session_required
POST   /workspaces/{w}/join                session_required
POST   /workspaces/{w}/leave               session_required
POST   /workspaces/{w}/hand-over           session_required
GET    /workspaces/{w}/settings            may
PATCH  /workspaces/{w}/settings            not_github
GET    /workspaces/{w}/members             may
GET    /workspaces/{w}/members/{u}         may
PATCH  /workspaces/{w}/members/{u}         may
DELETE /workspaces/{w}/members/{u}         may
POST   /workspaces/{w}/members/bulk        may
GET    /workspaces/{w}/invites             may
POST   /workspaces/{w}/invites             may
POST   /workspaces/{w}/invite-links        may
POST   /workspaces/{w}/invites/{i}/resend  not_found
DELETE /workspaces/{w}/invites/{i}         not_found
GET    /workspaces/{w}/tokens              may
POST   /workspaces/{w}/tokens              session_required
PATCH  /workspaces/{w}/tokens/{t}          may
POST   /workspaces/{w}/tokens/{t}/rotate   session_required
DELETE /workspaces/{w}/tokens/{t}          may
POST   /workspaces/{w}/tokens/bulk         may
GET    /workspaces/{w}/activity            may
"""
"""What an Owner's token meets at each route, by the column "who" of the service's interface.

`open`: the route asks nobody who they are. `{t}` is another token of the same Owner.
"""

BODIES: dict[str, object] = {
    "POST /me/email": {"email": "grace@example.org"},
    "POST /me/email/confirm": {"code": "123456"},
    "POST /me/github": {"device": DEVICE},
    "PATCH /me": {"display_name": "Grace"},
    "POST /invites/accept": {"code": "x" * 43},
    "POST /workspaces": {"name": "other"},
    "PATCH /workspaces/{w}": {"name": "renamed"},
    "PATCH /workspaces/{w}/settings": {"auto_join": True},
    "POST /workspaces/{w}/hand-over": {"user_id": "{u}", "version": None},
    "PATCH /workspaces/{w}/members/{u}": {"role": "manager"},
    "POST /workspaces/{w}/members/bulk": {
        "change": {"status": "disabled"},
        "items": [{"user_id": "{u}", "version": None}],
    },
    "POST /workspaces/{w}/invites": {"emails": ["new@example.org"]},
    "POST /workspaces/{w}/invite-links": {},
    "POST /workspaces/{w}/invites/{i}/resend": {},
    "POST /workspaces/{w}/tokens": {"name": "ci", "expires_in": None},
    "PATCH /workspaces/{w}/tokens/{t}": {"name": "renamed"},
    "POST /workspaces/{w}/tokens/{t}/rotate": {},
    "POST /workspaces/{w}/tokens/bulk": {"change": {"delete": True}, "items": [{"id": "{t}", "version": None}]},
}


def routes() -> list[tuple[str, str, str]]:
    """Each method and path, and what comes of it."""
    return [(method, path, expected) for method, path, expected in map(str.split, BY_TOKEN.strip().splitlines())]


async def sends(who: Caller, method: str, path: str, ids: dict[str, str]) -> Answer:
    """A call to a route that would be carried out for a session of the same Owner."""
    asked = msgspec.json.encode(BODIES.get(f"{method} {path}")).decode()
    for name, given in ids.items():
        path, asked = path.replace(f"{{{name}}}", given), asked.replace(f"{{{name}}}", given)
    headers = {"If-Match": "*"} if method in {"PATCH", "DELETE"} else {}
    if asked == "null":
        return await who.sends(method, path, headers=headers)
    return await who.sends(method, path, headers=headers | {"Content-Type": "application/json"}, content=asked)


async def test_S2_every_route_is_told_how_it_meets_a_token(house: House) -> None:
    document = (await house.calls.get("/schema")).json()
    served = {
        f"{method.upper()} {path.removeprefix('/v1')}"
        for path, operations in document["paths"].items()
        if path.startswith("/v1")
        for method in operations
    }

    assert served == {f"{method} {path}" for method, path, _ in routes()}


@pytest.mark.parametrize(("method", "path", "expected"), [route for route in routes() if route[2] != "open"])
async def test_S2_what_a_token_may_at_each_route(house: House, method: str, path: str, expected: str) -> None:
    grace = await house.sign_up("grace")
    acme = await grace.creates("acme")
    linus = await house.joins("linus", acme)
    token, other = await grace.makes_token(acme), await grace.makes_token(acme, "other")
    elsewhere = await grace.makes_token(grace.home)
    ids = {"w": acme, "u": linus.id, "t": other.id, "i": f"in-{NO_ID}", "s": f"se-{NO_ID}"}

    answer = await sends(token, method, path, ids)
    assert (answer.code or "may") == expected
    if "{w}" in path:
        foreign = await sends(elsewhere, method, path, ids)
        assert foreign.code == ("session_required" if path.endswith("/join") else "not_found")


async def test_S2_a_token_says_who_it_is_and_sees_its_own_workspace_only(house: House) -> None:
    grace = await house.sign_up("grace")
    acme = await grace.creates("acme")
    token = await grace.makes_token(acme, expires_in=300)

    me = (await token.get("/me")).done()
    assert me["user"]["id"] == grace.id
    assert me["credential"] == {
        "kind": "token",
        "id": token.id,
        "workspace_id": acme,
        "expires_at": token.made["expires_at"],
    }
    page = (await token.get("/workspaces")).done()
    assert ([row["id"] for row in page["items"]], page["total"]) == ([acme], 1)
    forever = await grace.makes_token(acme)
    assert (await forever.get("/me")).done()["credential"]["expires_at"] is None


async def test_S2_the_refusals_shown_to_a_token_are_those_that_come(house: House) -> None:
    grace = await house.sign_up("grace")
    acme = await grace.creates("acme")
    linus = await house.joins("linus", acme)
    token = await grace.makes_token(acme)
    other = await grace.makes_token(acme, "other")

    [listed] = (await token.get("/workspaces")).done()["items"]
    seen = (await token.get(f"/workspaces/{acme}")).done()
    for refusals in (listed["refusals"], seen["refusals"]):
        assert {act for act, code in refusals.items() if code == "session_required"} == {
            "workspaces.delete",
            "workspaces.leave",
            "members.hand_over",
            "tokens.create",
        }
    member = (await token.get(f"/workspaces/{acme}/members/{linus.id}")).done()
    assert member["refusals"] == {"members.hand_over": "session_required"}
    tokens = (await token.get(f"/workspaces/{acme}/tokens")).done()["items"]
    shown = {item["id"]: item["refusals"] for item in tokens}
    assert shown == {token.id: {}, other.id: {"tokens.rotate": "session_required"}}


async def test_S2_a_token_may_rotate_itself(house: House) -> None:
    grace = await house.sign_up("grace")
    token = await grace.makes_token(grace.home)

    again = Token(house.calls, grace.home, (await token.post(f"{token.path}/rotate", {})).done())

    assert (await token.get("/me")).code == "unauthenticated"
    assert (await again.get("/me")).status == 200


async def test_T2_a_token_has_the_role_that_its_member_has_now(house: House) -> None:
    owner = await house.sign_up("owner")
    acme = await owner.creates("acme")
    linus = await house.joins("linus", acme, "manager")
    token = await linus.makes_token(acme)
    activity = f"/workspaces/{acme}/activity"

    assert (await token.get(activity)).status == 200
    (await owner.changes(acme, linus, role="user")).done()
    assert (await token.get(activity)).code == "role_forbidden"
    assert (await token.get(f"/workspaces/{acme}")).done()["role"] == "user"


End = Callable[[Person, Person, Token, str], Awaitable[Answer]]


async def disable(owner: Person, _linus: Person, token: Token, _acme: str) -> Answer:
    return await owner.patch(token.path, {"status": "disabled"})


async def delete(owner: Person, _linus: Person, token: Token, _acme: str) -> Answer:
    return await owner.delete(token.path)


async def disable_member(owner: Person, linus: Person, _token: Token, acme: str) -> Answer:
    return await owner.changes(acme, linus, status="disabled")


async def remove_member(owner: Person, linus: Person, _token: Token, acme: str) -> Answer:
    return await owner.removes(acme, linus)


async def leave(_owner: Person, linus: Person, _token: Token, acme: str) -> Answer:
    return await linus.leaves(acme)


async def delete_workspace(owner: Person, _linus: Person, _token: Token, acme: str) -> Answer:
    return await owner.delete(f"/workspaces/{acme}")


@pytest.mark.parametrize("end", [disable, delete, disable_member, remove_member, leave, delete_workspace])
async def test_T2_M3_M7_W7_W9_a_token_is_refused_at_the_next_call(house: House, end: End) -> None:
    owner = await house.sign_up("owner")
    acme = await owner.creates("acme")
    linus = await house.joins("linus", acme)
    token = await linus.makes_token(acme)
    at_home = await linus.makes_token(linus.home)
    assert (await token.get("/me")).status == 200

    (await end(owner, linus, token, acme)).done()

    for answer in (await token.get("/me"), await token.get(f"/workspaces/{acme}"), await token.delete(token.path)):
        assert (answer.status, answer.code) == (401, "unauthenticated")
    assert (await at_home.get("/me")).status == 200
    assert (await linus.get("/me")).status == 200


async def test_M3_enabling_a_member_restores_the_tokens_that_worked(house: House) -> None:
    owner = await house.sign_up("owner")
    acme = await owner.creates("acme")
    linus = await house.joins("linus", acme)
    worked, stopped = await linus.makes_token(acme), await linus.makes_token(acme)
    (await owner.patch(stopped.path, {"status": "disabled"})).done()

    (await owner.changes(acme, linus, status="disabled")).done()
    (await owner.changes(acme, linus, status="active")).done()

    assert (await worked.get("/me")).status == 200
    assert (await stopped.get("/me")).code == "unauthenticated"


async def test_M7_who_comes_back_has_none_of_the_old_tokens(house: House) -> None:
    owner = await house.sign_up("owner")
    acme = await owner.creates("acme")
    linus = await house.joins("linus", acme)
    token = await linus.makes_token(acme)
    (await owner.removes(acme, linus)).done()
    assert (await owner.get(f"/workspaces/{acme}/tokens", member="all", q="ci")).done()["total"] == 0
    link = (await owner.post(f"/workspaces/{acme}/invite-links", {})).done()["link"]
    (await linus.post("/invites/accept", {"code": link.partition("#")[2]})).done()

    assert (await token.get("/me")).code == "unauthenticated"
    assert (await linus.get(f"/workspaces/{acme}/tokens")).done()["items"] == []


async def test_T2_an_expired_token_is_refused(house: House) -> None:
    with time_machine.travel("2026-03-01T12:00:00Z", tick=False) as clock:
        grace = await house.sign_up("grace")
        token = await grace.makes_token(grace.home, expires_in=300)
        clock.shift(299)
        assert (await token.get("/me")).status == 200
        clock.shift(1)
        assert (await token.get("/me")).code == "unauthenticated"


async def test_T5_nothing_but_the_right_id_with_the_right_secret_is_let_in(house: House) -> None:
    grace = await house.sign_up("grace")
    token, other = await grace.makes_token(grace.home), await grace.makes_token(grace.home)

    for credential in (
        f"{token.id}.{other.secret}",
        f"{token.id}.{token.secret[:-1]}",
        f"{token.id}.",
        f"ak-{NO_ID}.{token.secret}",
        f"{token.id.replace('ak-', 'se-')}.{token.secret}",
        f"{grace.welcome['session']['id'].replace('se-', 'ak-')}.{grace.welcome['secret']}",
        f"{grace.id}.{token.secret}",
    ):
        answer = await Caller(house.calls, credential).get("/me")
        assert (answer.status, answer.code) == (401, "unauthenticated"), credential


async def test_T5_no_secret_is_in_the_database_or_in_the_log(
    house: House, caplog: pytest.LogCaptureFixture, database: str
) -> None:
    caplog.set_level(logging.DEBUG)
    grace = await house.sign_up("grace")
    tokens = [await grace.makes_token(grace.home)]
    path = f"/workspaces/{grace.home}/tokens"
    kept = (await grace.post(path, {"name": "kept", "expires_in": None}, key="k1")).done()
    tokens.append(Token(house.calls, grace.home, kept))
    tokens.append(Token(house.calls, grace.home, (await grace.post(f"{tokens[0].path}/rotate", {}, key="k2")).done()))
    (await tokens[2].get("/me")).done()

    stored = dumped(house, database)

    assert tokens[0].id.encode() in stored
    for token in tokens:
        bare = token.secret.removeprefix("as-")
        assert bare.encode() not in stored
        assert bare not in caplog.text


def dumped(house: House, database: str) -> bytes:
    """All that a database holds, as it lies on the disk or comes out of it."""
    if house.store.path:
        return b"".join(file.read_bytes() for file in house.store.path.parent.glob(f"{house.store.path.name}*"))
    with house.store.reading() as connection:
        tables = connection.exec_driver_sql("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").scalars()
        rows: list[Any] = []
        for table in tables.all():
            rows += connection.exec_driver_sql(f"SELECT to_jsonb(t)::text FROM {table} t").scalars().all()  # noqa: S608 - our own tables
    return "\n".join(rows).encode()


async def test_A1_what_a_token_does_is_its_members_act_by_that_token(house: House) -> None:
    owner = await house.sign_up("owner")
    acme = await owner.creates("acme")
    linus = await house.joins("linus", acme)
    token = await owner.makes_token(acme, "deploy")
    others = await linus.makes_token(acme, "nightly")
    (await token.post(f"/workspaces/{acme}/members/bulk", disabling(linus))).done()
    (await token.patch(others.path, {"name": "weekly", "status": "disabled"})).done()
    (await token.post(f"{token.path}/rotate", {})).done()
    (await owner.delete(token.path)).done()

    entries = (await owner.get(f"/workspaces/{acme}/activity", limit=6)).done()["items"]

    by_token = {"type": "token", "id": owner.id, "name": "owner", "token_id": token.id}
    by_owner = {"type": "user", "id": owner.id, "name": "owner", "token_id": None}
    told = [(entry["action"], entry["targets"][0]["name"], entry["before"], entry["after"]) for entry in entries]
    assert told == [
        ("tokens.delete", "deploy", {"status": "active"}, None),
        ("tokens.rotate", "deploy", {"expires_at": None}, {"expires_at": None}),
        ("tokens.set_status", "nightly", {"status": "active", "member": "linus"}, {"status": "disabled"}),
        ("tokens.rename", "nightly", {"name": "nightly", "member": "linus"}, {"name": "weekly"}),
        ("members.set_status", "linus", {"status": "active"}, {"status": "disabled"}),
        ("tokens.create", "nightly", None, {"expires_at": None}),
    ]
    assert [entry["actor"] for entry in entries[:5]] == [by_owner, *[by_token] * 4]
    history = (await owner.get(f"/workspaces/{acme}/activity", target=others.id)).done()
    assert history["total"] == 3
    assert {entry["targets"][0]["type"] for entry in history["items"]} == {"token"}


def disabling(whom: Person) -> dict[str, object]:
    """The body of a bulk call that disables one member."""
    return {"change": {"status": "disabled"}, "items": [{"user_id": whom.id, "version": None}]}


async def test_T1_a_repeated_making_makes_one_token_with_a_new_secret_while_it_is_unused(house: House) -> None:
    grace = await house.sign_up("grace")
    path, ask = f"/workspaces/{grace.home}/tokens", {"name": "ci", "expires_in": None}

    made = [Token(house.calls, grace.home, (await grace.post(path, ask, key="k1")).done()) for _ in range(2)]

    assert made[0].made == made[1].made
    assert (await made[0].get("/me")).code == "unauthenticated"
    assert (await made[1].get("/me")).status == 200
    assert (await grace.post(path, ask, key="k1")).done() == {"token": made[1].made, "secret": None}
    assert (await grace.get(path)).done()["total"] == 1


async def test_T3_a_repeated_rotation_never_takes_back_a_later_one(house: House) -> None:
    grace = await house.sign_up("grace")
    token = await grace.makes_token(grace.home)
    (await token.get("/me")).done()
    rotate = f"{token.path}/rotate"

    first = [(await grace.post(rotate, {}, key="k1")).done() for _ in range(2)]
    assert first[0]["token"] == first[1]["token"]
    used = Token(house.calls, grace.home, first[1])
    (await used.get("/me")).done()
    assert (await grace.post(rotate, {}, key="k1")).done()["secret"] is None
    later = Token(house.calls, grace.home, (await grace.post(rotate, {}, key="k2")).done())
    assert (await grace.post(rotate, {}, key="k1")).done()["secret"] is None
    assert (await later.get("/me")).status == 200


async def test_T1_a_repeat_after_ten_minutes_or_by_who_may_no_longer_gets_no_secret(house: House) -> None:
    owner = await house.sign_up("owner")
    acme = await owner.creates("acme")
    linus = await house.joins("linus", acme)
    path, ask = f"/workspaces/{acme}/tokens", {"name": "ci", "expires_in": None}
    with time_machine.travel("2026-03-01T12:00:00Z", tick=False) as clock:
        session = await house.sign_up("ada")
        home = f"/workspaces/{session.home}/tokens"
        (await session.post(home, ask, key="k1")).done()
        clock.shift(600)
        assert (await session.post(home, ask, key="k1")).done()["secret"] is None
    made = Token(house.calls, acme, (await linus.post(path, ask, key="k1")).done())
    assert (await made.post(path, ask, key="k1")).code == "session_required"
    (await owner.changes(acme, linus, status="disabled")).done()
    assert (await linus.post(path, ask, key="k1")).code == "member_disabled"
