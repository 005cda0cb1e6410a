"""The account and what opens from it as they look, small and large."""

import random
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

import pytest
import time_machine
from textual.pilot import Pilot

from tests.app.house import ME, NOW, credential
from tests.driver import LARGE, SMALL, User
from tests.screens.test_looks import FIRST, Sample, Snap, look, opened
from tui.domain.errors import Unreachable
from tui.folders import Folders
from tui.screens.messages import NotAnswered

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
    "account": Sample("7", HERE),
    "account_menu": Sample("7 down m", "Enter the mailed code"),
    "account_on_a_session": Sample("7 down down down", "x End"),
    "account_edit": Sample("7 e", "Edit your account"),
    "account_edit_wrong": Sample("7 e end minus", "not at its start"),
    "account_end_session": Sample("7 down down down x", "you will be signed out"),
    "account_delete": Sample("7 end enter", "Type grace-holm"),
    "session_panel": Sample("7 down down down enter", "Last used"),
    "profile_panel": Sample("7 down down down down down enter", "It has no token."),
    "kept_panel": Sample("7 " + "down " * 7 + "enter", "Kept"),
    "own_activity": Sample("7 " + "down " * 8 + "enter", "Row 1 of"),
}


@pytest.fixture
def session(home: Path) -> str:
    """The credential of a session that is the same every time."""
    choose = random.Random(7).choice  # noqa: S311  # ids of a test
    with time_machine.travel(NOW - timedelta(hours=3), tick=False), patch("secrets.choice", choose):
        return credential(home, ME)


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])
@pytest.mark.parametrize("name", SAMPLES)
def test_looks(name: str, size: tuple[int, int], home: Path, session: str, snap_compare: Snap) -> None:
    settings = Folders.within(home).settings
    settings.mkdir(parents=True, exist_ok=True)
    (settings / "modal.toml").write_text(PROFILES)
    app = opened(home, credential=session)
    assert look(app, SAMPLES[name], size, snap_compare)


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])
def test_looks_away(size: tuple[int, int], home: Path, session: str, snap_compare: Snap) -> None:
    app = opened(home, credential=session)

    async def leave(pilot: Pilot[int]) -> None:
        user = User(app, pilot)
        await user.sees(FIRST)
        await user.press("7")
        await user.sees(HERE)
        app.post_message(NotAnswered(Unreachable("The server does not answer.")))
        await user.sees("away since 12:00")
        await user.rests()

    with time_machine.travel(NOW, tick=False):
        assert snap_compare(app, terminal_size=size, run_before=leave)


def test_looks_in_light(home: Path, session: str, snap_compare: Snap) -> None:
    assert look(opened(home, credential=session), SAMPLES["account"], SMALL, snap_compare, "workspaces-light")
