"""What was asked for on a slow line when its place is left before the answer comes."""

import asyncio
from collections.abc import AsyncGenerator, Iterator
from pathlib import Path
from typing import ClassVar, NamedTuple

import pytest
from textual import work
from textual.app import ComposeResult
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from tests.app.house import ME, credential, somebody
from tests.app.line import Line, served
from tests.driver import User, at_keyboard
from tests.widgets.stage import Stage
from tui.dialogs.dialog import Dialog
from tui.domain.queries import ListQuery, Place
from tui.screens.sections import MEMBERS
from tui.screens.shell import Shell


class Slow(NamedTuple):
    user: User
    line: Line


@pytest.fixture
async def slow(home: Path) -> AsyncGenerator[Slow]:
    """At the panel of barbara-lake, a User, of a service that is far away."""
    async with (
        served(home) as line,
        at_keyboard(home, workspace="acme", server=line.address, credential=credential(home, ME)) as user,
    ):
        await user.sees("5 workspaces")
        await user.press("2", "down", "down", "enter")
        await user.sees("Last active", "status active > disabled")
        yield Slow(user, line)


async def test_a_change_is_told_where_the_panel_that_asked_for_it_is_closed(slow: Slow) -> None:
    user, line = slow
    line.hold()
    await user.press("r", "up", "enter")
    await user.press("escape")
    await user.sees("of 137 members")
    line.release()
    await user.sees("barbara-lake is now Manager.")
    await user.until(lambda: "Manager ▾" in user.cursor_line, "the new role in the list")


async def test_a_refusal_is_told_where_the_panel_that_asked_for_it_is_closed(slow: Slow, home: Path) -> None:
    user, line = slow
    line.hold()
    await user.press("r", "up", "enter")
    await user.press("escape")
    await user.sees("of 137 members")
    async with somebody(home, "ada-fern") as ada:
        acme = (await ada.workspaces.list(ListQuery(q="acme"), Place())).items[0]
        barbara = (await ada.members.list(acme.id, ListQuery(q="barbara-lake"), Place())).items[0]
        await ada.members.remove(acme.id, barbara.user_id, None)
    line.release()
    await user.sees("Role barbara-lake: There is nothing here by that name", "alan-moss")
    await user.sees_no("Barbara Lake")


class Last(Static):
    """Says when it is taken away; what it stood on is still there then."""

    def on_unmount(self) -> None:
        assert isinstance(self.app, Leaving)
        self.app.is_falling.set()


class Corner(Shell):
    SECTION = MEMBERS
    CSS_PATH: ClassVar = []

    def body(self) -> ComposeResult:
        yield Last()

    def on_mount(self) -> None:
        self._read()

    @work
    async def _read(self) -> None:
        assert isinstance(self.app, Leaving)
        await self.app.is_falling.wait()
        self.query_one(Last).update("late")


class Question(Dialog[None]):
    CSS_PATH: ClassVar = []

    def body(self) -> Iterator[Widget]:
        yield Last()

    def on_mount(self) -> None:
        self._look()

    @work
    async def _look(self) -> None:
        assert isinstance(self.app, Leaving)
        await self.app.is_falling.wait()
        self.query_one(Last).update("late")


class Leaving(Stage):
    def __init__(self) -> None:
        super().__init__()
        self.is_falling = asyncio.Event()


@pytest.mark.parametrize("place", [Corner, Question])
async def test_what_is_read_for_a_place_ends_before_it(place: type[Screen[None]]) -> None:
    app = Leaving()
    async with app.run_test() as pilot:
        await app.push_screen(Corner(None) if place is Corner else Question("Question"))
        await pilot.pause()
        await app.pop_screen()
        assert app.is_falling.is_set()
