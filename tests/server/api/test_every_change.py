"""Whatever changes something under a workspace tells of it once for each target, and makes lists old once (A1, A2)."""

import re
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import select, update

from tests.server.driver import DEVICE, JSON, Answer, Caller, House, seat
from tests.server.inviting import code_of, link, send
from tui.server.storage import tables
from tui.server.storage.engine import Store

NEW = {"username": "alan", "email": "alan@example.org"}


class Case(NamedTuple):
    """Who asks for what, and what is told: an act, its target, the fields that were, and the fields that became."""

    who: str
    method: str
    path: str
    body: object
    told: str


LOST = "invites.revoke {email} role revoked_by, invites.revoke {link} role revoked_by"
"""What is told besides when ada loses her role (I7)."""

CASES = [
    Case("grace", "PATCH", "/workspaces/{w}", {"name": "other"}, "workspaces.rename {w} name name"),
    Case("grace", "DELETE", "/workspaces/{w}", None, "workspaces.delete {w} - -"),
    Case("linus", "POST", "/workspaces/{w}/leave", None, "workspaces.leave {w} role -"),
    Case("ada", "POST", "/workspaces/{w}/leave", None, f"workspaces.leave {{w}} role -, {LOST}"),
    Case(
        "grace",
        "POST",
        "/workspaces/{w}/hand-over",
        {"user_id": "{linus}", "version": None},
        "members.hand_over {linus} role role, members.hand_over {grace} role role",
    ),
    Case("ada", "PATCH", "/workspaces/{w}/settings", {"auto_join": False}, "settings.set {w} auto_join auto_join"),
    Case(
        "ada",
        "PATCH",
        "/workspaces/{w}/members/{linus}",
        {"role": "manager", "status": "disabled"},
        "members.set_role {linus} role role, members.set_status {linus} status status",
    ),
    Case(
        "grace",
        "PATCH",
        "/workspaces/{w}/members/{ada}",
        {"role": "user"},
        f"members.set_role {{ada}} role role, {LOST}",
    ),
    Case("grace", "DELETE", "/workspaces/{w}/members/{ada}", None, f"members.remove {{ada}} role,status -, {LOST}"),
    Case(
        "grace",
        "POST",
        "/workspaces/{w}/members/bulk",
        {
            "change": {"status": "disabled"},
            "items": [{"user_id": user_id, "version": None} for user_id in ("{linus}", "{grace}", "{ada}")],
        },
        f"members.set_status {{linus}} status status, members.set_status {{ada}} status status, {LOST}",
    ),
    Case(
        "ada",
        "POST",
        "/workspaces/{w}/invites",
        {"emails": ["one@example.org", "alan@example.org", "two@example.org"]},
        "invites.send + - expires_at,role, invites.send + - expires_at,role",
    ),
    Case("ada", "POST", "/workspaces/{w}/invite-links", {}, "invites.link + - expires_at,max_uses,role"),
    Case(
        "grace",
        "POST",
        "/workspaces/{w}/invites/{email}/resend",
        {},
        "invites.resend {email} expires_at,inviter expires_at,inviter",
    ),
    Case("grace", "DELETE", "/workspaces/{w}/invites/{email}", None, "invites.revoke {email} role revoked_by"),
    Case("linus", "POST", "/workspaces/{w}/tokens", {"name": "two", "expires_in": 300}, "tokens.create + - expires_at"),
    Case(
        "ada",
        "PATCH",
        "/workspaces/{w}/tokens/{t}",
        {"name": "other", "status": "disabled"},
        "tokens.rename {t} member,name name, tokens.set_status {t} member,status status",
    ),
    Case("linus", "POST", "/workspaces/{w}/tokens/{t}/rotate", {}, "tokens.rotate {t} expires_at expires_at"),
    Case("linus", "DELETE", "/workspaces/{w}/tokens/{t}", None, "tokens.delete {t} status -"),
    Case(
        "grace",
        "POST",
        "/workspaces/{w}/tokens/bulk",
        {"change": {"delete": True}, "items": [{"id": "{t}", "version": None}, {"id": "ak-0", "version": None}]},
        "tokens.delete {t} member,status -",
    ),
    Case(
        "stranger",
        "POST",
        "/invites/accept",
        {"code": "{code}", "new_user": NEW, "device": DEVICE},
        "users.create + - -, workspaces.create + - kind,name, invites.accept {email} - role,workspace,"
        " members.join + - joined_by,role, sessions.create + - -",
    ),
]
ELSEWHERE = {"POST /workspaces/{w}/join"}
"""What needs GitHub: `test_github`."""


async def test_A1_A2_every_change_is_told_once_for_each_target_and_makes_lists_old_once(house: House) -> None:
    people: dict[str, Caller] = {name: await house.sign_up(name) for name in ("grace", "ada", "linus")}
    people["stranger"] = house.stranger
    for number, case in enumerate(CASES):
        acme, ids, secrets = await settle(house, f"acme-{number}")
        newest, revision = told_since(house.store, 0)[-1].pk, revision_of(house.store, acme)

        answer = await sends(people[case.who], case, ids)

        rows = told_since(house.store, newest)
        told = [(row.action, row.target_id, fields(row.before), fields(row.after)) for row in rows]
        assert sorted(expected(case, ids, told)) == sorted(told), case
        assert {row.group_id is None for row in rows} == {len(rows) == 1}, case
        assert len({row.group_id for row in rows}) == 1, case
        grown = 0 if case.told.startswith("workspaces.delete") else 1
        assert revision_of(house.store, acme) == revision + grown, case
        for secret in secrets | secrets_in(answer.body):
            assert secret not in repr(rows)
        if case.method == "PATCH" or ("revoked_by" in case.told and "/invites/" in case.path):
            (await sends(people[case.who], case, ids)).done()
            assert told_since(house.store, rows[-1].pk) == [], case
            assert revision_of(house.store, acme) == revision + 1, case


async def test_A1_no_change_is_left_out(house: House) -> None:
    document = (await house.calls.get("/schema")).json()
    served = {
        f"{method.upper()} {path.removeprefix('/v1')}"
        for path, operations in document["paths"].items()
        if path.startswith("/v1/workspaces/{w}")
        for method in operations
        if method != "get"
    }
    names = {"{ada}": "{u}", "{linus}": "{u}", "{email}": "{i}"}
    tried = {f"{case.method} {re.sub('{[a-z]+}', lambda it: names.get(it[0], it[0]), case.path)}" for case in CASES}

    assert served - ELSEWHERE == {route for route in tried if "{w}" in route}


async def settle(house: House, name: str) -> tuple[str, dict[str, str], set[str]]:
    """A workspace from GitHub of grace's, a Manager who has sent invites, and a User with a token: ids and secrets."""
    grace, ada, linus = (house.people[name] for name in ("grace", "ada", "linus"))
    acme = await grace.creates(name)
    seat(house.store, acme, ada.id, "manager", "active")
    seat(house.store, acme, linus.id, "user", "active")
    with house.store.writing() as connection:
        it = tables.workspaces.c.id == acme
        connection.execute(update(tables.workspaces).where(it).values(source="github", auto_join=True))
    [email] = (await send(ada, acme, "alan@example.org")).done()["results"]
    by_link = (await link(ada, acme)).done()
    token = await linus.makes_token(acme)
    ids = {
        "w": acme,
        "t": token.id,
        "grace": grace.id,
        "ada": ada.id,
        "linus": linus.id,
        "email": email["invite"]["id"],
        "link": by_link["invite"]["id"],
        "code": code_of(email["link"]),
    }
    return acme, ids, {token.secret, code_of(email["link"]), code_of(by_link["link"])}


async def sends(by: Caller, case: Case, ids: dict[str, str]) -> Answer:
    """Asks for what a case says, and is not refused."""
    path, body = case.path, msgspec.json.encode(case.body).decode()
    for name, given in ids.items():
        path, body = path.replace(f"{{{name}}}", given), body.replace(f"{{{name}}}", given)
    headers = {} if case.method == "POST" else {"If-Match": "*"}
    if case.body is None:
        answer = await by.sends(case.method, path, headers=headers)
    else:
        answer = await by.sends(case.method, path, headers=headers | JSON, content=body)
    assert answer.status < 300, (case, answer)
    return answer


def told_since(store: Store, pk: int) -> list[Any]:
    """What stands in any log after an entry."""
    with store.reading() as connection:
        rows = connection.execute(
            select(tables.activity).where(tables.activity.c.pk > pk).order_by(tables.activity.c.pk)
        )
        return list(rows)


def revision_of(store: Store, workspace: str) -> int:
    with store.reading() as connection:
        it = tables.workspaces.c.id == workspace
        return int(connection.execute(select(tables.workspaces.c.revision).where(it)).scalar_one())


def expected(case: Case, ids: dict[str, str], told: list[Any]) -> list[tuple[str, ...]]:
    """What should be told; `+` stands for the id of something new."""
    wanted = [tuple(each.format(**ids).split()) for each in case.told.split(", ")]
    new = iter([target for _, target, *_ in told if target not in ids.values()])
    return [(act, next(new) if target == "+" else target, *rest) for act, target, *rest in wanted]


def fields(packed: str | None) -> str:
    return ",".join(sorted(msgspec.json.decode(packed))) if packed else "-"


def secrets_in(answer: Any) -> set[str]:
    """Every secret of an answer, however deep, without what stands before it in a link."""
    if isinstance(answer, list):
        return {secret for each in answer for secret in secrets_in(each)}
    if not isinstance(answer, dict):
        return set()
    own = {value.rpartition("#")[2] for name, value in answer.items() if name in {"secret", "link"} and value}
    return own | {secret for value in answer.values() for secret in secrets_in(value)}
