"""Workspaces that a person may join, in the columns of those that they are in (W5)."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import TypeAlias

from tui.domain.github import Joinable
from tui.domain.workspaces import Workspace
from tui.lists.column import Cell, Column
from tui.lists.workspaces import columns

Row: TypeAlias = Workspace | Joinable

_NOTHING = Cell("-", "muted")

_CELLS: Mapping[str, Callable[[Joinable], Cell]] = {
    "name": lambda joinable: Cell(joinable.name, "bright"),
    "kind": lambda joinable: Cell("shared", "muted"),
    "source": lambda joinable: Cell(f"GitHub {joinable.github_org.login}", "muted"),
    "active_members": lambda joinable: Cell(f"{joinable.active_members:,}", "muted"),
    "status": lambda joinable: Cell("joinable", "ok"),
}
"""By the column's id; in the others there is nothing to say."""


def with_joinable(active: str, profile: Callable[[str], str | None]) -> Sequence[Column[Row]]:
    """The columns of workspaces, for rows of both kinds; the arguments are those of `columns`."""
    return [_for_both(column) for column in columns(active, profile)]


def _for_both(column: Column[Workspace]) -> Column[Row]:
    return Column(
        column.id,
        column.title,
        partial(_cell, column),
        column.width,
        column.least,
        column.weight,
        column.align,
        column.from_width,
        column.sort,
    )


def _cell(column: Column[Workspace], row: Row, now: datetime) -> Cell:
    if isinstance(row, Workspace):
        return column.cell(row, now)
    cell = _CELLS.get(column.id)
    return cell(row) if cell else _NOTHING
