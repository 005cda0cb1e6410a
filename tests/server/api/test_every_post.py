"""Every POST that is repeated with its Idempotency-Key is done once, whatever it does."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, NamedTuple

import pytest
from sqlalchemy import select

from tests.server.driver import DEVICE, Caller, seat
from tests.server.github_house import GithubPlace, Linked, begins
from tests.server.inviting import link
from tui.server.storage import email_codes, tables
from tui.server.storage.engine import Store
from tui.server.storage.times import now

SECRETS = ("secret", "link", "poll_secret")


class Scene(NamedTuple):
    """Grace, who owns acme from GitHub, linus, who is in its organization but not in it, and the place they are at."""

    place: GithubPlace
    grace: Linked
    linus: Linked
    acme: str

    @property
    def stranger(self) -> Caller:
        return self.place.open.stranger

    @property
    def store(self) -> Store:
        return self.place.open.store


class Post(NamedTuple):
    """Who posts what where, and another body that would do as well."""

    by: Caller
    path: str
    body: object
    other: object = {}


Made = Callable[[Scene], Awaitable[Post]]
POSTS: dict[str, Made] = {}
"""How each POST of the OpenAPI document is brought about."""


def posts(path: str) -> Callable[[Made], Made]:
    def kept(made: Made) -> Made:
        POSTS[path] = made
        return made

    return kept


@posts("/v1/users")
async def sign_up(scene: Scene) -> Post:
    return Post(scene.stranger, "/users", *({"username": name, "device": DEVICE} for name in ("ada", "alan")))


@posts("/v1/sign-ins")
async def start_sign_in(scene: Scene) -> Post:
    asks = ({"method": "github", "device": DEVICE | {"name": name}} for name in ("desk", "lap"))
    return Post(scene.stranger, "/sign-ins", *asks)


@posts("/v1/sign-ins/{s}/poll")
async def poll_sign_in(scene: Scene) -> Post:
    begun, other = await begins(scene.stranger), await begins(scene.stranger)
    scene.place.github.approves(scene.place.github.person("ada"), begun["user_code"])
    asks = ({"poll_secret": each["poll_secret"]} for each in (begun, other))
    return Post(scene.stranger, f"/sign-ins/{begun['id']}/poll", *asks)


@posts("/v1/invites/find")
async def find_invite(scene: Scene) -> Post:
    return Post(scene.stranger, "/invites/find", *[{"code": await a_code(scene)} for _ in range(2)])


@posts("/v1/invites/accept")
async def accept_invite(scene: Scene) -> Post:
    code = await a_code(scene)
    asks = ({"code": code, "device": DEVICE, "new_user": {"username": name}} for name in ("ada", "alan"))
    return Post(scene.stranger, "/invites/accept", *asks)


@posts("/v1/me/email")
async def set_email(scene: Scene) -> Post:
    return Post(scene.grace, "/me/email", {"email": "grace@example.org"}, {"email": "hopper@example.org"})


@posts("/v1/me/email/confirm")
async def confirm_email(scene: Scene) -> Post:
    with scene.store.writing() as connection:
        email_codes.put(connection, scene.grace.id, "grace@example.org", "BCDFGHJK", now())
    return Post(scene.grace, "/me/email/confirm", {"code": "BCDF-GHJK"}, {"code": "BBBB-BBBB"})


@posts("/v1/me/github")
async def link_github(scene: Scene) -> Post:
    return Post(scene.grace, "/me/github", {"device": DEVICE}, {"device": DEVICE | {"name": "lap"}})


@posts("/v1/sessions/end-others")
async def end_other_sessions(scene: Scene) -> Post:
    (await scene.place.comes(scene.grace.github_id)).done()
    return Post(scene.grace, "/sessions/end-others", None)


@posts("/v1/workspaces")
async def create_workspace(scene: Scene) -> Post:
    return Post(scene.grace, "/workspaces", {"name": "labs"}, {"name": "works"})


@posts("/v1/workspaces/{w}/join")
async def join_workspace(scene: Scene) -> Post:
    return Post(scene.linus, f"/workspaces/{scene.acme}/join", None)


@posts("/v1/workspaces/{w}/leave")
async def leave_workspace(scene: Scene) -> Post:
    seat(scene.store, scene.acme, scene.linus.id, "user", "active")
    return Post(scene.linus, f"/workspaces/{scene.acme}/leave", None)


@posts("/v1/workspaces/{w}/hand-over")
async def hand_over(scene: Scene) -> Post:
    seat(scene.store, scene.acme, scene.linus.id, "user", "active")
    asks = ({"user_id": scene.linus.id, "version": None, "own_role": role} for role in ("manager", "user"))
    return Post(scene.grace, f"/workspaces/{scene.acme}/hand-over", *asks)


@posts("/v1/workspaces/{w}/members/bulk")
async def change_members(scene: Scene) -> Post:
    seat(scene.store, scene.acme, scene.linus.id, "user", "active")
    items = [{"user_id": scene.linus.id, "version": 1}]
    asks = ({"change": {"role": role}, "items": items} for role in ("manager", "owner"))
    return Post(scene.grace, f"/workspaces/{scene.acme}/members/bulk", *asks)


@posts("/v1/workspaces/{w}/invites")
async def send_invites(scene: Scene) -> Post:
    asks = ({"emails": [f"{name}@example.org" for name in names]} for names in (("ada", "alan"), ("eve",)))
    return Post(scene.grace, f"/workspaces/{scene.acme}/invites", *asks)


@posts("/v1/workspaces/{w}/invite-links")
async def make_invite_link(scene: Scene) -> Post:
    return Post(scene.grace, f"/workspaces/{scene.acme}/invite-links", {"max_uses": 1}, {"max_uses": 2})


@posts("/v1/workspaces/{w}/invites/{i}/resend")
async def resend_invite(scene: Scene) -> Post:
    made = (await link(scene.grace, scene.acme)).done()
    path = f"/workspaces/{scene.acme}/invites/{made['invite']['id']}/resend"
    return Post(scene.grace, path, {"expires_in": 300}, {"expires_in": 301})


@posts("/v1/workspaces/{w}/tokens")
async def create_token(scene: Scene) -> Post:
    asks = ({"name": name, "expires_in": None} for name in ("ci", "cd"))
    return Post(scene.grace, f"/workspaces/{scene.acme}/tokens", *asks)


@posts("/v1/workspaces/{w}/tokens/{t}/rotate")
async def rotate_token(scene: Scene) -> Post:
    token = await scene.grace.makes_token(scene.acme)
    return Post(scene.grace, f"{token.path}/rotate", {}, {"expires_in": 300})


@posts("/v1/workspaces/{w}/tokens/bulk")
async def change_tokens(scene: Scene) -> Post:
    items = [{"id": (await scene.grace.makes_token(scene.acme)).id, "version": 1}]
    asks = ({"change": change, "items": items} for change in ({"status": "disabled"}, {"delete": True}))
    return Post(scene.grace, f"/workspaces/{scene.acme}/tokens/bulk", *asks)


async def a_code(scene: Scene) -> str:
    """The code of a new link."""
    return str((await link(scene.grace, scene.acme)).done()["link"].partition("#")[2])


@pytest.fixture
async def scene(place: GithubPlace) -> Scene:
    grace, linus = await place.linked("grace"), await place.linked("linus")
    cobol = place.github.organization("cobol", grace.github_id, linus.github_id)
    return Scene(place, grace, linus, await grace.creates_from(cobol, "acme"))


async def test_every_post_of_the_document_stands_here(scene: Scene) -> None:
    paths = (await scene.place.open.calls.get("/schema")).json()["paths"]
    assert {path for path, methods in paths.items() if "post" in methods} == POSTS.keys()


@pytest.mark.parametrize("path", POSTS)
async def test_S1_a_repeat_is_answered_as_the_first_and_another_body_is_refused(scene: Scene, path: str) -> None:
    post = await POSTS[path](scene)

    first = await post.by.post(post.path, post.body, key="k1")
    again = await post.by.post(post.path, post.body, key="k1")
    other = await post.by.post(post.path, post.other, key="k1")

    secrets, renewed = secrets_in(first.done()), secrets_in(again.done())
    assert (again.status, again.etag, without_secrets(again.body)) == (
        first.status,
        first.etag,
        without_secrets(first.body),
    )
    assert len(renewed) == len(secrets)
    assert not renewed & secrets
    assert (other.status, other.code) == (422, "idempotency_mismatch")
    with scene.store.reading() as connection:
        kept = " ".join(filter(None, connection.execute(select(tables.idempotency_keys.c.answer)).scalars()))
    assert kept
    assert not [secret for secret in secrets | renewed if secret.rpartition("#")[2] in kept]


def secrets_in(body: Any) -> set[str]:
    """What no server keeps of an answer."""
    if isinstance(body, list):
        return set().union(*map(secrets_in, body))
    if not isinstance(body, Mapping):
        return set()
    own = {body[name] for name in SECRETS if body.get(name)}
    return own.union(*map(secrets_in, body.values()))


def without_secrets(body: Any) -> Any:
    if isinstance(body, list):
        return [without_secrets(part) for part in body]
    if not isinstance(body, Mapping):
        return body
    return {name: without_secrets(value) for name, value in body.items() if name not in SECRETS}
