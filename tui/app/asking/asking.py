"""Asking a person on behalf of an act, before it is done."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from textual.app import App

from tui.acts.act import Act, Result
from tui.context.context import Context
from tui.screens.acting import Acting
from tui.screens.rows import rows_name


@dataclass(frozen=True)
class Wish:
    """An act that a person wants on rows of a screen, from where they stood then."""

    act: Act[Any, Any]
    context: Context
    screen: Acting
    targets: Sequence[Any]

    @property
    def title(self) -> str:
        """The act and whom it is about: `Disable barbara-lake`."""
        return f"{self.act.word(self.targets)} {self.subject}".strip()

    @property
    def subject(self) -> str:
        return rows_name(self.targets)


class Answer(NamedTuple):
    """What a person has answered. `meant`: their dialog has also said what follows."""

    value: Any
    meant: bool = False


Submit = Callable[[Any], Awaitable[str | None]]
"""Performs an act while its dialog is open: why it was refused, as a sentence, or None once it is done."""


@dataclass(frozen=True)
class Asking:
    """What a question needs: where it is shown, what it is for, and how the act is performed while it is open."""

    app: App[int]
    wish: Wish
    submit_as: Callable[[Wish], Submit]
    """How another wish is performed in place of this one."""
    results: list[Result[Any]]
    """What `submit` has come to, once it was done."""

    @property
    def submit(self) -> Submit:
        """How the wish is performed."""
        return self.submit_as(self.wish)
