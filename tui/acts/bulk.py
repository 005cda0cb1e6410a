"""What bulk calls and dry runs have in common, whatever they are about (M6)."""

from collections.abc import Sequence
from typing import Protocol, TypeVar

from tui.acts.act import Parts, Perform, Result
from tui.acts.refusal import Refusable
from tui.context.context import Context
from tui.domain.acts import ActId
from tui.domain.errors import Conflict, Failure, Problem, Refused

Answer = TypeVar("Answer")
Row = TypeVar("Row", bound=Refusable)


class Verdict(Protocol):
    """What a bulk call says of one item."""

    @property
    def problem(self) -> Problem | None: ...


def failure_of(verdict: Verdict, now: object) -> Failure | None:
    """Why an item was refused, None when it was done; `now` is the item as it is."""
    problem = verdict.problem
    if problem is None:
        return None
    if problem.code == "version_conflict":
        return Conflict(now, problem.detail)
    return Refused(problem.code, problem.detail, errors=problem.errors or ())


def by_refusals(act: ActId) -> Perform[Row, Answer]:
    """A dry run of what the service has none for: what would come of it, by the refusals sent with the rows."""

    async def rehearse(context: Context, rows: Sequence[Row], answer: Answer) -> Parts[Row]:
        codes = [row.refusals.get(act) for row in rows]
        yield [Result(row, row, Refused(code) if code else None) for row, code in zip(rows, codes, strict=True)]

    return rehearse
