"""What an act is. Each is defined once, by noun; keys, menus, palette and commands only name it."""

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Generic, Protocol, TypeVar

from tui.context.context import Context
from tui.domain.acts import ActId
from tui.domain.errors import Failure

Row = TypeVar("Row")
Answer = TypeVar("Answer")
Answer_contra = TypeVar("Answer_contra", contravariant=True)


class Weight(IntEnum):
    """How surely a person must mean it: a choice, a dialog that starts on Cancel, a typed name."""

    LIGHT = 0
    CONFIRM = 1
    TYPE_NAME = 2


@dataclass(frozen=True)
class Result(Generic[Row]):
    """What came of one target: how it was, how it is now (None once gone), or why it was not done."""

    before: Row
    after: Row | None = None
    failure: Failure | None = None


class Perform(Protocol[Row, Answer_contra]):
    """Carries an act out, a result a target, in parts that can be stopped between.

    Failures of single targets come as results; one that is about none of them is raised.
    A dry run gives the same results and changes nothing (M6).
    """

    def __call__(
        self, context: Context, targets: Sequence[Row], answer: Answer_contra, *, dry_run: bool = False
    ) -> AsyncIterator[Result[Row]]: ...


@dataclass(frozen=True)
class Act(Generic[Row, Answer]):
    """One thing that a person can do, to a list of targets; one target is a list of length one."""

    id: ActId
    label: str
    """What menus, palette and help call it."""
    word: Callable[[Sequence[Row]], str]
    """The one word beside its key, for these targets."""
    weight: Callable[[Context, Sequence[Row], Answer], Weight]
    done: Callable[[Result[Row], Answer], str]
    """What is said of one target once it is done."""
    perform: Perform[Row, Answer]
    inverse: Callable[[Result[Row]], Answer] | None = None
    """The answer with which the same act takes a result back; None when there is no way back."""
