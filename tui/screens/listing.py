"""A screen that is a list: table, filter bar, search, sort and marks, and the states of having no rows."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any, ClassVar, Generic, TypeVar

from msgspec.structs import replace
from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.geometry import Region

from tui.acts.act import Result
from tui.context.context import Context
from tui.dialogs.filter import Chosen, Filter, FilterField, FilterGroup
from tui.dialogs.sort import Order, Sort, SortColumn
from tui.domain.acts import ActId
from tui.domain.errors import Failure
from tui.domain.queries import ListQuery, Page, Place, TotalIs
from tui.lists.column import Column
from tui.lists.text import count
from tui.lists.window import Window
from tui.screens.acting import TARGETLESS, Acting
from tui.screens.keys import CURSOR, ROWS, local_binding
from tui.screens.marking import Marks
from tui.screens.messages import Answered, Copied, NotAnswered, Shown, UndoAsked
from tui.screens.rows import row_id, row_name
from tui.screens.states import Nothing, state_of
from tui.widgets.filter_bar import FilterBar
from tui.widgets.keys_row import KeyHint
from tui.widgets.state import State, StateText
from tui.widgets.table_lines import RowLook
from tui.widgets.window_table import WindowTable

Row = TypeVar("Row")


WITHOUT_ROWS = ("app.read_again", "app.back", "workspace.choose", "app.help", "app.quit")
"""The keys of the last row while there are no rows."""


class Rows(WindowTable[Row], inherit_bindings=False):
    """The table, by the keys of `keys.py`."""

    BINDINGS: ClassVar[list[BindingType]] = [local_binding(local) for local in CURSOR]


class Listing(Acting, Generic[Row]):
    """A list says of itself: its columns, how a page is read, what can be filtered, what a row is called."""

    CSS_PATH: ClassVar = ["shell.tcss", "listing.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [local_binding(local) for local in ROWS]
    NOUN: ClassVar[tuple[str, str]] = ("row", "rows")
    FIRST_QUERY: ClassVar[ListQuery] = ListQuery()
    OFFERS: ClassVar[frozenset[str]] = frozenset(local.action for local in ROWS)
    """Which of the keys of `ROWS` this list answers to, by their actions."""
    EMPTY: ClassVar[Nothing | None] = None
    """What stands in its place when there is nothing to list."""
    FIELDS: ClassVar[Sequence[FilterField]] = ()
    """What can be filtered by typing."""
    BULK: ClassVar[frozenset[ActId]] = frozenset()
    """Acts that are done to the marked rows where there are some."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.query_now = self.FIRST_QUERY
        self.table: Rows[Row] = Rows(
            self.columns(), Window(self._fetch(), row_id), look=self.look(), now=self.now, id="rows"
        )
        self._marks: Marks[Row] = Marks(self.table)
        self.filter_bar = FilterBar(self.NOUN[1], searchable="search" in self.OFFERS)
        self._failure: Failure | None = None
        self._sought = ""
        self._state = State()

    @classmethod
    def ids(cls) -> list[str]:
        away = {local.id for local in ROWS if local.action not in cls.OFFERS}
        return [id for id in (*super().ids(), *(local.id for local in CURSOR)) if id not in away]

    # What the list is

    def columns(self) -> Sequence[Column[Row]]:
        """The columns, in order of importance."""
        raise NotImplementedError

    async def read(self, query: ListQuery, place: Place) -> Page[Row]:
        """One page from the server."""
        raise NotImplementedError

    def look(self) -> RowLook[Row]:
        """How rows differ."""
        return RowLook()

    def filters(self) -> Sequence[FilterGroup]:
        """What can be filtered by."""
        return ()

    def copied(self, row: Row) -> str:
        """What `c` copies of a row."""
        return row_name(row)

    def row_activated(self, row: Row) -> None:
        """Enter, or a click on the cursor's row."""
        raise NotImplementedError

    def row_shown(self, row: Row | None) -> None:
        """Another row is under the cursor, or it is in another state."""

    def counts(self) -> Sequence[str]:
        """Further counts below the table, a sentence each."""
        return ()

    # Rows

    def body(self) -> ComposeResult:
        yield self.filter_bar
        yield self.table
        yield self._state

    def on_mount(self) -> None:
        super().on_mount()
        self._show_query()
        self._show_state()
        self.row_shown(None)
        self.table.focus()
        self.table.open(self._fetch())

    def read_again(self) -> None:
        """The same rows anew; what could not be read before is asked for as a whole."""
        if self._failure:
            self.table.open(self._fetch())
        else:
            self.table.reload()

    def ask_for(self, query: ListQuery) -> None:
        """Another search, filter or order; marks stay for an order only."""
        before, self.query_now = self.query_now, query
        if (before.q, before.filters) != (query.q, query.filters):
            self.workers.cancel_group(self, "marks")
            self.table.set_marks(set())
        self._show_query()
        self.table.open(self._fetch())
        self._show_header()

    def _fetch(self) -> Any:
        return partial(self._read, self.query_now)

    async def _read(self, query: ListQuery, place: Place) -> Page[Row]:
        page = await self.read(query, place)
        self.post_message(Answered())
        return page

    @on(WindowTable.Loaded)
    def _loaded(self) -> None:
        if self._failure:
            self.say("")  # The server is back, and the last message was that it did not answer.
        self._failure = None
        self._marks.keep_up()
        self._go_to_sought()
        self._show_state()

    @on(WindowTable.Failed)
    def _failed(self, event: WindowTable.Failed) -> None:
        self._failure = event.failure
        if self.table.window.loaded:
            self.say(event.failure.detail, failed=True)
        self._show_state()
        self.post_message(NotAnswered(event.failure))

    @on(WindowTable.CursorMoved)
    @on(WindowTable.MarksChanged)
    def _moved(self) -> None:
        self._marks.keep_up()
        self._show_counts()
        self.refresh_bindings()
        self.row_shown(self.table.row)

    def present_targets(self, act: ActId) -> Sequence[Row]:
        if act in TARGETLESS:
            return ()
        if act in self.BULK and self._marks.rows:
            return self._marks.rows
        return () if self.table.row is None else (self.table.row,)

    async def targets(self, act: ActId) -> Sequence[Row]:
        if act not in TARGETLESS:
            await self.table.settled_row()
        return self.present_targets(act)

    def near(self) -> Region:
        return self.table.cell_region(self.columns()[0].id)

    def take(self, results: Sequence[Result[Row]]) -> None:
        """Rows as they are now; what was refused stays as it is, and what was made is looked for."""
        for result in results:
            if result.failure:
                continue
            if result.after is None and result.before is not None:
                self.table.remove_row(row_id(result.before))
            elif result.after is not None:
                self.table.replace_row(result.after)
                self.seek("" if result.before else row_id(result.after))

    def seek(self, id_: str) -> None:
        """Puts the cursor on a row as soon as it is here."""
        self._sought = id_

    def _go_to_sought(self) -> None:
        position = self.table.window.position_of(self._sought) if self._sought else None
        if position is not None:
            self._sought = ""
            self.table.move_to(position)

    def unmark(self, rows: Sequence[Row]) -> None:
        """Done rows lose their marks; those that were refused keep theirs."""
        self.table.set_marks(self.table.marks - {row_id(row) for row in rows})

    # What one does with the list

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in _ROW_ACTIONS and action not in self.OFFERS:
            return False
        return super().check_action(action, parameters)

    @on(WindowTable.RowActivated)
    def _row_activated(self, event: WindowTable.RowActivated) -> None:
        self.row_activated(event.row)

    def action_search(self) -> None:
        self.filter_bar.focus_search()

    @on(FilterBar.Searched)
    def _searched(self, event: FilterBar.Searched) -> None:
        self.ask_for(replace(self.query_now, q=event.text))

    @on(FilterBar.Left)
    def _search_left(self) -> None:
        self.focus_rows()

    def focus_rows(self) -> None:
        self.set_focus(self.table if self.table.display else None)

    @on(FilterBar.SortClicked)
    @work
    async def action_sort(self) -> None:
        columns = [SortColumn(column.sort, column.title) for column in self.columns() if column.sort]
        now = Order(self.query_now.sort, self.query_now.descending)
        if order := await Sort(columns, now, self.filter_bar.sort_region).ask(self):
            self.ask_for(replace(self.query_now, sort=order.key, descending=order.descending))

    @on(WindowTable.SortAsked)
    def _sort_by(self, event: WindowTable.SortAsked) -> None:
        query = self.query_now
        descending = event.field == query.sort and not query.descending
        self.ask_for(replace(query, sort=event.field, descending=descending))

    @on(FilterBar.FilterClicked)
    @work
    async def action_filter(self) -> None:
        dialog = Filter(f"Filter {self.NOUN[1]}", self.filters(), self.chosen(), self.count_of, self.FIELDS)
        if (answer := await self.app.push_screen_wait(dialog)) is not None:
            self.ask_for(replace(self.query_now, filters=self.chosen_filters(answer)))

    def chosen(self) -> Chosen:
        """What is chosen and typed now, as the dialog has it."""
        return {id: frozenset(values) for id, values in self.query_now.filters.items()}

    def chosen_filters(self, chosen: Chosen) -> dict[str, tuple[str, ...]]:
        """The filters of the query that were chosen; those that leave nothing out are not among them."""
        return {id: tuple(sorted(values)) for id, values in chosen.items() if values}

    async def count_of(self, chosen: Chosen) -> str:
        """How many rows a filter lets through, as a sentence. Raises `Failure` for what was typed and is nothing."""
        try:
            page = await self.read(replace(self.query_now, filters=self.chosen_filters(chosen)), Place(limit=1))
        except Failure as failure:
            return failure.detail
        return f"{self.how_many(page.total, page.total_is)} match"

    def action_mark(self) -> None:
        self.table.toggle_mark()
        self.table.action_move(1)

    def action_mark_to(self) -> None:
        if not self.table.mark_to_here():
            self.say("The rows between are not here yet: go through them first, or mark all with *.", failed=True)

    @work(group="marks", exclusive=True)
    async def action_mark_all(self) -> None:
        try:
            async for marked in self._marks.mark_all(partial(self._read, self.query_now)):
                self.say(f"Marking… {marked:,}")
        except Failure as failure:
            self.say(failure.detail, failed=True)
        else:
            self.say("")

    def action_copy(self) -> None:
        if self.table.row is not None:
            self.post_message(Copied(self.copied(self.table.row)))

    def action_undo(self) -> None:
        self.post_message(UndoAsked(self))

    def action_back(self) -> None:
        """The search field and the keys first, then the marks, then search and filter, then the section before."""
        if self.keys.has_focus or (self.filter_bar.has_focus_within and self.table.display):
            self.focus_rows()
        elif self.table.marks:
            self.table.set_marks(set())
        elif self.is_narrowed:
            self.filter_bar.clear_search()
            self.ask_for(replace(self.query_now, q="", filters=self.FIRST_QUERY.filters))
        else:
            super().action_back()

    @property
    def is_narrowed(self) -> bool:
        """Whether a search or a filter leaves rows out that the list started with."""
        return bool(self.query_now.q.strip()) or self.query_now.filters != self.FIRST_QUERY.filters

    # What is shown

    def _show_query(self) -> None:
        query = self.query_now
        self.table.show_sort(query.sort, descending=query.descending)
        title = next((column.title for column in self.columns() if column.sort and column.sort == query.sort), "")
        self.filter_bar.show(list(self._filter_facts()), title, descending=query.descending)

    def _filter_facts(self) -> Iterator[tuple[str, str]]:
        """Each filter with what it lets through: `Role`, `Owner, Manager`."""
        chosen_now = self.chosen()
        for field in self.FIELDS:
            yield field.title, ", ".join(chosen_now.get(field.id, ())) or "all"
        for group in self.filters():
            chosen = chosen_now.get(group.id, ())
            labels = [option.label for option in group.options if option.value in chosen]
            yield group.title, ", ".join(labels) if 0 < len(labels) < len(group.options) else "all"

    @property
    def is_awaiting(self) -> bool:
        return (self.has_nothing or self.table.is_another_asked_for) and self._failure is None

    @property
    def is_reading(self) -> bool:
        is_searching = self.filter_bar.has_focus_within
        return self.is_awaiting and (self.has_nothing or not is_searching)

    @property
    def has_nothing(self) -> bool:
        return not self.table.window.loaded

    def _show_state(self) -> None:
        window = self.table.window
        state = state_of(
            self.NOUN[1],
            self._failure,
            is_read=window.loaded,
            total=window.total,
            is_narrowed=self.is_narrowed,
            empty=self.EMPTY,
        )
        had_focus = self.table.has_focus or self.focused is None
        self.table.display = state is None
        self._state.show(state and StateText(state.sentence, self.key_spoken(state.id), state.word, state.tone))
        if had_focus:
            self.focus_rows()
        self._show_header()
        self._show_counts()
        self.refresh_bindings()
        self.post_message(Shown())

    def _show_counts(self) -> None:
        counts = [self.position(), *self.counts()] if self.table.window.total else []
        self.status.counts(counts)

    def hints(self) -> Sequence[KeyHint]:
        if self.filter_bar.has_focus_within:
            return [KeyHint("Enter", "To the rows"), KeyHint(self.key_spoken("app.back"), "Back")]
        if self.table.display:
            return super().hints()
        return self.hints_of([*([self.EMPTY.id] if self.EMPTY else []), *WITHOUT_ROWS])

    def hint(self, id: str, key: str) -> KeyHint:
        is_tried = id == "app.read_again" and not self._failure
        return KeyHint(key, "Read again") if is_tried else super().hint(id, key)

    def position(self) -> str:
        """`Row 3 of 132 members, 2 marked.`"""
        window, marked = self.table.window, len(self.table.marks)
        row = f"Row {self.table.cursor + 1:,} of {self.how_many(window.total, window.total_is)}"
        return f"{row}, {marked:,} marked." if marked else f"{row}."

    def how_many(self, total: int, total_is: TotalIs) -> str:
        return f"{count(total, total_is)} {self.NOUN[total != 1]}"


_ROW_ACTIONS = frozenset(local.action for local in ROWS)
