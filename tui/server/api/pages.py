"""Lists on the wire: which parameters one takes, and what they ask for (M4)."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from litestar import Request

from tui.domain.errors import invalid
from tui.domain.names import EMAIL_LIMIT
from tui.domain.queries import PAGE_LIMIT, VALUES_LIMIT, ListQuery, Place
from tui.server.api.inputs import parameters

Q_LIMIT = 200
"""Characters of a search at most."""
PLACES = ("cursor", "at", "from")

_NUMBER = re.compile(r"[0-9]{1,15}")


class Asked(NamedTuple):
    """What a list is asked for: which rows in which order, and from where on."""

    query: ListQuery
    place: Place


class Filter(NamedTuple):
    """One filter: why a value of it is wrong (None when it is right), and its schema in OpenAPI."""

    problem: Callable[[str], str | None]
    schema: dict[str, Any]
    many: bool = True


def one_of(*values: str) -> Filter:
    """A filter by words, several with commas."""
    listed = ", ".join(values)
    pattern = "|".join(values)
    return Filter(
        lambda value: None if value in values else f"One of {listed}; not “{value}”.",
        {"type": "string", "pattern": f"^(({pattern})(,({pattern}))*)?$"},
    )


def _text_problem(value: str) -> str | None:
    return None if len(value) <= EMAIL_LIMIT else f"At most {EMAIL_LIMIT} characters."


def _time_problem(value: str) -> str | None:
    try:
        told = datetime.fromisoformat(value)
    except ValueError:
        return "A time like 2026-01-31T12:00:00Z."
    return None if told.tzinfo else "A time with its zone, like 2026-01-31T12:00:00Z."


TEXT = Filter(_text_problem, {"type": "string"})
ONE_TEXT = Filter(_text_problem, {"type": "string", "maxLength": EMAIL_LIMIT}, many=False)
TIME = Filter(_time_problem, {"type": "string", "format": "date-time"}, many=False)


class Listing:
    """The parameters of one list.

    `sorts` are the fields to sort by, as the wire has them; the first is the default one.
    """

    def __init__(self, *, filters: Mapping[str, Filter], sorts: tuple[str, ...] = (), searched: bool = False) -> None:
        self._filters = filters
        self._default = next(iter(sorts), "")
        self._sorts = tuple(sort.removeprefix("-") for sort in sorts)
        self.schemas = self._describe(searched)

    def read(self, query: bytes) -> Asked:
        """What a query string asks for; `input_invalid` naming the parameter."""
        given = parameters(query)
        for name in given:
            if name not in self.schemas:
                raise invalid(name, f"This list has no parameter “{name}”.")
        q = given.get("q", "")
        if len(q) > Q_LIMIT:
            raise invalid("q", f"A search has at most {Q_LIMIT} characters.")
        filters = {name: _values(name, given[name], kind) for name, kind in self._filters.items() if given.get(name)}
        sort = self._sort(given.get("sort", ""))
        return Asked(
            ListQuery(sort=sort.removeprefix("-"), descending=sort.startswith("-"), q=q, filters=filters), _place(given)
        )

    def _sort(self, asked: str) -> str:
        if asked and asked.removeprefix("-") not in self._sorts:
            raise invalid("sort", f"One of {', '.join(self._sorts)}, with - before it to turn it round.")
        return asked or self._default

    def _describe(self, searched: bool) -> dict[str, dict[str, Any]]:
        schemas: dict[str, dict[str, Any]] = {
            "limit": {"type": "integer", "minimum": 1, "maximum": PAGE_LIMIT, "default": Place().limit},
            "cursor": {"type": "string"},
            "at": {"type": "integer", "minimum": 0},
            "from": {"type": "string", "enum": ["end"]},
        }
        if self._sorts:
            both = [sign + sort for sort in self._sorts for sign in ("", "-")]
            schemas["sort"] = {"type": "string", "enum": both, "default": self._default}
        if searched:
            schemas["q"] = {"type": "string", "maxLength": Q_LIMIT}
        return schemas | {name: kind.schema for name, kind in self._filters.items()}


async def asked(request: Request[Any, Any, Any]) -> Asked:
    """What the list of a route was asked for; the route's `opt` has its `listing`."""
    listing: Listing = request.route_handler.opt["listing"]
    return listing.read(request.scope["query_string"])


def _values(name: str, given: str, kind: Filter) -> tuple[str, ...]:
    """The values of one filter, each once and in one order, so that a cursor knows its filter again."""
    values = sorted(set(given.split(","))) if kind.many else [given]
    if len(values) > VALUES_LIMIT:
        raise invalid(name, f"At most {VALUES_LIMIT} values.")
    for value in values:
        if problem := kind.problem(value):
            raise invalid(name, problem)
    return tuple(values)


def _place(given: Mapping[str, str]) -> Place:
    several = [name for name in PLACES if name in given]
    if len(several) > 1:
        raise invalid(several[1], f"Only one of {', '.join(PLACES)} at a time.")
    if given.get("from", "end") != "end":
        raise invalid("from", "A list is read from its start, or from=end.")
    limit = _number(given, "limit")
    if limit is not None and not 1 <= limit <= PAGE_LIMIT:
        raise invalid("limit", f"A whole number from 1 to {PAGE_LIMIT}.")
    return Place(
        limit=Place().limit if limit is None else limit,
        cursor=given.get("cursor"),
        at=_number(given, "at"),
        from_end="from" in given,
    )


def _number(given: Mapping[str, str], name: str) -> int | None:
    if name not in given:
        return None
    if not _NUMBER.fullmatch(given[name]):
        raise invalid(name, "A whole number, not below 0.")
    return int(given[name])
