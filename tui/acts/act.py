"""What an act is. Each is defined once, by noun; keys, menus, palette and commands only name it."""

from collections.abc import AsyncGenerator, Callable, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Generic, TypeAlias, TypeVar

from tui.acts.consequences import Consequences
from tui.context.context import Context
from tui.domain.acts import ActId
from tui.domain.errors import Failure

Row = TypeVar("Row")
Answer = TypeVar("Answer")


class Weight(IntEnum):
    """How surely a person must mean it: a choice, a dialog that starts on Cancel, a typed name."""

    LIGHT = 0
    CONFIRM = 1
    TYPE_NAME = 2

    @classmethod
    def by_number(cls, rows: Sequence[object]) -> "Weight":
        """What is grave weighs more when it is done to several."""
        return cls.TYPE_NAME if len(rows) > 1 else cls.CONFIRM


@dataclass(frozen=True)
class Result(Generic[Row]):
    """What came of one target: how it was, how it is now, or why it was not done.

    `before` is None for what was made, `after` None for what is gone. `once` is the secret or link
    that came with `after` and never comes again (T1, I5), `note` what a person is to know besides.
    """

    before: Row | None
    after: Row | None = None
    failure: Failure | None = None
    once: str | None = field(default=None, repr=False)
    note: str = ""

    @property
    def was(self) -> Row:
        """How the target was before. Raises `ValueError` for what was made."""
        if self.before is None:
            raise ValueError("what was made was nothing before")
        return self.before


Parts: TypeAlias = AsyncGenerator[list[Result[Row]], None]
"""Results as they come. Who stops asking for parts stops the act between two of them."""

Perform: TypeAlias = Callable[[Context, Sequence[Row], Answer], Parts[Row]]
"""Carries an act out, a result a target, in their order.

A refusal of a single target is its result; a failure that is about none of them is raised.
"""


@dataclass(frozen=True)
class Act(Generic[Row, Answer]):
    """One thing that a person can do, to a list of targets; one target is a list of length one.

    What makes something new, or is about all there is, has no targets.
    """

    id: ActId
    label: str
    """What menus, palette and help call it."""
    word: Callable[[Sequence[Row]], str]
    """The one word beside its key and on its button, for these targets."""
    weight: Callable[[Sequence[Row], Answer], Weight]
    consequences: Callable[[Context, Sequence[Row], Answer], Consequences]
    """What is said before it is done."""
    done: Callable[[Result[Row], Answer], str]
    """What is said of one target once it is done."""
    participle: str = field(default="changed", kw_only=True)
    """What many were, where they are counted: `3 changed`."""
    verb: str = field(default="", kw_only=True)
    """What stands before those that it is done to, where `word` is no verb: `Change the role of`."""
    nothing: str = field(default="", kw_only=True)
    """What is said where an act about all there is found nothing to be done."""
    perform: Perform[Row, Answer]
    rehearse: Perform[Row, Answer] | None = None
    """The same results without a change (M6); None where the server has no dry run."""
    inverse: Callable[[Result[Row]], Answer] | None = None
    """The answer with which the same act takes a result's `after` back; None: there is no way back."""
