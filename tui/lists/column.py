"""A column of a list, and how columns share a width. Table, command line and export read the same ones."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, Literal, NamedTuple, TypeVar

Row = TypeVar("Row")

Tone = Literal["text", "bright", "muted", "hint", "accent", "owner", "manager", "user", "danger", "ok"]
"""What a text means, by name; the theme says how that looks. A role's value is a tone."""

GAP = 2
"""Cells between two columns."""

WIDE = 100
WIDEST = 140
"""Terminal widths from which columns marked `+` and `++` in the lists are shown."""


class Cell(NamedTuple):
    """A text as the server has it, not yet made harmless, and what it means; `tail` stays where the text is cut."""

    text: str
    tone: Tone = "text"
    tail: str = ""


@dataclass(frozen=True)
class Column(Generic[Row]):
    """`cell` gives what a row shows here, seen from a moment (for ages).

    `width` is comfortable, in cells; down to `least` it gives way to others, and of a wider
    terminal it takes a share by `weight`, up to twice its width. `from_width` is the terminal
    width from which it is shown, `sort` the list's sort field, empty where there is none.
    Where the cell is made for the eye, `value` gives what it stands for, for export.
    """

    id: str
    title: str
    cell: Callable[[Row, datetime], Cell]
    width: int
    least: int = 0
    weight: int = 0
    align: Literal["left", "right"] = "left"
    from_width: int = 0
    sort: str = ""
    value: Callable[[Row], datetime | int | str | None] | None = None


@dataclass(frozen=True)
class Placed(Generic[Row]):
    """A column with its place in a line, in cells."""

    column: Column[Row]
    x: int
    width: int

    @property
    def end(self) -> int:
        return self.x + self.width


def lay_out(columns: Sequence[Column[Row]], available: int, terminal: int) -> list[Placed[Row]]:
    """The columns that a terminal of this width shows, laid out over the available cells.

    Where even their least widths do not fit, they reach beyond: the table scrolls.
    """
    shown = [column for column in columns if terminal >= column.from_width]
    widths = [column.width for column in shown]
    spare = available - sum(widths) - GAP * (len(shown) - 1)
    room = [_room(column, grow=spare > 0) for column in shown]
    placed = []
    x = 0
    for column, width, change in zip(shown, widths, _shares(abs(spare), shown, room), strict=True):
        placed.append(Placed(column, x, width + change if spare > 0 else width - change))
        x = placed[-1].end + GAP
    return placed


def _room(column: Column[Row], *, grow: bool) -> int:
    """How many cells a column can take more of, or give up."""
    if grow:
        return column.width if column.weight else 0
    return column.width - (column.least or column.width)


def _shares(amount: int, columns: Sequence[Column[Row]], room: Sequence[int]) -> list[int]:
    """An amount of cells shared out by weight, to nobody more than there is room."""
    shares = [0] * len(columns)
    while amount > 0 and (open_ := [i for i, share in enumerate(shares) if share < room[i]]):
        weights = {i: max(columns[i].weight, 1) for i in open_}
        each = amount // sum(weights.values())
        for i, weight in weights.items():
            part = min(each * weight if each else 1, room[i] - shares[i], amount)
            shares[i] += part
            amount -= part
    return shares
