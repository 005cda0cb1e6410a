"""The panels without activity, while it is read, and where reading again is refused."""

from asyncio import Event
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.driver import User
from tests.looks import FIRST, REFUSED, SIZES, Sample, Size, Snap, failing, look, look_at, opened
from tui.backend.http.activity import HttpActivity
from tui.screens.invite import InvitePanel
from tui.screens.member import MemberPanel
from tui.screens.panel import Panel
from tui.screens.token import TokenPanel


class Opened(NamedTuple):
    """A panel, and what to press to open it on a row."""

    panel: type[Panel]
    keys: str


PANELS = {
    "member_panel": Opened(MemberPanel, "2 down down enter"),
    "invite_panel": Opened(InvitePanel, "3 down enter"),
    "token_panel": Opened(TokenPanel, "4 down enter"),
}

CHANGED = {
    "invite_panel-filled": (
        ("3", "Row 1"),
        ("f space enter", "of 11 invites"),
        ("down x", "Revoke"),
        ("tab enter", "of 11 invites"),
        ("enter", "now "),
    ),
    "token_panel-filled": (("4", "Row 1"), ("e minus t w o enter", "spare-two"), ("enter", "now ")),
}
"""What to press to change a row and then to open its panel, and what is to be seen after each."""

SAMPLES = {
    "member_panel-empty": Sample("2 end enter", "None."),
    "member_panel-refused-as_user": Sample("2 enter", "Owners and Managers can read this.", "navy-research"),
}


@SIZES
@pytest.mark.parametrize("name", SAMPLES)
def test_looks(name: str, size: Size, home: Path, snap_compare: Snap) -> None:
    sample = SAMPLES[name]
    assert look_at(opened(home, workspace=sample.workspace), sample, size, snap_compare)


@SIZES
@pytest.mark.parametrize("name", CHANGED)
def test_looks_after_a_change(name: str, size: Size, home: Path, snap_compare: Snap) -> None:
    async def act(user: User) -> None:
        await user.sees(FIRST)
        for keys, then in CHANGED[name]:
            await user.press(*keys.split())
            await user.sees(then)
            await user.rests()

    assert look(opened(home), size, snap_compare, act)


@SIZES
@pytest.mark.parametrize("name", PANELS, ids="{}-loading".format)
def test_looks_while_its_activity_is_read(
    name: str, size: Size, home: Path, snap_compare: Snap, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def never(*_: object) -> None:
        await Event().wait()

    monkeypatch.setattr(HttpActivity, "list", never)
    assert look_at(opened(home), Sample(PANELS[name].keys, "Latest activity"), size, snap_compare)


@SIZES
@pytest.mark.parametrize("name", PANELS, ids="{}-refused".format)
def test_looks_where_reading_again_is_refused(
    name: str, size: Size, home: Path, snap_compare: Snap, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel, keys = PANELS[name]
    monkeypatch.setattr(panel, "read", failing(REFUSED))

    async def act(user: User) -> None:
        await user.sees(FIRST)
        await user.press(*keys.split())
        await user.sees("Latest activity")
        await user.press("ctrl+r")
        await user.sees(REFUSED.detail)

    assert look(opened(home), size, snap_compare, act)
