"""The activity log: entries written with each change, and pages of them (A1)."""

from collections.abc import Mapping, Sequence
from functools import lru_cache, partial
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import ColumnElement, Connection, Row, Select, bindparam, insert, select

from tui.domain.activity import Activity, ActivityContext, Actor, ActorType, From, Target, TargetType
from tui.domain.queries import ActivityQuery, Page, Place
from tui.server.storage.paging import Key, binds, counted, ordered, read_page, total_of
from tui.server.storage.tables import activity
from tui.server.storage.times import micros, moment

Values = Mapping[str, str | int | bool | None]

_NOUN = ".*"
"""How a filter ends that takes every act of a noun."""


class Log(NamedTuple):
    """Whose log: a workspace's or an account's. Exactly one is set."""

    workspace_pk: int | None = None
    account_id: str | None = None


def add(connection: Connection, entries: Sequence[dict[str, Any]]) -> None:
    """Writes entries, whose keys are the columns."""
    connection.execute(insert(activity), list(entries))


def packed(values: Values | None) -> str | None:
    """What was before or came after, as a column holds it."""
    return None if values is None else msgspec.json.encode(values).decode()


def read(connection: Connection, log: Log, asked: ActivityQuery, place: Place) -> Page[Activity]:
    """One page of a log, the newest first. Raises as `read_page` does."""
    values = _values(log, asked)
    filters = frozenset(values)
    total = total_of(connection, _count(filters), values, searched=False)
    fetch = partial(_fetch, connection, filters, values)
    return read_page(place, (log, asked), tuple[int, int], total, fetch)


def _values(log: Log, asked: ActivityQuery) -> dict[str, Any]:
    """The filters that are used, under the names of their binds."""
    action = asked.action or ""
    noun = action.removesuffix(_NOUN) if action.endswith(_NOUN) else None
    values = {
        "workspace_pk": log.workspace_pk,
        "account_id": log.account_id,
        "actor_id": asked.actor,
        "action": None if noun else asked.action,
        "noun": f"{noun}." if noun else None,
        "noun_end": f"{noun}/" if noun else None,
        "target_id": asked.target,
        "since": micros(asked.since) if asked.since else None,
        "until": micros(asked.until) if asked.until else None,
    }
    return {name: value for name, value in values.items() if value is not None}


def _fetch(
    connection: Connection,
    filters: frozenset[str],
    values: dict[str, Any],
    beside: Key | None,
    *,
    backwards: bool,
    offset: int,
    limit: int,
) -> Sequence[tuple[Key, Activity]]:
    statement = _page(filters, seek=beside is not None, descending=not backwards)
    found = connection.execute(statement, {**values, **binds(beside, offset=offset, limit=limit)})
    return [((row.event_at, row.pk), _entry(row)) for row in found]


@lru_cache(maxsize=512)
def _page(filters: frozenset[str], *, seek: bool, descending: bool) -> Select[Any]:
    return ordered(_filtered(filters), (activity.c.event_at, activity.c.pk), descending=descending, seek=seek)


@lru_cache(maxsize=512)
def _count(filters: frozenset[str]) -> Select[Any]:
    return counted(_filtered(filters))


def _filtered(filters: frozenset[str]) -> Select[Any]:
    conditions: dict[str, ColumnElement[bool]] = {
        **{name: activity.c[name] == bindparam(name) for name in ("workspace_pk", "account_id")},
        **{name: activity.c[name] == bindparam(name) for name in ("actor_id", "target_id", "action")},
        "noun": activity.c.action >= bindparam("noun"),
        "noun_end": activity.c.action < bindparam("noun_end"),
        "since": activity.c.event_at >= bindparam("since"),
        "until": activity.c.event_at < bindparam("until"),
    }
    return select(activity).where(*(conditions[name] for name in sorted(filters)))


def _entry(row: Row[Any]) -> Activity:
    return Activity(
        id=row.id,
        event_at=moment(row.event_at),
        actor=Actor(type=ActorType(row.actor_type), id=row.actor_id, name=row.actor_name, token_id=row.token_id),
        action=row.action,
        targets=[Target(type=TargetType(row.target_type), id=row.target_id, name=row.target_name)],
        before=msgspec.json.decode(row.before) if row.before else None,
        after=msgspec.json.decode(row.after) if row.after else None,
        context=ActivityContext(
            source=From(row.source), ip=row.ip, device=row.device, request_id=row.request_id, group=row.group_id
        ),
    )
