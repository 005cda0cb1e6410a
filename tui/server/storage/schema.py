"""The schema of a database: made at once when it is new, migrated when it is old, refused when it is newer."""

import sqlite3
from collections.abc import Generator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Connection, text
from sqlalchemy.exc import DatabaseError, OperationalError, ProgrammingError

from tui.domain.errors import Refused
from tui.server.storage import search
from tui.server.storage.engine import SchemaTooNew, Store
from tui.server.storage.tables import metadata

HEAD = "0003"
"""The newest migration; what `create` makes is what all of them together make."""

ADVISORY_LOCK = 7_305_811_520_114
"""The advisory lock that one migrating program holds on PostgreSQL."""

_LOCK_WAIT = 60
"""Seconds to wait for another program on this machine that is migrating."""

_VERSION_TABLE = (
    "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL,"
    " CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
)
_VERSION = text("SELECT version_num FROM alembic_version")


def bring_up_to_date(store: Store) -> None:
    """Makes or migrates the schema where it is not this program's; safe with several at once.

    Raises `SchemaTooNew` for a database of a newer program.
    """
    if _version(store) == HEAD:
        return
    with _alone(store):
        version = _version(store)
        if version is None:
            with store.writing() as connection:
                create(connection)
        elif version != HEAD:
            _migrate(store, version)


def create(connection: Connection) -> None:
    """Makes every table, index and trigger, and notes the version."""
    metadata.create_all(connection)
    for statement in search.CREATE[connection.dialect.name]:
        connection.exec_driver_sql(statement)
    connection.exec_driver_sql(_VERSION_TABLE)
    connection.execute(text("INSERT INTO alembic_version VALUES (:version)"), {"version": HEAD})


def _version(store: Store) -> str | None:
    """The version noted in the database; None where there is no schema yet."""
    if store.path is not None and not store.path.exists():
        return None
    try:
        with store.reading() as connection:
            return connection.execute(_VERSION).scalar()
    except (OperationalError, ProgrammingError, Refused) as wrong:
        if _is_missing_table(wrong):
            return None
        raise


def _is_missing_table(wrong: BaseException) -> bool:
    cause = wrong if isinstance(wrong, DatabaseError) else wrong.__cause__
    said = str(getattr(cause, "orig", ""))
    return "no such table" in said or "does not exist" in said


@contextmanager
def _alone(store: Store) -> Generator[None]:
    """While no other program makes or migrates this database."""
    if store.path is None:
        with store.writing() as connection:
            # A migration may take longer than a call waits for its turn; PostgreSQL frees the lock of a dead program.
            connection.execute(text("SET LOCAL lock_timeout = 0"))
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ADVISORY_LOCK})
            yield
        return
    from filelock import FileLock, Timeout  # noqa: PLC0415 - a database that is up to date needs no lock

    try:
        with FileLock(f"{store.path}.lock", timeout=_LOCK_WAIT, mode=0o600):
            _prepare_file(store.path)
            yield
    except (Timeout, OSError) as wrong:
        raise Refused("unavailable", f"The database {store.path} cannot be prepared: {wrong}.") from wrong


def _prepare_file(path: Path) -> None:
    """A file for its owner only, with a write-ahead log, so that readers wait for no writer."""
    path.touch(mode=0o600)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")


def _migrate(store: Store, version: str) -> None:
    from tui.server.storage.migrations import running  # noqa: PLC0415 - alembic takes 0.7 s to import

    if not running.knows(version):
        raise SchemaTooNew("A newer version of Workspaces made this database. Install that version to open it.")
    if store.path is not None:
        _copy(store.path, version)
    with store.writing() as connection:
        running.upgrade(connection)


def _copy(path: Path, version: str) -> None:
    """Keeps the database as it was before a migration, beside it."""
    kept = path.with_name(f"{path.name}.before-{version}")
    kept.touch(mode=0o600)
    with closing(sqlite3.connect(path)) as old, closing(sqlite3.connect(kept)) as copy:
        old.backup(copy)
