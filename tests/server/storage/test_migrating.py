"""A database that the first version made, with people in it, is opened by this one."""

import sqlite3
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from alembic import command
from sqlalchemy import MetaData, insert, text

from tests.server.conftest import NewDatabase
from tests.server.people import Person, seat, sign_up
from tests.server.storage.test_schema import empty
from tui.domain.invites import InviteLinkAsk, InvitesAsk, ResendAsk
from tui.domain.queries import ActivityQuery, ListQuery, Place
from tui.domain.tokens import TokenAsk
from tui.domain.workspaces import Workspace
from tui.server.services import activity, invites, members, tokens, workspaces
from tui.server.services.letters import Way
from tui.server.storage.engine import Store
from tui.server.storage.migrations import running

FIRST = "0001"
DAY = 24 * 3600


@pytest.fixture
def ada(store: Store) -> Person:
    return sign_up(store, "ada", email="ada@example.org")


@pytest.fixture
def acme(store: Store, ada: Person) -> Workspace:
    """A workspace of two that was renamed once."""
    acme = workspaces.create(store, ada.caller, "acme-draft")
    seat(store, acme, sign_up(store, "grace", display_name="Grace Fern"))
    return workspaces.rename(store, ada.caller, acme.id, "acme", None)


@pytest.fixture
def old(store: Store, acme: Workspace, tmp_path: Path, new_database: NewDatabase) -> Generator[str]:
    """The URL of the same data in a database as the first version made it."""
    with made_by(FIRST, store, tmp_path, new_database) as url:
        yield url


@contextmanager
def made_by(version: str, store: Store, tmp_path: Path, new_database: NewDatabase) -> Generator[str]:
    """The URL of the same data in a database as a version made it."""
    folder = tmp_path / "old"
    folder.mkdir()
    with new_database(store.dialect, folder) as url:
        made = Store.open(url)
        empty(made)
        with made.writing() as connection:
            command.upgrade(running.config(connection), version)
        copy(store, made)
        made.close()
        yield url


def copy(store: Store, old: Store) -> None:
    """Puts every row into the tables that are there, as far as they have its columns."""
    there = MetaData()
    with store.reading() as source, old.writing() as target:
        there.reflect(target)
        for table in there.sorted_tables:
            if table.name == "alembic_version" or "_words" in table.name:
                continue
            named = ", ".join(f'"{column.name}"' for column in table.columns)
            rows = source.execute(text(f"SELECT {named} FROM {table.name}")).mappings().all()  # noqa: S608  # our own names
            if rows:
                target.execute(insert(table), [dict(row) for row in rows])
        if old.dialect == "postgresql":
            counted_on = "SELECT setval(pg_get_serial_sequence('activity', 'pk'), max(pk)) FROM activity"
            target.execute(text(counted_on))


def test_people_their_seats_and_their_logs_outlive_a_migration(old: str, ada: Person, acme: Workspace) -> None:
    with ThreadPoolExecutor(2) as threads:
        opened = list(threads.map(Store.open, [old, old]))
    store = opened[0]
    opened[1].close()
    with closing(store):
        found = members.list(store, ada.caller, acme.id, ListQuery(q="fern"), Place())
        told = activity.list(store, ada.caller, acme.id, ActivityQuery(), Place())
        made = tokens.create(store, ada.caller, acme.id, TokenAsk(name="ci", expires_in=None))
        listed = tokens.list(store, ada.caller, acme.id, ListQuery(q="ci"), Place())

    assert [member.username for member in found.items] == ["grace"]
    assert [entry.action for entry in told.items] == ["workspaces.rename", "workspaces.create"]
    assert [token.id for token in listed.items] == [made.token.id]


@pytest.mark.usefixtures("acme")
def test_a_copy_of_what_was_there_is_kept_beside_it(old: str, store: Store, tmp_path: Path) -> None:
    Store.open(old).close()

    if store.dialect == "sqlite":
        with closing(sqlite3.connect(tmp_path / "old" / f"workspaces.db.before-{FIRST}")) as kept:
            assert kept.execute("SELECT username FROM users ORDER BY username").fetchall() == [("ada",), ("grace",)]
            assert kept.execute("SELECT version_num FROM alembic_version").fetchall() == [(FIRST,)]


def test_I4_invites_get_the_lifetime_that_they_had_and_their_order(
    store: Store, ada: Person, acme: Workspace, tmp_path: Path, new_database: NewDatabase
) -> None:
    way = Way("https://example.org/i#", None)
    for email, lifetime in (("zoe@example.org", None), ("étoile@example.org", 30 * DAY), ("fern@example.org", DAY)):
        invites.send(store, ada.caller, acme.id, InvitesAsk([email], expires_in=lifetime), way=way)
    label = invites.link(store, ada.caller, acme.id, InviteLinkAsk(expires_in=DAY), way=way).invite
    with time_machine.travel(datetime.now(UTC) + timedelta(hours=1)):
        invites.resend(store, ada.caller, acme.id, label.id, ResendAsk(expires_in=2 * DAY), way=way)

    with made_by("0002", store, tmp_path, new_database) as url, closing(Store.open(url)) as opened:
        page = invites.list(opened, ada.caller, acme.id, ListQuery(sort="email"), Place())
        with opened.reading() as connection:
            rows = connection.execute(text("SELECT id, lifetime FROM invites"))
            kept = {row.id: row.lifetime for row in rows}

    assert [invite.email for invite in page.items] == [
        None,
        "étoile@example.org",
        "fern@example.org",
        "zoe@example.org",
    ]
    assert [kept[invite.id] for invite in page.items] == [2 * DAY, 30 * DAY, DAY, None]
