"""The table and what is always around it, as they look, in both themes and at three sizes."""

from collections.abc import Callable

import pytest
from textual.app import ComposeResult
from textual.pilot import Pilot

from tests.widgets.people import person
from tests.widgets.stage import TableStage
from tests.widgets.test_always_there import FACTS, TABS
from tui.widgets.filter_bar import FilterBar
from tui.widgets.header import Header
from tui.widgets.keys_row import KeyHint, KeysRow
from tui.widgets.state import State, StateText
from tui.widgets.status_row import StatusRow
from tui.widgets.table_view import Section

HOSTILE = ["[red]x[/]", "\x1b]52;c;eA==\x07", "abc\u202edcb", "e" + "\u0301" * 40, "漢字かな交じり文" * 4, "x" * 10_000]
KEYS = {
    "Enter": "Open",
    "r": "Role",
    "d": "Disable",
    "x": "Remove",
    "n": "Invite",
    "Space": "Mark",
    "m": "More",
    "?": "Help",
}


class Place(TableStage):
    """A screen of members as the widgets alone make it."""

    def compose(self) -> ComposeResult:
        yield Header()
        yield FilterBar("members")
        yield self.table
        yield State()
        yield StatusRow()
        yield KeysRow()

    def on_mount(self) -> None:
        super().on_mount()
        self.query_one(Header).show(FACTS)
        self.query_one(Header).show_sections([tab._replace(enabled=tab.number != 5) for tab in TABS], 2)
        self.query_one(FilterBar).show([("Role", "all"), ("Status", "active")], "Username", descending=False)
        self.query_one(StatusRow).counts(["Row 3 of 132 members, 2 marked.", "Disabled: 4.", "Pending invites: 6"])
        self.query_one(KeysRow).show([KeyHint(key, word, enabled=key != "d") for key, word in KEYS.items()])
        self.table.focus()


@pytest.mark.parametrize(
    ("theme", "size"),
    [("workspaces-dark", (80, 24)), ("workspaces-light", (120, 40)), ("workspaces-dark", (60, 20))],
)
def test_marks_and_cursor(theme: str, size: tuple[int, int], snap_compare: Callable[..., bool]) -> None:
    app = Place(theme=theme)

    async def mark(pilot: Pilot[None]) -> None:
        await pilot.pause()
        await pilot.press("down", "down")
        app.table.toggle_mark()
        await pilot.press("down")
        app.table.toggle_mark()
        await pilot.press("up")
        await pilot.pause()

    assert snap_compare(app, terminal_size=size, run_before=mark)


def test_hostile_names_and_a_section(snap_compare: Callable[..., bool]) -> None:
    app = Place(12)
    app.people.changed = {i: person(i)._replace(username=name, name=name) for i, name in enumerate(HOSTILE)}

    async def settle(pilot: Pilot[None]) -> None:
        app.table.section = Section(8, "You can join")
        await pilot.pause()

    assert snap_compare(app, run_before=settle)


def test_rows_on_their_way(snap_compare: Callable[..., bool]) -> None:
    app = Place(5_000)

    async def jump(pilot: Pilot[None]) -> None:
        await pilot.pause()
        app.people.gate.clear()
        await pilot.press("G")
        await pilot.pause()

    assert snap_compare(app, run_before=jump)


@pytest.mark.parametrize("theme", ["workspaces-dark", "workspaces-light"])
def test_nothing_found_and_a_refusal(theme: str, snap_compare: Callable[..., bool]) -> None:
    app = Place(0, theme=theme)

    async def empty(pilot: Pilot[None]) -> None:
        app.table.display = False
        app.query_one(State).show(StateText("No member matches “zzz”.", "Esc", "Clear search"))
        app.query_one(StatusRow).say("A workspace needs an active Owner. Make somebody else Owner first.", "danger")
        await pilot.pause()

    assert snap_compare(app, run_before=empty)
