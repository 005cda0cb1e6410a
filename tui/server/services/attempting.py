"""Many targets in one call: those refused do not stop the rest (M6)."""

from collections.abc import Callable

from tui.domain.errors import Failure, Problem, problem


def attempted(step: Callable[[], None]) -> Problem | None:
    """Why a step was refused; None when it was done."""
    try:
        step()
    except Failure as refused:
        return problem(refused)
    return None
