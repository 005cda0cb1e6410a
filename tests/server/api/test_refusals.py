"""What an object says would be refused is what is refused, and all else is done (M1): each claim is put to the test.

Every call is really made, in every standing and by either kind of credential. Only the commit is
held back, so that one workspace does for all of them.
"""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import product
from typing import Any, NamedTuple

import pytest
from sqlalchemy import event, update

from tests.server.driver import Answer, Caller, House, Person
from tests.server.inviting import accept_as_new, code_of, link, send
from tui.domain.errors import Failure
from tui.server.storage import tables
from tui.server.storage.engine import Store
from tui.server.storage.times import now

ROLES, STATUSES = ("owner", "manager", "user"), ("active", "disabled")
HELD_BACK = "held_back"

Call = Callable[[], Awaitable[Answer]]


class Place(NamedTuple):
    """A workspace, whoever may call there by a session or a token, and somebody else who is active in it."""

    id: str
    callers: dict[str, Caller]
    other: Person


@contextmanager
def held_back(store: Store) -> Iterator[None]:
    """Whatever would have been done is refused at the very end, with a code of its own."""

    def refuse(_: object) -> None:
        raise Failure(HELD_BACK)

    event.listen(store._writer, "commit", refuse)
    try:
        yield
    finally:
        event.remove(store._writer, "commit", refuse)


async def differing(
    house: House, claims: dict[str, str], calls: dict[str, Call]
) -> dict[str, tuple[str | None, str | None]]:
    """The acts of which something else came than was claimed: the claim, and what came."""
    found = {}
    for act, call in calls.items():
        with held_back(house.store):
            answer = await call()
        came = None if answer.status < 300 or answer.code == HELD_BACK else answer.code
        if came != claims.get(act):
            found[act] = (claims.get(act), came)
    return found


async def settle(house: House, kind: str) -> Place:
    """A workspace of a kind, with a caller of each standing, by session and by token."""
    founder = await house.sign_up("founder")
    if kind == "personal":
        return Place(founder.home, {"session": founder, "token": await founder.makes_token(founder.home)}, founder)
    acme = await founder.creates("acme")
    if kind == "github":
        with house.store.writing() as connection:
            of_github = {"source": "github", "github_org_id": "1", "github_org_login": "acme", "auto_join": True}
            connection.execute(update(tables.workspaces).where(tables.workspaces.c.id == acme).values(of_github))
    people = {"owner": founder}
    people |= {role: await house.joins(role, acme, role) for role in ("manager", "user")}
    callers: dict[str, Caller] = {**people}
    callers |= {f"{name} by token": await person.makes_token(acme) for name, person in people.items()}
    callers |= {f"disabled {role}": await house.joins(f"disabled-{role}", acme, role, "disabled") for role in ROLES}
    if kind != "last owner":
        await house.joins("second-owner", acme, "owner")
    return Place(acme, callers, people["user"])


@pytest.fixture
async def place(house: House, request: pytest.FixtureRequest) -> Place:
    return await settle(house, getattr(request, "param", "shared"))


@pytest.mark.parametrize("place", ["shared", "last owner", "github", "personal"], indirect=True)
async def test_M1_what_a_workspace_says_would_be_refused_is(house: House, place: Place) -> None:
    at = f"/workspaces/{place.id}"
    for name, by in place.callers.items():
        [seen] = [row for row in (await by.get("/workspaces")).done()["items"] if row["id"] == place.id]
        opened = await by.get(at)
        assert opened.code == (None if seen["status"] == "active" else "member_disabled")
        assert opened.status >= 400 or opened.body["refusals"] == seen["refusals"]
        calls: dict[str, Call] = {
            "workspaces.rename": partial(by.patch, at, {"name": "other"}),
            "workspaces.delete": partial(by.delete, at),
            "workspaces.leave": partial(by.post, f"{at}/leave"),
            "members.hand_over": partial(by.post, f"{at}/hand-over", {"user_id": place.other.id, "version": None}),
            "invites.send": partial(send, by, place.id, "ada@example.org"),
            "invites.link": partial(link, by, place.id),
            "tokens.create": partial(by.post, f"{at}/tokens", {"name": "ci", "expires_in": None}),
            "settings.set": partial(by.patch, f"{at}/settings", {"auto_join": False}),
            "activity.list": partial(by.get, f"{at}/activity"),
        }
        assert seen["refusals"].keys() <= calls.keys()
        if by is place.other:
            del calls["members.hand_over"]  # of whom that is asked, it is themself
        assert await differing(house, seen["refusals"], calls) == {}, name


@pytest.mark.parametrize("place", ["shared", "last owner", "personal"], indirect=True)
async def test_M1_M2_W8_what_a_member_says_would_be_refused_is(house: House, place: Place) -> None:
    at = f"/workspaces/{place.id}/members"
    for name, by in place.callers.items():
        if name.startswith("disabled"):
            continue
        for seen in (await by.get(at)).done()["items"]:
            path = f"{at}/{seen['user_id']}"
            acts: dict[str, Call] = {
                f"set {status}": partial(by.patch, path, {"status": status}) for status in STATUSES
            }
            acts["members.remove"] = partial(by.delete, path)
            acts["members.hand_over"] = partial(
                by.post, f"/workspaces/{place.id}/hand-over", {"user_id": seen["user_id"], "version": None}
            )
            roles: dict[str, Call] = {role: partial(by.patch, path, {"role": role}) for role in ROLES}
            claims = dict(seen["refusals"])
            of_roles, of_status = claims.pop("members.set_role", None), claims.pop("members.set_status", None)
            assert claims.keys() <= acts.keys()
            claims |= {f"set {status}": of_status for status in STATUSES if of_status}
            assert of_roles is None or seen["role_refusals"] == dict.fromkeys(ROLES, of_roles)
            assert await differing(house, claims, acts) == {}, (name, seen)
            assert await differing(house, seen["role_refusals"], roles) == {}, (name, seen)


async def test_M1_T3_S2_what_a_token_says_would_be_refused_is(house: House, place: Place) -> None:
    for person in [house.people[name] for name in ("founder", "manager", "user")]:
        await make_tokens(house, place.id, person)
    at = f"/workspaces/{place.id}/tokens"
    met = set()
    for name, by in place.callers.items():
        if name.startswith("disabled"):
            continue
        whose = "me" if name.startswith("user") else "all"
        for seen in (await by.get(at, member=whose, limit=200)).done()["items"]:
            path = f"{at}/{seen['id']}"
            acts: dict[str, Call] = {
                f"set {status}": partial(by.patch, path, {"status": status}) for status in STATUSES
            }
            acts["tokens.rename"] = partial(by.patch, path, {"name": "other"})
            acts["tokens.rotate"] = partial(by.post, f"{path}/rotate", {})
            acts["tokens.delete"] = partial(by.delete, path)
            claims = dict(seen["refusals"])
            of_status = claims.pop("tokens.set_status", None)
            assert claims.keys() <= acts.keys()
            claims |= {f"set {status}": of_status for status in STATUSES if of_status}
            assert await differing(house, claims, acts) == {}, (name, seen)
            met |= {of_status, *claims.values()}
    assert met == {None, "role_forbidden", "session_required", "token_disabled", "token_expired"}


async def make_tokens(house: House, workspace: str, person: Person) -> None:
    """Tokens of a member in every state: disabled by themself and by somebody else, expired, and both."""
    for by, expired in product((None, person, house.people["second-owner"]), (False, True)):
        token = await person.makes_token(workspace)
        if by:
            (await by.patch(token.path, {"status": "disabled"})).done()
        if expired:
            with house.store.writing() as connection:
                it = tables.tokens.c.id == token.id
                connection.execute(update(tables.tokens).where(it).values(expires_at=now()))


async def test_M1_I4_what_an_invite_says_would_be_refused_is(house: House, place: Place) -> None:
    await make_invites(house, place.id)
    every = "pending,accepted,used_up,expired,revoked"
    at = f"/workspaces/{place.id}/invites"
    met = set()
    for name, by in place.callers.items():
        listed = await by.get(at, status=every)
        if not name.startswith(("owner", "manager")):
            assert listed.code == ("member_disabled" if name.startswith("disabled") else "role_forbidden")
            continue
        for seen in listed.done()["items"]:
            path = f"{at}/{seen['id']}"
            acts: dict[str, Call] = {
                "invites.resend": partial(by.post, f"{path}/resend", {}),
                "invites.revoke": partial(by.delete, path),
            }
            assert seen["refusals"].keys() <= acts.keys()
            assert await differing(house, seen["refusals"], acts) == {}, (name, seen)
            met |= {(seen["status"], code) for code in seen["refusals"].values()}
    assert met >= {("accepted", "invite_used_up"), ("used_up", "invite_used_up"), ("revoked", "invite_revoked")}
    assert {code for _, code in met} == {"role_forbidden", "invite_used_up", "invite_revoked"}


async def make_invites(house: House, workspace: str) -> None:
    """Invites in every status, for every role that there can be."""
    owner = house.people["founder"]
    for role, status in product(ROLES, ("pending", "accepted", "expired", "revoked")):
        [made] = (await send(owner, workspace, f"{role}.{status}@example.org", role=role)).done()["results"]
        await become(house, owner, workspace, made, status)
    for role, status in product(ROLES[1:], ("pending", "used_up", "expired", "revoked")):
        await become(house, owner, workspace, (await link(owner, workspace, role=role, max_uses=1)).done(), status)


async def become(house: House, owner: Person, workspace: str, made: Any, status: str) -> None:
    """Brings an invite into a status."""
    invite = made["invite"]["id"]
    if status in {"accepted", "used_up"}:
        name = f"{made['invite']['role']}-{status.replace('_', '-')}"
        (await accept_as_new(house.stranger, code_of(made["link"]), name)).done()
    elif status == "revoked":
        (await owner.delete(f"/workspaces/{workspace}/invites/{invite}")).done()
    elif status == "expired":
        with house.store.writing() as connection:
            it = tables.invites.c.id == invite
            connection.execute(update(tables.invites).where(it).values(expires_at=now()))
