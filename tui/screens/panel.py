"""Everything about one row: its fields, its acts, and its latest activity for who may read it."""

from collections.abc import Sequence
from typing import Any, ClassVar, NamedTuple

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.geometry import Region
from textual.widgets import Static

from tui.acts.act import Result
from tui.acts.refusal import refusal
from tui.context.context import Context
from tui.domain.activity import Activity
from tui.domain.acts import ActId
from tui.domain.errors import Failure
from tui.domain.queries import ListQuery, Place
from tui.lists.activity import change, on_whom, what
from tui.lists.column import Cell, Tone
from tui.lists.text import fit
from tui.lists.time import age
from tui.screens.acting import Acting
from tui.screens.keys import LOCALS, local_binding
from tui.screens.messages import Answered, Copied, HistoryAsked, NotAnswered, UndoAsked
from tui.screens.rows import row_id, row_name
from tui.widgets.facts import Fact, Facts
from tui.widgets.tones import toned

LATEST = 10
"""Rows of activity that a panel shows."""

LABEL_WIDTH = 13
WHEN_WIDTH, WHO_WIDTH = 12, 16

WIDTHS = [(0, "-one-column"), (76, "-two-columns")]
"""The narrowest terminals in which the fields stand in so many columns."""


class Field(NamedTuple):
    """One thing that is known of a row."""

    label: str
    value: Cell


class Panel(Acting):
    """A panel says of itself: its title, its fields, and how its row is read again."""

    CSS_PATH: ClassVar = ["shell.tcss", "panel.tcss"]
    HORIZONTAL_BREAKPOINTS = WIDTHS
    BINDINGS: ClassVar[list[BindingType]] = [
        local_binding(LOCALS[id]) for id in ("list.menu", "list.copy", "list.undo", "panel.history")
    ]

    def __init__(self, context: Context, row: Any) -> None:
        super().__init__(context)
        self.row = row

    def title_text(self) -> str:
        """What stands over the fields."""
        return row_name(self.row)

    def note(self) -> Cell:
        """What is to be said of the row in a sentence; empty where there is nothing."""
        return Cell("")

    def fields(self) -> Sequence[Field]:
        """All that is known, in the order of importance."""
        raise NotImplementedError

    async def read(self) -> Any:
        """The row as it is now. Raises `Failure`."""
        raise NotImplementedError

    def history(self) -> ListQuery | None:
        """What is asked of the activity log about the row; None where there is nothing to ask."""
        return None

    # Rows

    def body(self) -> ComposeResult:
        with VerticalScroll(id="panel"):
            yield Static(id="title")
            yield Static(id="note")
            with Horizontal(id="fields"):
                yield Facts(id="left")
                yield Facts(id="right")
            yield Facts(id="latest")

    def on_mount(self) -> None:
        super().on_mount()
        self.focus_rows()
        self._show_row()
        self.query_one("#latest", Facts).show([_said("Reading…", "muted")])
        self._read_latest()

    def focus_rows(self) -> None:
        self.query_one("#panel").focus()

    def present_targets(self, _act: ActId) -> Sequence[Any]:
        return (self.row,)

    def near(self) -> Region:
        return self.query_one("#title").region

    def take(self, results: Sequence[Result[Any]]) -> None:
        own = [result for result in results if row_id(result.before) == row_id(self.row)]
        for result in own:
            if result.failure is None and result.after is None:
                self.action_back()
            elif result.failure is None:
                self.row = result.after
        self._show_row()
        self._read_latest()

    def read_again(self) -> None:
        self._read_row()

    @work(group="row", exclusive=True)
    async def _read_row(self) -> None:
        try:
            self.row = await self.read()
        except Failure as failure:
            self.say(failure.detail, failed=True)
            self.post_message(NotAnswered(failure))
            if failure.code == "not_found":
                # The log says who did it.
                self._read_latest()
        else:
            self.post_message(Answered())
            self._show_row()
            self._read_latest()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "history" and self.history() is None:
            return False
        return super().check_action(action, parameters)

    def action_history(self) -> None:
        """The whole of what the latest activity is the beginning of."""
        query = self.history()
        if refused := self._log_refused():
            self.say(refused, failed=True)
        elif query:
            self.post_message(HistoryAsked(query.filters["target"][0], row_name(self.row)))

    def action_copy(self) -> None:
        self.post_message(Copied(row_id(self.row)))

    def action_undo(self) -> None:
        self.post_message(UndoAsked(self))

    # What is shown

    def _show_row(self) -> None:
        fields = [field for field in self.fields() if field.label or field.value.text]
        half = (len(fields) + 1) // 2
        self.query_one("#title", Static).update(toned(Cell(self.title_text(), "bright")))
        note = self.query_one("#note", Static)
        note.update(toned(self.note()))
        note.display = bool(self.note().text)
        self.query_one("#left", Facts).show([_fact(field) for field in fields[:half]])
        self.query_one("#right", Facts).show([_fact(field) for field in fields[half:]])
        self.refresh_bindings()

    @work(group="latest", exclusive=True)
    async def _read_latest(self) -> None:
        query, context = self.history(), self.context
        latest = self.query_one("#latest", Facts)
        if query is None:
            latest.display = False
            return
        latest.border_title = " Latest activity "
        if refused := self._log_refused():
            latest.show([_said(refused, "muted")])
            return
        try:
            page = await context.backend.activity.list(context.workspace.id, query, Place(limit=LATEST))
        except Failure as failure:
            latest.show([_said(failure.detail, "danger")])
            return
        latest.show([self._entry(entry) for entry in page.items] or [_said("None.", "muted")])

    def _log_refused(self) -> str:
        """Why the log may not be read; empty when it may."""
        context = self.context
        reason = refusal(ActId.ACTIVITY_LIST, context.backend.capabilities, context.workspace)
        return (self.unread_history() or reason.sentence) if reason else ""

    def unread_history(self) -> str:
        """What is said where the log may not be read."""
        return "Owners and Managers can read this."

    def _entry(self, entry: Activity) -> Fact:
        when = toned(Cell(fit(age(entry.event_at, self.now()), WHEN_WIDTH), "muted"))
        who = toned(Cell(fit(entry.actor.name, WHO_WIDTH - 1) + " "))
        done = toned(Cell(f"{what(entry)} {on_whom(entry)}"))
        return Fact(when + who, done + toned(Cell(f"  {change(entry)}", "muted")))


def _fact(field: Field) -> Fact:
    return Fact(toned(Cell(fit(field.label, LABEL_WIDTH), "muted")), toned(field.value))


def _said(text: str, tone: Tone) -> Fact:
    return Fact(Content(""), toned(Cell(text, tone)))
