"""Every section while it is read, where it cannot be read, away, refused, and with long and hostile text."""

from asyncio import Event
from collections.abc import Sequence
from pathlib import Path

import pytest
from sqlalchemy import create_engine, update

from tests.driver import User
from tests.looks import (
    FIRST,
    HOSTILE,
    NO_ANSWER,
    REFUSED,
    SIZES,
    Sample,
    Size,
    Snap,
    failing,
    look,
    look_at,
    look_away,
    opened,
)
from tui.backend.embedded import FILE_NAME
from tui.screens.account import AccountScreen
from tui.screens.account_panels import OwnActivity
from tui.screens.acting import Acting
from tui.screens.activity import ActivityScreen
from tui.screens.invites import InvitesScreen
from tui.screens.members import MembersScreen
from tui.screens.settings import SettingsScreen
from tui.screens.tokens import TokensScreen
from tui.screens.workspaces import WorkspacesScreen
from tui.server.storage import tables

LONGEST_NAME = "ada-" + "fern-" * 11 + "x"

AWAY = {
    "workspaces": "",
    "members": "2",
    "member_panel": "2 down down enter",
    "invites": "3",
    "invite_panel": "3 down enter",
    "tokens": "4",
    "token_panel": "4 enter",
    "activity": "5",
    "entry_panel": "5 enter",
    "settings": "6",
}
"""What to press to be there."""

READ: dict[str, tuple[type[Acting], str]] = {
    "workspaces": (WorkspacesScreen, ""),
    "members": (MembersScreen, "2"),
    "invites": (InvitesScreen, "3"),
    "tokens": (TokensScreen, "4"),
    "activity": (ActivityScreen, "5"),
    "settings": (SettingsScreen, "6"),
    "account": (AccountScreen, "7"),
    "own_activity": (OwnActivity, "7 end up enter"),
}

LONG = {
    "workspaces-long_text": Sample("", FIRST),
    "choose_workspace-long_text-in_app": Sample("w", "All workspaces"),
    "member_panel-long_text": Sample("2 down enter", "Username"),
    "confirm-long_text-member_remove": Sample("2 down x", "Cancel"),
    "invites-long_text": Sample("3", "Row 1 of 6 invites."),
    "invite_panel-long_text": Sample("3 down down down down enter", "Label"),
    "tokens-long_text": Sample("4", "Row 1 of 6 tokens."),
    "token_panel-long_text": Sample("4 enter", "Last used"),
    "confirm-long_text-token_delete": Sample("4 x", "Cancel"),
    "activity-long_text": Sample("5", "Row 1 of 40 entries."),
    "entry_panel-long_text": Sample("5 down enter", "When"),
    "palette-long_text": Sample("4 colon", "Rename token"),
    "settings-long_text": Sample("6", "Settings of"),
}


@SIZES
@pytest.mark.parametrize("name", AWAY, ids="{}-away".format)
def test_looks_away(name: str, size: Size, home: Path, snap_compare: Snap) -> None:
    assert look_away(opened(home), AWAY[name], size, snap_compare)


@SIZES
@pytest.mark.parametrize("name", READ, ids="{}-loading".format)
def test_looks_while_it_is_read(
    name: str, size: Size, home: Path, snap_compare: Snap, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def never(*_: object) -> None:
        await Event().wait()

    screen, keys = READ[name]
    monkeypatch.setattr(screen, "read", never)
    assert arrived(home, keys, ("Reading ", "reading…", "this run only"), size, snap_compare)


@SIZES
@pytest.mark.parametrize("name", READ, ids="{}-away-unread".format)
def test_looks_where_it_cannot_be_read(
    name: str, size: Size, home: Path, snap_compare: Snap, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen, keys = READ[name]
    monkeypatch.setattr(screen, "read", failing(NO_ANSWER))
    assert arrived(home, keys, ("Try again", "away since"), size, snap_compare)


@SIZES
@pytest.mark.parametrize("name", READ, ids="{}-refused".format)
def test_looks_where_it_may_not_be_read(
    name: str, size: Size, home: Path, snap_compare: Snap, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen, keys = READ[name]
    monkeypatch.setattr(screen, "read", failing(REFUSED))
    assert arrived(home, keys, (REFUSED.detail, "online"), size, snap_compare)


@SIZES
@pytest.mark.parametrize("name", LONG)
def test_looks_with_long_and_hostile_text(name: str, size: Size, home: Path, snap_compare: Snap) -> None:
    engine = create_engine(f"sqlite:///{home / 'data' / FILE_NAME}")
    with engine.begin() as connection:
        for column in (
            tables.users.c.display_name,
            tables.members.c.display_name,
            tables.tokens.c.name,
            tables.users.c.email,
            tables.workspaces.c.github_org_login,
            tables.invites.c.label,
            tables.activity.c.target_name,
        ):
            connection.execute(update(column.table).where(column.is_not(None)).values({column: HOSTILE}))
        for column in (tables.invites.c.inviter_name, tables.activity.c.actor_name):
            connection.execute(update(column.table).values({column: LONGEST_NAME}))
        name_of = tables.workspaces.c.name
        connection.execute(update(tables.workspaces).where(name_of == "acme").values(name="a" * 60))
    engine.dispose()
    assert look_at(opened(home, workspace="a" * 60), LONG[name], size, snap_compare)


def arrived(home: Path, keys: str, then: Sequence[str], size: Size, snap_compare: Snap) -> bool:
    """Whether a section looks as it did that never comes to show its rows."""

    async def go(user: User) -> None:
        await user.sees("acme", FIRST if keys else "Workspaces")
        await user.press(*keys.split())
        await user.sees(*then)

    return look(opened(home), size, snap_compare, go)
