"""The table: any number of rows, a cursor and marks that hold on to ids, from the keyboard and with the mouse."""

from datetime import UTC, datetime
from functools import partial

import pytest
from textual.pilot import Pilot
from textual.strip import Strip

from tests.widgets.people import COLUMNS, People, Person, person, window
from tests.widgets.stage import Stage, TableStage, shown
from tui.domain.errors import Unreachable
from tui.lists.column import Cell, Column
from tui.widgets.table_lines import RowLook
from tui.widgets.table_view import HEAD, Section
from tui.widgets.window_table import WindowTable

SIZE = (80, 24)
MILLION = 1_000_000


def _numbered(number: int, row: Person, now: datetime) -> Cell:
    return Cell(f"{row.username}/{number}")


async def settled(pilot: Pilot[None]) -> None:
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


@pytest.mark.parametrize("count", [100, MILLION])
async def test_keys_go_anywhere_in_a_list_of_any_length(count: int) -> None:
    app = TableStage(count)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        for keys, position in [
            ("down down j", 3),
            ("k up", 1),
            ("pagedown", 22),
            ("pageup", 1),
            ("end", count - 1),
            ("down", count - 1),
            ("g", 0),
            ("up", 0),
            ("G", count - 1),
            ("home", 0),
        ]:
            await pilot.press(*keys.split())
            await settled(pilot)
            assert app.table.cursor == position
            assert app.table.row == person(position)


async def test_a_jump_to_the_middle_by_the_scroll_bar_reads_what_is_there() -> None:
    app = TableStage(MILLION)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        app.table.scroll_to(y=MILLION // 2, animate=False)
        await settled(pilot)
        assert person(MILLION // 2).username in shown(app)[HEAD]
        assert app.table.cursor == 0
        assert len(app.people.asked) <= 4


async def test_a_click_beside_the_thumb_goes_a_page_and_skips_no_row() -> None:
    app = TableStage()
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        last = shown(app)[-1].split()[0]
        await pilot.click(offset=(79, 20))
        await settled(pilot)
        assert last in shown(app)[HEAD]
        await pilot.click(offset=(79, 0))
        await settled(pilot)
        assert app.table.scroll_offset.y == 0


async def test_a_key_to_where_the_cursor_is_brings_it_back_into_sight() -> None:
    app = TableStage(MILLION)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        app.table.scroll_to(y=MILLION // 2, animate=False)
        await settled(pilot)
        await pilot.press("g")
        await settled(pilot)
        assert app.table.scroll_offset.y == 0


async def test_typing_ahead_is_never_lost() -> None:
    app = TableStage(MILLION)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        app.people.gate.clear()
        await pilot.press("G", "up", "up", "up", "enter", "down")
        assert app.table.cursor == MILLION - 3
        assert app.table.row is None
        assert "…" in shown(app)[-3]
        app.people.gate.set()
        await settled(pilot)
        assert app.activated == [person(MILLION - 4)]
        assert person(MILLION - 3).username in shown(app)[-3]


async def test_rows_that_cannot_be_read_leave_what_was_there() -> None:
    app = TableStage(MILLION)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        app.people.failure = Unreachable("The server is away.")
        await pilot.press("G", "enter")
        await settled(pilot)
        assert app.failures
        assert app.activated == []
        app.table.reload()
        await settled(pilot)
        app.people.failure = None
        await pilot.press("g")
        await settled(pilot)
        assert app.table.row == person(0)


async def test_the_cursor_holds_on_to_its_row_when_the_order_changes() -> None:
    app = TableStage(50)
    turned = People(50)
    turned.changed = {i: person(49 - i) for i in range(50)}
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await pilot.press("down", "down")
        app.table.open(turned.fetch)
        await settled(pilot)
        assert app.table.cursor == 47
        assert app.table.row == person(2)
        assert "barbara.fern" in "".join(shown(app))


async def test_another_list_starts_at_its_top() -> None:
    app = TableStage(500)
    other = People(30)
    other.changed = {i: person(1_000 + i) for i in range(30)}
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await pilot.press("G")
        await settled(pilot)
        app.table.open(other.fetch)
        await settled(pilot)
        assert (app.table.cursor, app.table.scroll_offset.y) == (0, 0)
        assert app.table.row == person(1_000)


async def test_a_row_is_replaced_and_removed_in_place() -> None:
    app = TableStage(30)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await pilot.press("down")
        app.table.toggle_mark()
        app.table.replace_row(person(0)._replace(name="Somebody Else"))
        app.table.remove_row(person(1).id)
        await pilot.pause()
        assert "Somebody Else" in shown(app)[HEAD]
        assert app.table.row == person(2)
        assert app.table.marks == set()


async def test_marks_hold_on_to_ids_and_reach_from_the_last_to_here() -> None:
    app = TableStage(MILLION)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        app.table.toggle_mark()
        await pilot.press("down", "down")
        assert app.table.mark_to_here()
        await pilot.pause()
        assert app.table.marks == {person(i).id for i in range(3)}
        assert [line[1] for line in shown(app)[HEAD : HEAD + 4]] == ["●", "●", "●", " "]
        app.table.toggle_mark()
        assert app.table.marks == {person(i).id for i in range(2)}
        await pilot.press("G")
        await settled(pilot)
        await pilot.press("up", "up")
        assert app.table.mark_to_here()
        assert app.table.marks == {person(i).id for i in (0, 1, MILLION - 3)}
        await pilot.press("g")
        await settled(pilot)
        assert not app.table.mark_to_here()
        app.table.set_marks(set())
        assert app.table.mark_to_here()
        assert app.table.marks == {person(0).id}


async def test_the_mouse_moves_marks_activates_sorts_and_opens_the_dropdown() -> None:
    app = TableStage(30)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await pilot.click(offset=(10, HEAD + 4))
        assert app.table.cursor == 4
        assert app.activated == []
        await pilot.click(offset=(10, HEAD + 4))
        await settled(pilot)
        assert app.activated == [person(4)]
        await pilot.click(offset=(1, HEAD + 6))
        assert app.table.marks == {person(6).id}
        await pilot.click(offset=app.table.cell_region("role").offset)
        assert app.dropdowns == [person(6)]
        await pilot.click(offset=(10, 0))
        await pilot.pause()
        assert app.sorts == ["username"]
        await pilot.click(offset=(10, 23))
        assert app.table.cursor == 21


async def test_the_titles_say_what_is_sorted_and_the_cursor_shows_its_dropdown() -> None:
    app = TableStage(30)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        lines = shown(app)
        assert "USERNAME ↑" in lines[0]
        assert set(lines[1].strip()) == {"─"}
        assert lines[HEAD].startswith("▌  ada.fern")
        assert "▾" in lines[HEAD]
        assert not any("▾" in line for line in lines[HEAD + 1 :])
        app.table.show_sort("role", descending=True)
        await pilot.pause()
        assert "ROLE ↓" in shown(app)[0]


async def test_columns_that_do_not_fit_are_scrolled_to_and_the_first_stays() -> None:
    wide = [Column(f"c{i}", f"Title {i}", partial(_numbered, i), 18) for i in range(8)]
    table = WindowTable(wide, window(People(20)))
    app = Stage(table)
    async with app.run_test(size=SIZE) as pilot:
        table.reload()
        await settled(pilot)
        assert "›" in shown(app)[0]
        for _ in range(10):
            await pilot.press("right")
        line = shown(app)[HEAD]
        assert "ada.fern/0" in line
        assert "ada.fern/7" in line
        assert "ada.fern/1" not in line
        assert "›" not in shown(app)[0]
        for _ in range(10):
            await pilot.press("h")
        assert "ada.fern/1" in shown(app)[HEAD]


async def test_a_section_has_its_title_over_its_rows() -> None:
    app = TableStage(8)
    async with app.run_test(size=SIZE) as pilot:
        app.table.section = Section(5, "You can join")
        await settled(pilot)
        lines = shown(app)[HEAD:]
        assert person(4).username in lines[4]
        assert lines[5].strip() == ""
        assert lines[6].startswith(" You can join ───")
        assert person(5).username in lines[7]
        await pilot.press("end", "up", "up")
        assert app.table.row == person(5)
        await pilot.click(offset=(10, HEAD + 6))
        assert app.table.row == person(5)
        assert app.table.cell_region("role").y == HEAD + 7


async def test_hostile_texts_are_shown_harmless_and_keep_the_columns() -> None:
    app = TableStage(10)
    hostile = ["[red]x[/]", "\x1b]52;c;eA==\x07", "\x9b2J", "abc\u202edcb", "a\u200bb", "漢字" * 30, "x" * 10_000]
    app.people.changed = {i: person(i)._replace(username=name, name=name) for i, name in enumerate(hostile)}
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        lines = shown(app)
        assert not any("\x1b" in line or "\x9b" in line or "\u202e" in line for line in lines)
        assert lines[HEAD].count("[red]x[/]") == 2
        assert all(line.rstrip().endswith("min ago") for line in lines[HEAD : HEAD + 10])


async def test_ages_are_painted_anew() -> None:
    clock = [datetime(2026, 11, 23, 12, 0, tzinfo=UTC)]
    ages = (*COLUMNS[:1], Column[Person]("at", "At", lambda _, now: Cell(f"{now:%H:%M}"), 8))
    table = WindowTable(ages, window(People(3)), look=RowLook(), now=lambda: clock[0])
    app = Stage(table)
    async with app.run_test(size=SIZE) as pilot:
        table.reload()
        await settled(pilot)
        clock[0] = clock[0].replace(minute=5)
        table.repaint()
        await pilot.pause()
        assert "12:05" in shown(app)[HEAD]


async def test_an_empty_list_takes_every_key() -> None:
    app = TableStage(0)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await pilot.press("down", "up", "end", "home", "pagedown", "enter", "right", "left")
        app.table.toggle_mark()
        await settled(pilot)
        assert (app.table.cursor, app.table.row, app.table.marks) == (0, None, set())


async def test_a_move_paints_two_lines_only(monkeypatch: pytest.MonkeyPatch) -> None:
    app = TableStage(1_000)
    painted: list[int] = []
    paint = app.table.render_line

    def counted(y: int) -> Strip:
        painted.append(y)
        return paint(y)

    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        monkeypatch.setattr(app.table, "render_line", counted)
        await pilot.press("down")
        await pilot.pause()
        assert sorted(painted) == [HEAD, HEAD + 1]
