"""Many at once: how many will change, how far it is, and what was refused (M6)."""

from collections.abc import AsyncGenerator, Callable, Iterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from textual import on
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Input, ProgressBar, Static

from tui.dialogs.dialog import Dialog, labelled, plain, sentence
from tui.dialogs.type_name import typed_name
from tui.lists.text import cell_width, fit, harmless
from tui.widgets.facts import Fact, Facts
from tui.widgets.keys_row import KeyHint, KeysRow

SHOWN_NAMES = 8
SHOWN_REFUSALS = 100
WIDEST_NAME = 24
SETTLED = "already so"
STOPPING = "Stopping after the part that is under way…"


class Expected(NamedTuple):
    """How many a dry run refused for one reason."""

    reason: str
    how_many: int


@dataclass(frozen=True)
class BulkQuestion:
    """`changing` is how many will change, `becomes` what they become, `settled` how many are that already.

    A `name_to_type` must be typed first.
    """

    title: str
    confirm: str
    changing: int
    names: Sequence[str]
    becomes: str = ""
    refused: Sequence[Expected] = ()
    settled: int = 0
    stops: str = ""
    for_good: str = ""
    name_to_type: str = ""
    danger: bool = False

    @property
    def total(self) -> int:
        """How many will be tried; those that were refused before may have become possible meanwhile."""
        return self.changing + sum(expected.how_many for expected in self.refused)


class Verdict(NamedTuple):
    """What came of one: done, or the reason why not."""

    name: str
    reason: str = ""


class Halt(NamedTuple):
    """Why the rest was not done: a reason about none of them in particular."""

    reason: str


@dataclass
class BulkAnswer:
    """How it ended; `stopped` says that some may not have been tried."""

    done: int = 0
    refused: list[Verdict] = field(default_factory=list)
    stopped: bool = False


Perform = Callable[[], AsyncGenerator[Sequence[Verdict] | Halt, None]]
"""Performs in parts and gives what each came to. It may be closed between two parts."""


class Bulk(Dialog[BulkAnswer]):
    """How it ended, once it was begun; None when it never was.

    Stop, or Esc, ends it after the part that is under way.
    """

    def __init__(self, question: BulkQuestion, perform: Perform) -> None:
        ready = question.changing > 0 and not question.name_to_type
        super().__init__(question.title, question.confirm, danger=question.danger, ready=ready)
        self._question = question
        self._perform = perform
        self._came_to = BulkAnswer()
        self._phase: Literal["plan", "running", "over"] = "plan"

    def body(self) -> Iterator[Widget]:
        yield Vertical(*self._plan(), id="shown")

    def answer(self) -> None:
        if self._phase == "plan":
            self._phase = "running"
            self.run_worker(self._run())

    def action_cancel(self) -> None:
        if self._phase == "running":
            self._came_to.stopped = True
            self.say(STOPPING, "muted")
        else:
            self.close(self._came_to if self._phase == "over" else None)

    @on(Input.Changed)
    def _compare(self, event: Input.Changed) -> None:
        self.ready(event.value == self._question.name_to_type)

    @on(Input.Submitted)
    def _go_to_button(self) -> None:
        self.query_one("#confirm", Button).focus()

    def _plan(self) -> Iterator[Widget]:
        question = self._question
        if question.becomes:
            yield sentence(question.becomes)
        if question.changing:
            yield labelled("Changes", f"{question.changing:,}: {self._first_names()}")
        for reason, how_many in question.refused:
            yield labelled("Refused", f"{how_many:,}: {reason}", "-muted")
        if question.settled:
            yield labelled("Stay", f"{question.settled:,}: {SETTLED}", "-muted")
        if question.stops:
            yield labelled("Stops", question.stops)
        if question.for_good:
            yield labelled("For good", question.for_good, "-danger")
        if question.name_to_type:
            yield from typed_name(question.name_to_type)

    def _first_names(self) -> str:
        names = self._question.names[:SHOWN_NAMES]
        more = self._question.changing - len(names)
        return ", ".join(names) + (f" and {more:,} more" if more > 0 else "")

    async def _run(self) -> None:
        self._way_out("Stop")
        progress = ProgressBar(self._question.total, show_eta=False, show_percentage=False)
        await self._show(Static(plain(self._so_far()), classes="sentence"), progress)
        await self.query_one("#confirm").remove()
        async with aclosing(self._perform()) as parts:
            async for part in parts:
                self.say("")
                self._take(part)
                progress.update(progress=self._tried)
                self.query_one("#shown .sentence", Static).update(plain(self._so_far()))
                if self._came_to.stopped:
                    break
        self._phase = "over"
        await self._show(*self._outcome())
        self._way_out("Close")

    def _take(self, part: Sequence[Verdict] | Halt) -> None:
        if isinstance(part, Halt):
            self._came_to.stopped = True
            self.say(part.reason)
            return
        refused = [verdict for verdict in part if verdict.reason]
        self._came_to.refused += refused
        self._came_to.done += len(part) - len(refused)

    @property
    def _tried(self) -> int:
        return self._came_to.done + len(self._came_to.refused)

    def _so_far(self) -> str:
        done, refused = self._came_to.done, len(self._came_to.refused)
        return f"{self._tried:,} of {self._question.total:,}. Changed: {done:,}. Refused: {refused:,}."

    def _outcome(self) -> Iterator[Widget]:
        """A line for each that was refused; those stay marked."""
        refused = self._came_to.refused
        yield sentence(self._so_far() + (" Refused ones stay marked." if refused else ""))
        if left := self._question.total - self._tried:
            yield sentence(f"Stopped before the other {left:,}.", "-muted")
        yield _listed(refused[:SHOWN_REFUSALS])
        if len(refused) > SHOWN_REFUSALS:
            yield sentence(f"And {len(refused) - SHOWN_REFUSALS:,} more.", "-muted")

    async def _show(self, *widgets: Widget) -> None:
        shown = self.query_one("#shown")
        await shown.remove_children()
        await shown.mount(*widgets)

    def _way_out(self, word: str) -> None:
        button = self.query_one("#cancel", Button)
        button.label = plain(word)
        button.refresh(layout=True)
        self.set_focus(button)
        self.query_one(KeysRow).show([KeyHint("Enter", word), KeyHint("Esc", word)])


def _listed(refused: Sequence[Verdict]) -> Facts:
    """The names in a column as wide as the longest needs, and beside each its reason."""
    widest = max((cell_width(harmless(verdict.name)) for verdict in refused), default=0)
    width = min(widest, WIDEST_NAME)
    facts = Facts()
    facts.show([Fact(_name(verdict, width), plain(verdict.reason)) for verdict in refused])
    return facts


def _name(verdict: Verdict, width: int) -> Content:
    return Content.styled(fit(verdict.name, width) + "  ", "$muted")
