"""Every section while it is read, where it cannot be read, away, refused, and with long and hostile text."""

from asyncio import Event
from pathlib import Path

import pytest
import time_machine
from sqlalchemy import create_engine, update
from textual.pilot import Pilot

from tests.app.house import NOW
from tests.driver import LARGE, SMALL, User
from tests.screens.test_looks import FIRST, Sample, Snap, look, opened
from tui.backend.embedded import FILE_NAME
from tui.domain.errors import Unreachable
from tui.screens.account import AccountScreen
from tui.screens.acting import Acting
from tui.screens.activity import ActivityScreen
from tui.screens.invites import InvitesScreen
from tui.screens.members import MembersScreen
from tui.screens.messages import NotAnswered
from tui.screens.settings import SettingsScreen
from tui.screens.tokens import TokensScreen
from tui.screens.workspaces import WorkspacesScreen
from tui.server.storage import tables

SIZES = pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])

HOSTILE = "[red]x[/] \x1b]52;c;cHduZWQ=\x07 \u202edlog\u200b 王小明 e" + "\u0301" * 50 + "x" * 80

AWAY = {
    "workspaces": "",
    "member": "2 down down enter",
    "tokens": "4",
    "token": "4 enter",
    "activity": "5",
    "entry": "5 enter",
    "settings": "6",
}
"""What to press to be there, beside the lists that have pictures of their own."""

READ: dict[str, tuple[type[Acting], str]] = {
    "workspaces": (WorkspacesScreen, ""),
    "members": (MembersScreen, "2"),
    "invites": (InvitesScreen, "3"),
    "tokens": (TokensScreen, "4"),
    "activity": (ActivityScreen, "5"),
    "settings": (SettingsScreen, "6"),
    "account": (AccountScreen, "7"),
}

LONG = {
    "workspaces": Sample("", FIRST),
    "selector": Sample("w", "All workspaces"),
    "member_panel": Sample("2 down enter", "Latest activity"),
    "member_remove": Sample("2 down x", "Cancel"),
    "tokens": Sample("4", "Row 1 of 6 tokens."),
    "token_panel": Sample("4 enter", "Last used"),
    "token_delete": Sample("4 x", "Cancel"),
    "activity": Sample("5", "Row 1 of 40 entries."),
    "entry_panel": Sample("5 down enter", "When"),
    "settings": Sample("6", "Settings of"),
}


@SIZES
@pytest.mark.parametrize("name", AWAY)
def test_looks_away(name: str, size: tuple[int, int], home: Path, snap_compare: Snap) -> None:
    app = opened(home)

    async def leave(pilot: Pilot[int]) -> None:
        user = User(app, pilot)
        await user.sees(FIRST)
        await user.press(*AWAY[name].split())
        await user.rests()
        app.post_message(NotAnswered(Unreachable("The server does not answer.")))
        await user.sees("away since 12:00")
        await user.rests()

    with time_machine.travel(NOW, tick=False):
        assert snap_compare(app, terminal_size=size, run_before=leave)


@SIZES
@pytest.mark.parametrize("name", READ)
def test_looks_while_it_is_read(
    name: str, size: tuple[int, int], home: Path, snap_compare: Snap, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def never(*_: object) -> None:
        await Event().wait()

    screen, keys = READ[name]
    monkeypatch.setattr(screen, "read", never)
    assert arrived(home, keys, ("Reading ", "online"), size, snap_compare)


@SIZES
@pytest.mark.parametrize("name", READ)
def test_looks_where_it_cannot_be_read(
    name: str, size: tuple[int, int], home: Path, snap_compare: Snap, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fails(*_: object) -> None:
        raise Unreachable("The server does not answer.")

    screen, keys = READ[name]
    monkeypatch.setattr(screen, "read", fails)
    assert arrived(home, keys, ("Try again", "away since"), size, snap_compare)


@SIZES
@pytest.mark.parametrize("name", LONG)
def test_looks_with_long_and_hostile_text(name: str, size: tuple[int, int], home: Path, snap_compare: Snap) -> None:
    engine = create_engine(f"sqlite:///{home / 'data' / FILE_NAME}")
    with engine.begin() as connection:
        for column in (
            tables.users.c.display_name,
            tables.members.c.display_name,
            tables.tokens.c.name,
            tables.users.c.email,
            tables.workspaces.c.github_org_login,
        ):
            connection.execute(update(column.table).values({column: HOSTILE}))
        name_of = tables.workspaces.c.name
        connection.execute(update(tables.workspaces).where(name_of == "acme").values(name="a" * 60))
    engine.dispose()
    assert look(opened(home, workspace="a" * 60), LONG[name], size, snap_compare)


def arrived(home: Path, keys: str, then: tuple[str, str], size: tuple[int, int], snap_compare: Snap) -> bool:
    """Whether a section looks as it did that never comes to show its rows."""
    app = opened(home)

    async def go(pilot: Pilot[int]) -> None:
        user = User(app, pilot)
        await user.sees("acme", "Workspaces" if not keys else FIRST)
        await user.press(*keys.split())
        await user.sees(*then)
        await user.rests()

    with time_machine.travel(NOW, tick=False):
        return snap_compare(app, terminal_size=size, run_before=go)
