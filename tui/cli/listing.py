"""How a command prints a list: all of it, or `--limit` rows."""

import functools
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any, TypeVar

import click
import msgspec

from tui.cli.output import Format
from tui.domain.queries import PAGE_LIMIT, Page, Place

Row = TypeVar("Row")

ALL = Format()


def listing_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of a command that prints a list, given to it as `format`."""

    @click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Print at most N rows.")
    @click.option("--csv", is_flag=True, help="Print comma-separated values.")
    @click.option("--json", is_flag=True, help="Print the server's own objects.")
    @functools.wraps(command)
    def with_format(*args: Any, json: bool, csv: bool, limit: int | None, **options: Any) -> Any:
        if json and csv:
            raise click.UsageError("Choose one of --json and --csv.", click.get_current_context())
        return command(*args, format=Format(json, csv, limit), **options)

    return with_format


async def pages(
    fetch: Callable[[Place], Awaitable[Page[Row]]], key: Callable[[Row], str], format: Format = ALL
) -> AsyncIterator[Page[Row]]:
    """The pages of a list up to the format's limit, without rows that moved and came twice."""
    seen: set[str] = set()
    cursor = None
    while (wanted := PAGE_LIMIT if format.limit is None else min(PAGE_LIMIT, format.limit - len(seen))) > 0:
        page = await fetch(Place(limit=wanted, cursor=cursor))
        fresh = [row for row in page.items if key(row) not in seen]
        seen.update(map(key, fresh))
        yield msgspec.structs.replace(page, items=fresh)
        cursor = page.next
        if cursor is None:
            return
