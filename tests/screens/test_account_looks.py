"""The account and what opens from it as they look, small and large."""

import random
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

import pytest
import time_machine

from tests.app.house import ME, NOW, credential
from tests.driver import SMALL
from tests.looks import SIZES, Sample, Size, Snap, look_at, look_away, opened
from tui.app.app import WorkspacesApp
from tui.folders import Folders

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


@pytest.mark.parametrize("name", ["account-filled"], ids="{}-light-80x24".format)
def test_looks_in_light(name: str, home: Path, session: str, snap_compare: Snap) -> None:
    assert look_at(opened(home, credential=session), SAMPLES[name], SMALL, snap_compare, "workspaces-light")
