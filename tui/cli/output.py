"""All of standard output: tables and CSV from the columns of `lists`, JSON from the wire."""

import csv
import json
import os
import shutil
import sys
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TypeVar

import click
import msgspec

from tui.cli.failing import warn
from tui.domain.queries import Page
from tui.lists.column import GAP, Column, Placed, lay_out
from tui.lists.text import cell_width, fit, harmless

Row = TypeVar("Row")

NOTHING = "There is nothing to list."
ACCESSIBLE = "WORKSPACES_ACCESSIBLE"
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""Beginnings of a cell that a spreadsheet would calculate."""


@dataclass(frozen=True)
class Format:
    """How a list is written, and how much of it; all of it as a table where nothing is asked."""

    json: bool = False
    csv: bool = False
    limit: int | None = None


def say(*lines: str) -> None:
    """Write lines for people, harmless."""
    for line in lines:
        click.echo(harmless(line))


def document(answer: object) -> None:
    """Write an object of the wire as one JSON document, ASCII."""
    click.echo(json.dumps(msgspec.to_builtins(answer), indent=2))


def facts(pairs: Sequence[tuple[str, str]]) -> None:
    """Write `name: value` lines."""
    say(*(f"{name}: {value}" for name, value in pairs))


async def listing(columns: Sequence[Column[Row]], pages: AsyncIterator[Page[Row]], format: Format) -> None:
    """Write a list as it is read, page by page."""
    if format.json:
        await _write_json(pages)
    elif format.csv:
        await _write_csv(columns, pages)
    elif os.environ.get(ACCESSIBLE, "") not in ("", "0", "false"):
        await _write_blocks(columns, pages)
    else:
        await _write_table(columns, pages)


async def _write_json(pages: AsyncIterator[Page[Row]]) -> None:
    """One document in the shape of a page, written as it comes: a list may be longer than memory."""
    lead, last = '{"items": [', None
    async for last in pages:
        for item in last.items:
            sys.stdout.write(f"{lead}\n  {json.dumps(msgspec.to_builtins(item))}")
            lead = ","
    if last is not None:
        rest = {"next": last.next, "prev": None, "position": 0, "total": last.total, "total_is": last.total_is}
        end = "\n" if lead == "," else lead
        sys.stdout.write(f"{end}], {json.dumps(rest)[1:]}\n")


async def _write_csv(columns: Sequence[Column[Row]], pages: AsyncIterator[Page[Row]]) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    now, head = datetime.now(UTC), [[column.id for column in columns]]
    async for page in pages:
        writer.writerows(head)  # A list that is refused leaves standard output empty.
        head = []
        writer.writerows([_csv_cell(column, row, now) for column in columns] for row in page.items)


def _csv_cell(column: Column[Row], row: Row, now: datetime) -> str:
    value = column.value(row) if column.value else column.cell(row, now).text
    text = rfc3339(value) if isinstance(value, datetime) else "" if value is None else str(value)
    shown = harmless(text)
    return ("'" if text.startswith(FORMULA) or shown.startswith(FORMULA) else "") + shown


async def _write_blocks(columns: Sequence[Column[Row]], pages: AsyncIterator[Page[Row]]) -> None:
    """For screen readers: each row as lines of its own, without drawing."""
    now, any_row = datetime.now(UTC), False
    async for page in pages:
        for row in page.items:
            any_row = True
            facts([(column.title or column.id, text) for column in columns if (text := _text(column, row, now))])
            say("")
    if not any_row:
        warn(NOTHING)


async def _write_table(columns: Sequence[Column[Row]], pages: AsyncIterator[Page[Row]]) -> None:
    now = datetime.now(UTC)
    placed: list[Placed[Row]] = []
    async for page in pages:
        if page.items and not placed:
            placed = _placed(columns, page.items, now)
            sys.stdout.write(_line(placed, [place.column.title.upper() for place in placed]))
        for row in page.items:
            sys.stdout.write(_line(placed, [_text(place.column, row, now) for place in placed]))
    if not placed:
        warn(NOTHING)


def _placed(columns: Sequence[Column[Row]], rows: Sequence[Row], now: datetime) -> list[Placed[Row]]:
    """The columns that a terminal has room for; elsewhere all of them, as wide as their widest cells."""
    natural = [replace(column, width=_widest(column, rows, now), from_width=0) for column in columns]
    if not sys.stdout.isatty() and "COLUMNS" not in os.environ:
        return lay_out(natural, sum(column.width + GAP for column in natural) - GAP, 0)
    width = shutil.get_terminal_size().columns
    shown = [column for column, plain in zip(natural, columns, strict=True) if width >= plain.from_width]
    return next(fitting for fitting in _narrower(shown, width) if fitting[-1].end <= width or len(fitting) == 1)


def _narrower(columns: list[Column[Row]], width: int) -> Iterator[list[Placed[Row]]]:
    """The columns laid out, then with the last and least important ones gone, one by one."""
    for count in range(len(columns), 0, -1):
        shown = [replace(column, weight=0) for column in columns[:count]]
        available = min(width, sum(column.width + GAP for column in shown) - GAP)
        yield lay_out(shown, available, width)


def _widest(column: Column[Row], rows: Sequence[Row], now: datetime) -> int:
    return max(len(column.title), *(cell_width(harmless(_text(column, row, now))) for row in rows))


def _text(column: Column[Row], row: Row, now: datetime) -> str:
    """A cell for people; a moment is told whole."""
    value = column.value(row) if column.value else None
    cell = column.cell(row, now)
    return rfc3339(value) if isinstance(value, datetime) else cell.text + cell.tail


def _line(placed: Sequence[Placed[Row]], texts: Sequence[str]) -> str:
    cells = (fit(text, place.width, place.column.align) for place, text in zip(placed, texts, strict=True))
    return (" " * GAP).join(cells).rstrip() + "\n"


def rfc3339(when: datetime) -> str:
    """A moment in UTC: `2025-11-02T14:03:00Z`."""
    return when.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
