"""Each act is whole: whoever adds one is told here what is still missing."""

import asyncio
from collections import Counter
from pathlib import Path
from typing import Any, get_type_hints

import click
import httpx
import pytest
from textual.binding import Binding

from tui.acts.registry import ACTS, READS
from tui.app.sections import SCREENS
from tui.backend.protocol import Backend
from tui.cli.main import commands
from tui.domain.acts import LOCAL_ACTS, PERMISSIONS, ActId
from tui.screens.acting import TARGETLESS, Acting
from tui.screens.keys import ACT_KEYS
from tui.server.app import create_app
from tui.server.settings import Settings
from tui.server.storage.engine import Store

COMMANDS = {
    ActId.MEMBERS_SET_STATUS: ["members disable", "members enable"],
    ActId.TOKENS_SET_STATUS: ["tokens disable", "tokens enable"],
    ActId.ACTIVITY_LIST: ["activity"],
    ActId.SESSIONS_END_OTHERS: ["sessions end"],
    ActId.SECRETS_FORGET: ["tokens delete"],
}
"""The commands of acts that are not called after them."""

ROUTES = {
    ActId.WORKSPACES_CREATE: "POST /v1/workspaces",
    ActId.WORKSPACES_RENAME: "PATCH /v1/workspaces/{w}",
    ActId.WORKSPACES_DELETE: "DELETE /v1/workspaces/{w}",
    ActId.WORKSPACES_LEAVE: "POST /v1/workspaces/{w}/leave",
    ActId.MEMBERS_SET_ROLE: "PATCH /v1/workspaces/{w}/members/{u}",
    ActId.MEMBERS_SET_STATUS: "PATCH /v1/workspaces/{w}/members/{u}",
    ActId.MEMBERS_REMOVE: "DELETE /v1/workspaces/{w}/members/{u}",
    ActId.MEMBERS_HAND_OVER: "POST /v1/workspaces/{w}/hand-over",
    ActId.WORKSPACES_JOIN: "POST /v1/workspaces/{w}/join",
    ActId.INVITES_SEND: "POST /v1/workspaces/{w}/invites",
    ActId.INVITES_LINK: "POST /v1/workspaces/{w}/invite-links",
    ActId.INVITES_RESEND: "POST /v1/workspaces/{w}/invites/{i}/resend",
    ActId.INVITES_REVOKE: "DELETE /v1/workspaces/{w}/invites/{i}",
    ActId.INVITES_ACCEPT: "POST /v1/invites/accept",
    ActId.TOKENS_CREATE: "POST /v1/workspaces/{w}/tokens",
    ActId.TOKENS_RENAME: "PATCH /v1/workspaces/{w}/tokens/{t}",
    ActId.TOKENS_SET_STATUS: "PATCH /v1/workspaces/{w}/tokens/{t}",
    ActId.TOKENS_ROTATE: "POST /v1/workspaces/{w}/tokens/{t}/rotate",
    ActId.TOKENS_DELETE: "DELETE /v1/workspaces/{w}/tokens/{t}",
    ActId.SETTINGS_SET: "PATCH /v1/workspaces/{w}/settings",
    ActId.ACTIVITY_LIST: "GET /v1/workspaces/{w}/activity",
    ActId.ACCOUNT_SET: "PATCH /v1/me",
    ActId.ACCOUNT_CONFIRM_EMAIL: "POST /v1/me/email/confirm",
    ActId.ACCOUNT_LINK_GITHUB: "POST /v1/me/github",
    ActId.ACCOUNT_UNLINK_GITHUB: "DELETE /v1/me/github",
    ActId.ACCOUNT_DELETE: "DELETE /v1/me",
    ActId.SESSIONS_END: "DELETE /v1/sessions/{s}",
    ActId.SESSIONS_END_OTHERS: "POST /v1/sessions/end-others",
}
ON_SERVICE = sorted(set(ActId) - LOCAL_ACTS)


def command(path: str) -> click.Command | None:
    """The command of these words, or None."""
    found: click.Command | None = commands
    for word in path.split():
        found = found.get_command(click.Context(found), word) if isinstance(found, click.Group) else None
    return found


@pytest.fixture(scope="module")
def operations(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """`METHOD path` of everything in the OpenAPI document."""
    return asyncio.run(_operations(tmp_path_factory.mktemp("schema") / "schema.db"))


async def _operations(file: Path) -> set[str]:
    store = Store.open(f"sqlite:///{file}")
    try:
        transport = httpx.ASGITransport(create_app(store, Settings()))
        async with httpx.AsyncClient(transport=transport, base_url="http://house") as calls:
            document: dict[str, Any] = (await calls.get("/schema")).json()
    finally:
        store.close()
    return {f"{method.upper()} {path}" for path, methods in document["paths"].items() for method in methods}


def test_every_act_is_defined_or_is_a_read() -> None:
    assert set(ACTS) | READS == set(ActId)
    assert not set(ACTS) & READS


@pytest.mark.parametrize("act", ACTS)
def test_every_act_has_words(act: ActId) -> None:
    assert ACTS[act].id == act
    assert ACTS[act].label.strip() == ACTS[act].label != ""
    assert ACTS[act].word([]).istitle() or " " in ACTS[act].word([])


@pytest.mark.parametrize("act", ON_SERVICE)
def test_M1_every_act_on_the_service_has_a_permission_row(act: ActId) -> None:
    assert act in PERMISSIONS


@pytest.mark.parametrize("act", sorted(ActId))
def test_every_act_has_a_command(act: ActId) -> None:
    noun, verb = act.replace("_", "-").split(".")
    usual = verb if noun == "workspaces" else f"{noun} {verb}"
    assert all(command(path) for path in COMMANDS.get(act, [usual]))


@pytest.mark.parametrize("act", ON_SERVICE)
def test_every_act_on_the_service_has_a_route(act: ActId, operations: set[str]) -> None:
    assert ROUTES[act] in operations


@pytest.mark.parametrize("act", ON_SERVICE)
def test_every_act_on_the_service_has_a_backend_call(act: ActId) -> None:
    noun, verb = act.split(".")
    part = get_type_hints(getattr(Backend, noun).fget)["return"]
    assert callable(getattr(part, verb))


def test_every_act_has_a_key_or_a_palette_entry() -> None:
    placed = TARGETLESS.union(*(screen.ACTS for screen in SCREENS.values()))
    assert placed == set(ACTS)
    assert set(ACT_KEYS) <= placed
    assert {act.split(".")[0] for act in READS} <= set(SCREENS)


@pytest.mark.parametrize("screen", SCREENS.values())
def test_no_key_stands_twice_on_a_screen(screen: type[Acting]) -> None:
    ours = [each for each in screen.__mro__ if each.__module__.startswith("tui.")]
    bindings = [binding for each in ours for binding in Binding.make_bindings(each.__dict__.get("BINDINGS", ()))]
    uses = Counter(binding.key for binding in bindings)
    assert [key for key, count in uses.items() if count > 1] == []
