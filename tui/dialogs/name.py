"""A name, checked as it is typed: a new workspace, a rename."""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass

from textual import on
from textual.widget import Widget
from textual.widgets import Input

from tui.dialogs.dialog import sentence
from tui.dialogs.form import Form, field_row
from tui.widgets.field import Field


@dataclass(frozen=True)
class NameQuestion:
    """`value` is the name until now, which is no answer unless it `may_stay`.

    `notes` are what a person should know before choosing.
    """

    title: str
    confirm: str
    value: str = ""
    notes: Sequence[str] = ()
    label: str = "Name"
    lower: bool = True
    may_stay: bool = False


class NameDialog(Form[str]):
    """The name, once it was taken.

    `check` gives the rule that a name breaks, `submit` the sentence with which it was refused;
    the dialog then stays open with the text as it is. None from either is good news.
    """

    def __init__(
        self, question: NameQuestion, check: Callable[[str], str | None], submit: Callable[[str], Awaitable[str | None]]
    ) -> None:
        super().__init__(question.title, question.confirm, ready=question.may_stay and bool(question.value))
        self._question = question
        self._check = check
        self._perform = submit

    def body(self) -> Iterator[Widget]:
        field = Field(self._question.value, lower=self._question.lower)
        yield field_row(self._question.label, field)
        for note in self._question.notes:
            yield sentence(note, "-muted")

    def answer(self) -> None:
        name = self.query_one(Input).value
        self.submit(lambda: self._perform(name), name)

    @on(Input.Changed)
    def _judge(self, event: Input.Changed) -> None:
        broken = self._check(event.value) if event.value else None
        self.say(broken or "")
        is_new = event.value != self._question.value or self._question.may_stay
        self.ready(bool(event.value) and is_new and broken is None)
