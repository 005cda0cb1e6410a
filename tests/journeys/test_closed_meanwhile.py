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
from tests.driver import PATIENCE, User, at_keyboard
from tests.widgets.stage import Stage
from tui.app.live import Live
from tui.app.modes import Modes
from tui.app.selector import at_home
from tui.context.context import Context
from tui.dialogs.dialog import Dialog
from tui.dialogs.signed_out import SignedOut
from tui.domain.queries import ListQuery, Place
from tui.domain.servers import Mode
from tui.screens.listing import Listing
from tui.screens.sections import MEMBERS
from tui.screens.shell import Shell
from tui.server.settings import Settings


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


async def test_M6_rows_of_another_search_are_not_marked_by_what_was_asked_before(slow: Slow) -> None:
    user, line = slow
    await user.press("escape")
    await user.sees("of 137 members")
    line.hold()
    await user.press("asterisk", "slash")
    await user.types("ada-fern")
    await user.until(lambda: isinstance(user.top, Listing) and user.top.is_narrowed, "the search")
    line.release()
    await user.sees("1 of 1 member")
    await user.rests()
    assert "marked" not in user.page


@pytest.fixture
def late(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is asked about a workspace is answered only when another is about to be shown."""
    going, answered = asyncio.Event(), asyncio.Event()
    newer, enter = Live.newer, Modes.enter

    async def late_newer(live: Live, context: Context) -> Context | None:
        await going.wait()
        try:
            return await newer(live, context)
        finally:
            asyncio.get_running_loop().call_soon(answered.set)

    async def slow_enter(modes: Modes, context: Context, number: int) -> None:
        if not modes.number:
            await enter(modes, context, number)
            return
        going.set()
        await answered.wait()
        await enter(modes, context, number)

    monkeypatch.setattr(Live, "newer", late_newer)
    monkeypatch.setattr(Modes, "enter", slow_enter)


@pytest.mark.usefixtures("late")
async def test_A2_what_was_asked_about_another_workspace_does_not_lead_back_to_it(home: Path) -> None:
    async with at_keyboard(home, workspace="acme") as user:
        await user.sees("5 workspaces")
        user.looks()
        async with somebody(home, "ada-fern") as ada:
            acme = (await ada.workspaces.list(ListQuery(q="acme"), Place())).items[0]
            barbara = (await ada.members.list(acme.id, ListQuery(q="barbara-lake"), Place())).items[0]
            await ada.members.remove(acme.id, barbara.user_id, None)
        await user.press("end", "enter")
        await user.sees("navy-research becomes your active workspace")
        await user.press("enter")
        await user.sees("navy-research ▾")
        await user.press("4")
        await user.sees("Search tokens")
        await user.rests()
        assert user.lines[0].startswith(" navy-research ▾")


@pytest.mark.usefixtures("late")
async def test_W7_who_has_left_a_workspace_is_not_put_out_of_the_next(home: Path) -> None:
    async with at_keyboard(home, workspace="navy-research") as user:
        await user.sees("5 workspaces")
        user.looks()
        await user.press("x")
        await user.types("navy-research")
        await user.press("enter", "enter")
        await user.sees("4 workspaces", " grace-holm ▾")
        await user.rests()
        assert "You have left navy-research." in user.page


async def puts_grace_out(home: Path) -> None:
    """Ada removes her from acme."""
    async with somebody(home, "ada-fern") as ada:
        acme = (await ada.workspaces.list(ListQuery(q="acme"), Place())).items[0]
        me = (await ada.members.list(acme.id, ListQuery(q=ME), Place())).items[0]
        await ada.members.remove(acme.id, me.user_id, None)


async def test_W7_who_is_asked_something_is_put_out_after_the_answer(
    user: User, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    going, asked = asyncio.Event(), asyncio.Event()

    async def late(context: Context) -> Context:
        going.set()
        await asked.wait()
        return await at_home(context)

    monkeypatch.setattr("tui.app.controller.at_home", late)
    await puts_grace_out(home)
    user.looks()
    await user.until(going.is_set, "the way home")
    await user.press("down", "x")
    await user.sees("Remove alan-moss")
    asked.set()
    await user.rests()
    await user.press("escape")
    user.looks()
    await user.sees("You are no longer in acme", " grace-holm ▾")
    await user.press("7")
    await user.sees("grace-holm on this computer.")


async def test_S1_whoever_signs_out_is_told_so_once(home: Path) -> None:
    async with (
        served(home, Settings(mode=Mode.SERVED, open_sign_up=True)) as line,
        at_keyboard(home, server=line.address) as user,
    ):
        await user.sees("You are not signed in")
        await user.press("enter", "enter")
        await user.sees("New account on 127.0.0.1")
        await user.press(*["backspace"] * 20)
        await user.types("newcomer")
        await user.press("enter")
        await user.sees(" newcomer ▾")
        await user.press("7", "end", "up", "enter")
        await user.sees("Profiles of this server go")
        async with somebody(home, "newcomer") as backend:
            line.hold_answers()
            await user.press("tab", "enter")
            async with asyncio.timeout(PATIENCE):
                while len((await backend.sessions.list(Place())).items) > 1:
                    await user.pilot.pause()
        await user.press("ctrl+r")
        line.release()
        await user.sees("Signed out")
        await user.rests()
        assert sum(isinstance(screen, SignedOut) for screen in user.app.screen_stack) == 1


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
