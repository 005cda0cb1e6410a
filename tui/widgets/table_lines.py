"""The lines of a table: its titles, rows and rules, as Strips of few style runs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui.lists.column import GAP, Cell, Placed
from tui.lists.text import cell_width, cut, fit, harmless

Row = TypeVar("Row")

LEAD = 3
"""Cells before the first column: the cursor's edge, the mark, and air."""

PLACEHOLDER = "…"

_AIR = " " * GAP

Ink = Callable[[str], Style]
"""The style of a tone, or of a part of the table, in the theme in force."""


def _never(_row: object) -> bool:
    return False


def _nothing(_row: object) -> Cell:
    return Cell(" ")


@dataclass(frozen=True)
class RowLook(Generic[Row]):
    """How rows of one list differ.

    `dimmed` rows are greyed but for what is in danger's tone; `sign` is what an unmarked row has
    in its mark column, one cell wide; `dropdown` is the column that shows `▾` on the cursor row.
    """

    dimmed: Callable[[Row], bool] = _never
    sign: Callable[[Row], Cell] = _nothing
    dropdown: str = ""


@dataclass(frozen=True)
class RowState:
    is_cursor: bool
    is_marked: bool


class Lines(Generic[Row]):
    """Paints lines `width` cells wide, from the column that is `left` cells in."""

    def __init__(self, ink: Ink, placed: Sequence[Placed[Row]], width: int, left: int, look: RowLook[Row]) -> None:
        self._ink = ink
        self._placed = placed
        self._width = width
        self._left = left
        self._look = look
        self._fixed = LEAD + (placed[0].end + GAP if placed else 0)

    def titles(self, sort: str, *, descending: bool) -> Strip:
        """The titles of the columns, with an arrow at the one that the list is sorted by."""
        style = self._ink("title")
        runs = [(" " * LEAD, style)]
        for placed in self._placed:
            arrow = (" ↓" if descending else " ↑") if sort and placed.column.sort == sort else ""
            title = cut(placed.column.title.upper(), placed.width - len(arrow)) + arrow
            runs.append((fit(title, placed.width, placed.column.align) + _AIR, style))
        strip = self._strip(runs, style)
        if self._placed and LEAD + self._placed[-1].end - self._left > self._width:
            strip = Strip.join([strip.crop(0, self._width - 1), Strip([Segment("›", self._ink("accent"))])])
        return strip

    def row(self, row: Row | None, now: datetime, state: RowState) -> Strip:
        """A row; one that has not been read yet is a quiet placeholder."""
        plane = Style(bgcolor=self._ink("cursor").bgcolor) if state.is_cursor else Style.null()
        runs = self._lead(row, state, plane)
        for index, placed in enumerate(self._placed):
            if row is None:
                text, style = fit(PLACEHOLDER if index == 0 else "", placed.width), self._ink("hint")
            else:
                text, style = self._cell(row, now, placed, state)
            if state.is_cursor and index == 0:
                style += Style(bold=True)
            runs.append((text + _AIR, style + plane))
        return self._strip(runs, self._ink("text") + plane)

    def rule(self, title: str) -> Strip:
        """A hairline, with a title of the rows below at its left."""
        line = self._ink("line")
        if not title:
            return Strip([Segment("─" * self._width, line)], self._width)
        text = f" {cut(harmless(title), self._width - 4)} "
        rest = max(self._width - cell_width(text) - 1, 0)
        return Strip([Segment(text, self._ink("title")), Segment("─" * rest + " ", line)]).adjust_cell_length(
            self._width
        )

    def _lead(self, row: Row | None, state: RowState, plane: Style) -> list[tuple[str, Style]]:
        sign = Cell("●", "accent") if state.is_marked else Cell(" ") if row is None else self._look.sign(row)
        edge = ("▌", self._ink("edge") + plane) if state.is_cursor else (" ", self._ink(sign.tone))
        return [edge, (fit(sign.text, 1), self._ink(sign.tone) + plane), (" ", self._ink(sign.tone) + plane)]

    def _cell(self, row: Row, now: datetime, placed: Placed[Row], state: RowState) -> tuple[str, Style]:
        cell = placed.column.cell(row, now)
        tail = " ▾" if state.is_cursor and placed.column.id == self._look.dropdown else cell.tail
        text = cut(harmless(cell.text), placed.width - cell_width(tail)) + tail
        tone = "hint" if cell.tone != "danger" and self._look.dimmed(row) else cell.tone
        return fit(text, placed.width, placed.column.align), self._ink(tone)

    def _strip(self, runs: Sequence[tuple[str, Style]], rest: Style) -> Strip:
        """The line of these runs, neighbours of one style as one; the first column stays when the others scroll."""
        strip = Strip(list(Segment.simplify(Segment(text, style) for text, style in runs if text)))
        if self._left:
            end = strip.cell_length
            strip = Strip.join([strip.crop(0, self._fixed), strip.crop(min(self._fixed + self._left, end), end)])
        return strip.adjust_cell_length(self._width, rest)
