"""Username, name and email of one's own account, checked as they are typed (U1)."""

from collections.abc import Awaitable, Callable, Iterator
from typing import NamedTuple

from textual import on
from textual.widget import Widget
from textual.widgets import Input

from tui.dialogs.dialog import sentence
from tui.dialogs.form import Form, field_row
from tui.domain.names import email_problem, name_problem, text_problem
from tui.widgets.field import Field


class AccountText(NamedTuple):
    """What an account is called and where it is written to; no address is an empty one."""

    username: str
    display_name: str
    email: str


LABELS = AccountText("Username", "Name", "Email")


class EditAccount(Form[AccountText]):
    """The account as it is to be, once the server has taken it.

    `submit` gives the sentence with which it was refused; the dialog then stays open.
    """

    def __init__(self, now: AccountText, note: str, submit: Callable[[AccountText], Awaitable[str | None]]) -> None:
        super().__init__("Edit your account", "Save", ready=False)
        self._now = now
        self._note = note
        self._perform = submit

    def body(self) -> Iterator[Widget]:
        for name, label in LABELS._asdict().items():
            field = Field(getattr(self._now, name), lower=name == "username")
            field.id = name
            yield field_row(label, field)
        yield sentence(self._note, "-muted")

    def answer(self) -> None:
        typed = AccountText(*self.typed(LABELS._fields))
        self.submit(lambda: self._perform(typed), typed)

    @on(Input.Changed)
    def _judge(self) -> None:
        typed = AccountText(*self.typed(LABELS._fields))
        broken = _problem(typed, self._now)
        self.say(broken or "")
        self.ready(typed != self._now and broken is None)


def _problem(typed: AccountText, now: AccountText) -> str | None:
    """The first rule that is broken, as a sentence. An address can be changed, not taken away."""
    return (
        name_problem(typed.username)
        or text_problem(typed.display_name)
        or (email_problem(typed.email) if typed.email != now.email else None)
    )
