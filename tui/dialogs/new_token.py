"""A new token: its name, how long it lives, and whether this machine keeps its secret (T1)."""

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.widget import Widget
from textual.widgets import Input

from tui.dialogs.form import Form, field_row
from tui.domain.names import text_problem, tidy
from tui.domain.tokens import TokenAsk
from tui.widgets.choices import Choice
from tui.widgets.dropdown import Dropdown
from tui.widgets.field import Field

DAY = 24 * 3600
NEVER = "never"
EXPIRIES = {
    str(7 * DAY): "in 7 days",
    str(30 * DAY): "in 30 days",
    str(90 * DAY): "in 90 days",
    str(365 * DAY): "in 1 year",
    NEVER: "never",
}
"""The seconds that a token lives, as text, and how people say it."""

USUAL = str(90 * DAY)
KEEP, SHOW = "keep", "show"


@dataclass(frozen=True)
class NewTokenQuestion:
    """`store` is where secrets are kept; where it cannot keep one, `reason` says why."""

    workspace: str
    store: str
    reason: str = ""


@dataclass(frozen=True)
class NewToken:
    """What is asked of the service, and whether the secret is to be kept."""

    ask: TokenAsk
    keep: bool


class NewTokenDialog(Form[NewToken]):
    """What was made. `create` makes it: why it was refused, or None."""

    CSS_PATH: ClassVar = ["dialog.tcss", "new_token.tcss"]

    def __init__(self, question: NewTokenQuestion, create: Callable[[NewToken], Awaitable[str | None]]) -> None:
        super().__init__(f"New token for {question.workspace}", "Create", ready=False)
        self._create = create
        self._called = Field(placeholder="what you will know it by")
        self._expiry = Dropdown([Choice(seconds, label) for seconds, label in EXPIRIES.items()], USUAL)
        place = "on this machine" if question.reason else f"in {question.store}"
        self._keeping = Dropdown(
            [Choice(KEEP, f"kept {place}", reason=question.reason), Choice(SHOW, "only shown once")],
            SHOW if question.reason else KEEP,
        )

    def body(self) -> Iterator[Widget]:
        yield field_row("Name", self._called)
        yield field_row("Expires", self._expiry)
        yield field_row("Secret", self._keeping)

    def answer(self) -> None:
        expires_in = None if self._expiry.value == NEVER else int(self._expiry.value)
        new = NewToken(TokenAsk(tidy(self._called.value), expires_in), self._keeping.value == KEEP)
        self.submit(lambda: self._create(new), new)

    @on(Input.Changed)
    def _judge(self) -> None:
        name = tidy(self._called.value)
        broken = text_problem(name) if name else None
        self.say(broken or "")
        self.ready(bool(name) and broken is None)
