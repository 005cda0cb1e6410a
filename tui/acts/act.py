"""What an act is. Each is defined once, by noun; keys, menus, palette and commands only name it."""

from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Generic, TypeAlias, TypeVar

from tui.acts.consequences import Consequences
from tui.context.context import Context
from tui.domain.acts import ActId
from tui.domain.errors import Conflict, Failure, Refused

Row = TypeVar("Row")
Answer = TypeVar("Answer")
Where = TypeVar("Where")
"""A Context, or the machine alone."""


class Weight(IntEnum):
    """How surely a person must mean it: a choice, a dialog that starts on Cancel, a typed name."""

    LIGHT = 0
    CONFIRM = 1
    TYPE_NAME = 2


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
    perform: Perform[Row, Answer]
    rehearse: Perform[Row, Answer] | None = None
    """The same results without a change (M6); None where the server has no dry run."""
    inverse: Callable[[Result[Row]], Answer] | None = None
    """The answer with which the same act takes a result's `after` back; None: there is no way back."""


async def attempt(row: Row, call: Awaitable[Result[Row] | Row | None]) -> Result[Row]:
    """The result of one call on one target; raises what is not a refusal of that target.

    A call of which more came than the row as it is now gives the whole result.
    """
    try:
        came = await call
    except (Refused, Conflict) as failure:
        return Result(row, failure=failure)
    return came if isinstance(came, Result) else Result(row, after=came)


def one_by_one(
    call: Callable[[Where, Row, Answer], Awaitable[Result[Row] | Row | None]],
) -> Callable[[Where, Sequence[Row], Answer], Parts[Row]]:
    """How an act is performed whose calls have one target each."""

    async def perform(where: Where, targets: Sequence[Row], answer: Answer) -> Parts[Row]:
        for row in targets:
            yield [await attempt(row, call(where, row, answer))]

    return perform
