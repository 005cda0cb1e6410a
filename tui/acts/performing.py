"""How acts are performed, by calls of one target each or of many, and rehearsed (M6)."""

from collections.abc import Awaitable, Callable, Sequence
from typing import TypeAlias, TypeVar

from tui.acts.act import Parts, Perform, Result
from tui.acts.refusal import Refusable
from tui.context.context import Context
from tui.domain.acts import ActId
from tui.domain.errors import Conflict, Failure, Problem, Refused
from tui.domain.queries import PAGE_LIMIT

Row = TypeVar("Row")
Answer = TypeVar("Answer")
RefusableRow = TypeVar("RefusableRow", bound=Refusable)
Where = TypeVar("Where")
"""A Context, or the machine alone."""

BulkCall: TypeAlias = Callable[[Context, Sequence[Row], Answer], Awaitable[list[Result[Row]]]]
"""What came of some rows, `PAGE_LIMIT` at most, in their order."""


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


def in_parts(call: BulkCall[Row, Answer]) -> Perform[Row, Answer]:
    """How an act is performed, or rehearsed, whose calls have many targets."""

    async def perform(context: Context, rows: Sequence[Row], answer: Answer) -> Parts[Row]:
        for start in range(0, len(rows), PAGE_LIMIT):
            yield await call(context, rows[start : start + PAGE_LIMIT], answer)

    return perform


def one_or_many(
    one: Callable[[Context, Row, Answer], Awaitable[Row | None]], many: BulkCall[Row, Answer]
) -> Perform[Row, Answer]:
    """One row by the call of its own; several by bulk calls."""
    alone, together = one_by_one(one), in_parts(many)

    def perform(context: Context, rows: Sequence[Row], answer: Answer) -> Parts[Row]:
        return (alone if len(rows) == 1 else together)(context, rows, answer)

    return perform


def by_refusals(act: ActId) -> Perform[RefusableRow, Answer]:
    """A dry run of what the service has none for: what would come of it, by the refusals sent with the rows."""

    async def rehearse(context: Context, rows: Sequence[RefusableRow], answer: Answer) -> Parts[RefusableRow]:
        codes = [row.refusals.get(act) for row in rows]
        yield [Result(row, row, Refused(code) if code else None) for row, code in zip(rows, codes, strict=True)]

    return rehearse


def failure_of(problem: Problem | None, now: object) -> Failure | None:
    """Why a bulk call refused an item, None when it was done; `now` is the item as it is."""
    if problem is None:
        return None
    if problem.code == "version_conflict":
        return Conflict(now, problem.detail)
    return Refused(problem.code, problem.detail, errors=problem.errors or ())
