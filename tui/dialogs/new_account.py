"""A new account on a server, or the one that GitHub knows (S4)."""

from collections.abc import Awaitable, Callable, Iterator
from typing import Literal

from textual import on
from textual.widget import Widget
from textual.widgets import Button, Input

from tui.dialogs.dialog import button, sentence
from tui.dialogs.edit_account import LABELS, AccountText
from tui.dialogs.form import Form, field_row
from tui.domain.names import email_problem, name_problem, text_problem
from tui.widgets.field import Field

WITH_GITHUB: Literal["github"] = "github"


class NewAccount(Form[AccountText | Literal["github"]]):
    """What the account is called, once the server has made it; or that GitHub is the way in.

    Name and address may stay empty. `submit` gives the sentence with which it was refused.
    """

    def __init__(
        self, place: str, username: str, submit: Callable[[AccountText], Awaitable[str | None]], *, github: bool
    ) -> None:
        super().__init__(f"New account on {place}", "Create", ready=False)
        self._username = username
        self._perform = submit
        self._github = github

    def body(self) -> Iterator[Widget]:
        for name, label in LABELS._asdict().items():
            field = Field(self._username if name == "username" else "", lower=name == "username")
            field.id = name
            field.placeholder = "" if name == "username" else "optional"
            yield field_row(label, field)
        yield sentence("You get a personal workspace of the same name, where that is free.", "-muted")

    def more_buttons(self) -> Iterator[Button]:
        if self._github:
            yield button("Use GitHub", "github")

    def answer(self) -> None:
        typed = AccountText(*self.typed(LABELS._fields))
        self.submit(lambda: self._perform(typed), typed)

    @on(Button.Pressed, "#github")
    def _use_github(self) -> None:
        self.close(WITH_GITHUB)

    @on(Input.Changed)
    def _judge(self) -> None:
        typed = AccountText(*self.typed(LABELS._fields))
        broken = _problem(typed)
        self.say(broken or "")
        self.ready(bool(typed.username) and broken is None)


def _problem(typed: AccountText) -> str | None:
    return (
        (name_problem(typed.username) if typed.username else None)
        or (text_problem(typed.display_name) if typed.display_name else None)
        or (email_problem(typed.email) if typed.email else None)
    )
