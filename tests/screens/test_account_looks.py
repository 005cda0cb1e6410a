"""The account and what opens from it as they look, small and large."""

import random
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

import pytest
import time_machine
from sqlalchemy import create_engine, update

from tests.app.house import ME, NOW, credential
from tests.driver import SMALL, User
from tests.looks import FIRST, HOSTILE, SIZES, Sample, Size, Snap, failing, look, look_at, look_away, opened
from tui.app.app import WorkspacesApp
from tui.backend.embedded import FILE_NAME
from tui.domain.errors import Refused
from tui.folders import Folders
from tui.screens.account_panels import ProfilePanel, SessionPanel
from tui.screens.panel import Panel
from tui.server.storage import tables

HERE = "on this computer."
PROFILES = """\
[modal-labs]
token_id = "ak-modal"
active = true

[acme]
server_url = "workspaces:embedded"
workspace_id = "ac-00000000000000000000"

[staging]
server_url = "https://staging.example.org"
workspace_id = "ac-00000000000000000001"
token_id = "ak-00000000000000000001"
"""

LONG_PROFILE = f"""\
[{"a" * 60}]
server_url = "https://{"workspaces." * 12}example.org"
workspace_id = "ac-00000000000000000001"
token_id = "ak-00000000000000000001"
"""

SAMPLES = {
    "account-filled": Sample("7", HERE),
    "menu-filled-of_account": Sample("7 down m", "Enter the mailed code"),
    "account-filled-on_a_session": Sample("7 down down down", "x End"),
    "edit_account-filled-in_app": Sample("7 e", "Edit your account"),
    "edit_account-filled-wrong": Sample("7 e end minus", "not at its start"),
    "confirm-filled-session_end": Sample("7 down down down x", "you will be signed out"),
    "type_name-empty-account_delete": Sample("7 end enter", "Type grace-holm"),
    "session_panel-filled": Sample("7 down down down enter", "Last used"),
    "profile_panel-filled": Sample("7 down down down down down enter", "It has no token."),
    "kept_panel-filled": Sample("7 " + "down " * 7 + "enter", "Kept"),
    "own_activity-empty": Sample("7 " + "down " * 8 + "enter f down space enter", "No entries match"),
    "own_activity-filled": Sample("7 " + "down " * 8 + "enter", "Row 1 of"),
}

AWAY = {
    "account-away": "7",
    "session_panel-away": "7 down down down enter",
    "profile_panel-away": "7 down down down down down enter",
    "kept_panel-away": "7 " + "down " * 7 + "enter",
    "own_activity-away": "7 " + "down " * 8 + "enter",
}
"""What to press to be there."""

GONE: dict[str, tuple[type[Panel], str, str]] = {
    "session_panel-refused": (SessionPanel, AWAY["session_panel-away"], "This session has ended."),
    "profile_panel-refused": (ProfilePanel, AWAY["profile_panel-away"], "This profile is gone."),
}

LONG = {
    "account-long_text": Sample("7", HERE),
    "session_panel-long_text": Sample("7 down down down enter", "Last used"),
    "profile_panel-long_text": Sample("7 down down down down enter", "Usable"),
    "own_activity-long_text": Sample("7 " + "down " * 6 + "enter", "Row 1 of"),
}


@pytest.fixture
def session(home: Path) -> str:
    """The credential of a session that is the same every time."""
    choose = random.Random(7).choice  # noqa: S311  # ids of a test
    with time_machine.travel(NOW - timedelta(hours=3), tick=False), patch("secrets.choice", choose):
        return credential(home, ME)


@pytest.fixture
def app(home: Path, session: str) -> WorkspacesApp:
    settings = Folders.within(home).settings
    settings.mkdir(parents=True, exist_ok=True)
    (settings / "modal.toml").write_text(PROFILES)
    return opened(home, credential=session)


@SIZES
@pytest.mark.parametrize("name", SAMPLES)
def test_looks(name: str, size: Size, app: WorkspacesApp, snap_compare: Snap) -> None:
    assert look_at(app, SAMPLES[name], size, snap_compare)


@SIZES
@pytest.mark.parametrize("name", AWAY)
def test_looks_away(name: str, size: Size, app: WorkspacesApp, snap_compare: Snap) -> None:
    assert look_away(app, AWAY[name], size, snap_compare)


@SIZES
@pytest.mark.parametrize("name", LONG)
def test_looks_with_long_and_hostile_text(
    name: str, size: Size, home: Path, app: WorkspacesApp, snap_compare: Snap
) -> None:
    (Folders.within(home).settings / "modal.toml").write_text(LONG_PROFILE)
    engine = create_engine(f"sqlite:///{home / 'data' / FILE_NAME}")
    with engine.begin() as connection:
        for column in (
            tables.users.c.display_name,
            tables.users.c.email,
            tables.sessions.c.device_name,
            tables.sessions.c.device_platform,
            tables.sessions.c.device_app,
            tables.activity.c.target_name,
        ):
            connection.execute(update(column.table).where(column.is_not(None)).values({column: HOSTILE}))
    engine.dispose()
    assert look_at(app, LONG[name], size, snap_compare)


@SIZES
@pytest.mark.parametrize("name", GONE)
def test_looks_where_the_row_is_gone(
    name: str, size: Size, app: WorkspacesApp, snap_compare: Snap, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel, keys, said = GONE[name]
    monkeypatch.setattr(panel, "read", failing(Refused("not_found", said)))

    async def act(user: User) -> None:
        await user.sees(FIRST)
        await user.press(*keys.split())
        await user.rests()
        await user.press("ctrl+r")
        await user.sees(said)

    assert look(app, size, snap_compare, act)


@pytest.mark.parametrize("name", ["account-filled"], ids="{}-light-80x24".format)
def test_looks_in_light(name: str, home: Path, session: str, snap_compare: Snap) -> None:
    assert look_at(opened(home, credential=session), SAMPLES[name], SMALL, snap_compare, "workspaces-light")
