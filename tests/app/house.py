"""A home with a life behind it: the same people, ids and moments every time."""

import random
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch
from zoneinfo import ZoneInfo

import time_machine
from sqlalchemy import Connection, select, update

from tests.app.invite_house import tell_invites
from tests.app.token_house import tell_tokens
from tui.backend.embedded import FILE_NAME, open_embedded
from tui.backend.protocol import Backend
from tui.domain.programs import Program
from tui.domain.roles import JoinedBy, Kind, Role, Status
from tui.domain.users import DeviceAsk
from tui.folders import Folders
from tui.server.services.accounts import embedded_session, end_embedded_session
from tui.server.storage import activity, members, sessions, tables, users, workspaces
from tui.server.storage.engine import Store
from tui.server.storage.times import micros

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=ZoneInfo("UTC"))
ME = "grace-holm"
CROWD = 120
"""Further members of acme, who have no story."""

_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


class Somebody(NamedTuple):
    username: str
    name: str
    role: Role = Role.USER
    last_active: timedelta | None = None
    disabled: bool = False


PEOPLE = (
    Somebody("ada-fern", "Ada Fern", Role.OWNER, 2 * _MINUTE),
    Somebody("alan-moss", "Alan Moss", Role.MANAGER, _HOUR),
    Somebody("barbara-lake", "Barbara Lake", Role.USER, _DAY),
    Somebody("dennis-rook", "Dennis Rook", Role.USER, 3 * _DAY),
    Somebody("donald-pine", "Donald Pine", Role.USER, 21 * _DAY, disabled=True),
    Somebody("edsger-vale", "Edsger Vale", Role.MANAGER, 12 * _MINUTE),
    Somebody("frances-bell", "Frances Bell", Role.USER),
    Somebody("jean-birch", "Jean Birch", Role.USER, 5 * _DAY),
    Somebody("johan-stone", "Johan Stone", Role.USER, 8 * _DAY),
    Somebody("katya-brook", "Katya Brook", Role.USER, 2 * _HOUR),
    Somebody("ken-ash", "Ken Ash", Role.USER, 40 * _MINUTE),
    Somebody("leslie-thorn", "Leslie Thorn", Role.USER, 6 * _DAY),
    Somebody("margit-reed", "Margit Reed", Role.MANAGER, _DAY),
    Somebody("niko-wirt", "Niko Wirt", Role.USER, 70 * _DAY, disabled=True),
    Somebody("radia-finch", "Radia Finch", Role.USER, 4 * _HOUR),
    Somebody("tony-hale", "Tony Hale", Role.USER, 9 * _DAY),
)


def build(home: Path) -> None:
    """Fills an empty home: acme (mine, 137 members), two others' workspaces, one where I am disabled."""
    with _settled(), _store(home) as store:
        welcome = embedded_session(store, ME, DeviceAsk("desk", "linux", "app 1.0"))
        if welcome.session:
            end_embedded_session(store, welcome.session.id)
        with store.writing() as connection:
            _tell(connection, welcome.user.id)


def credential(home: Path, username: str) -> str:
    """A new session of somebody in this home, as `<id>.<secret>`."""
    with _store(home) as store, store.writing() as connection:
        user_id = connection.execute(select(tables.users.c.id).where(tables.users.c.username == username)).scalar_one()
        now = micros(datetime.now(UTC))
        return ".".join(sessions.create(connection, user_id, DeviceAsk("lap", "linux", "app 1.0"), None, now))


@asynccontextmanager
async def somebody(home: Path, username: str) -> AsyncGenerator[Backend]:
    """Somebody else at work on the same data, from another process as it were, at the moment that the home knows."""
    folder = Folders.within(home).data
    with time_machine.travel(NOW, tick=False):
        backend = await open_embedded(folder, "", credential(home, username), Program.CLI)
        try:
            yield backend
        finally:
            await backend.close()


def call_somebody(home: Path, username: str, name: str) -> None:
    """Gives a user a display name that no service of ours would take."""
    with _store(home) as store, store.writing() as connection:
        connection.execute(update(tables.users).where(tables.users.c.username == username).values(display_name=name))


@contextmanager
def _settled() -> Iterator[None]:
    """A year ago, with ids that are the same every time."""
    choose = random.Random(7).choice  # noqa: S311  # ids of a test
    with time_machine.travel(NOW - 365 * _DAY, tick=False), patch("secrets.choice", choose):
        yield


@contextmanager
def _store(home: Path) -> Iterator[Store]:
    data = Folders.within(home).data
    data.mkdir(parents=True, exist_ok=True)
    store = Store.open(f"sqlite:///{data / FILE_NAME}")
    try:
        yield store
    finally:
        store.close()


def _tell(connection: Connection, me: str) -> None:
    connection.execute(update(tables.users).where(tables.users.c.id == me).values(display_name="Grace Holm"))
    acme = _workspace(connection, "acme")
    _seat(connection, acme, me, Role.OWNER, timedelta(0))
    ids = {}
    for somebody in PEOPLE:
        ids[somebody.username] = _person(connection, somebody.username, somebody.name)
        _seat(connection, acme, ids[somebody.username], somebody.role, somebody.last_active, disabled=somebody.disabled)
    for number in range(CROWD):
        _seat(connection, acme, _person(connection, f"zoe-{number:03}", f"Zoe Number {number}"), Role.USER, None)
    _others(connection, me, ids)
    _history(connection, acme, me, ids)
    tell_tokens(connection, acme, {**ids, ME: me}, NOW)
    tell_invites(connection, acme, {**ids, ME: me}, NOW)


def _others(connection: Connection, me: str, ids: dict[str, str]) -> None:
    engine = _workspace(connection, "analytical-engine")
    _seat(connection, engine, ids["ada-fern"], Role.OWNER, None)
    _seat(connection, engine, me, Role.MANAGER, None)
    labs = _workspace(connection, "labs")
    _seat(connection, labs, ids["ada-fern"], Role.OWNER, None)
    _seat(connection, labs, me, Role.USER, None, disabled=True)
    research = _workspace(connection, "navy-research")
    _seat(connection, research, ids["alan-moss"], Role.OWNER, None)
    _seat(connection, research, me, Role.USER, None)


def _workspace(connection: Connection, name: str) -> int:
    added = workspaces.add(connection, Kind.SHARED, name, micros(NOW - 300 * _DAY))
    assert added
    return added.pk


def _person(connection: Connection, username: str, name: str) -> str:
    added = users.add(connection, username, name, f"{username}@example.org", micros(NOW - 300 * _DAY))
    assert added
    return added


def _seat(
    connection: Connection, pk: int, user_id: str, role: Role, last_active: timedelta | None, *, disabled: bool = False
) -> None:
    members.add(connection, pk, user_id, role, joined_by=JoinedBy.LINK, now=micros(NOW - 200 * _DAY))
    row = members.of_users(connection, pk, [user_id])[user_id]
    if disabled:
        changed = row._replace(
            status=Status.DISABLED, disabled_at=micros(NOW - 20 * _DAY), disabled_by="ada-fern", version=2
        )
        members.save(connection, pk, [members.Change(row, changed)])
    if last_active is not None:
        seen = {"last_active_at": micros(NOW - last_active)}
        connection.execute(update(tables.members).where(tables.members.c.pk == row.pk).values(seen))


def _history(connection: Connection, acme: int, me: str, ids: dict[str, str]) -> None:
    names = list(ids)
    for number in range(40):
        name = names[number % len(names)]
        _entry(
            connection,
            acme,
            ("ev-" + f"{number:020}", NOW - number * 7 * _HOUR),
            (me, ME) if number % 3 else (ids["ada-fern"], "ada-fern"),
            ("members.set_role", ids[name], name, {"role": "user"}, {"role": "manager"})
            if number % 2
            else ("members.set_status", ids[name], name, {"status": "active"}, {"status": "disabled"}),
        )


def _entry(connection: Connection, pk: int, what: Any, actor: tuple[str, str], change: Any) -> None:
    action, target_id, target_name, before, after = change
    entry = {
        "id": what[0],
        "event_at": micros(what[1]),
        "workspace_pk": pk,
        "account_id": None,
        "actor_type": "user",
        "actor_id": actor[0],
        "actor_name": actor[1],
        "token_id": None,
        "action": action,
        "target_type": "member",
        "target_id": target_id,
        "target_name": target_name,
        "before": activity.packed(before),
        "after": activity.packed(after),
        "source": "app",
        "ip": None,
        "device": "desk",
        "request_id": "5f0c2f9e",
        "group_id": None,
    }
    activity.add(connection, [entry])
