"""The last change of role or status, and how it is taken back."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, NamedTuple

from tui.acts.act import Act, Result
from tui.context.context import Context


class Job(NamedTuple):
    """Rows that get the same answer."""

    targets: Sequence[Any]
    answer: Any


@dataclass(frozen=True)
class Change:
    """What an act has done, from where; it can be taken back while nobody has changed it again (M5)."""

    act: Act[Any, Any]
    context: Context
    results: Sequence[Result[Any]]

    def taking_back(self) -> list[Job]:
        """The same act against the versions that it left behind, the rows that need the same answer together."""
        inverse = self.act.inverse
        if inverse is None:
            return []
        done = [(str(inverse(result)), result) for result in self.results if result.after is not None]
        done.sort(key=_answer)
        return [
            Job([result.after for result in group], inverse(group[0]))
            for group in ([result for _, result in pairs] for _, pairs in groupby(done, key=_answer))
        ]


def _answer(pair: tuple[str, Result[Any]]) -> str:
    return pair[0]
