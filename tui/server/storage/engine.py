"""One database, SQLite or PostgreSQL: connections, transactions, and what can go wrong with them."""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import Connection as SQLiteConnection
from typing import Any, Self

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.engine.default import DefaultExecutionContext
from sqlalchemy.exc import DatabaseError, DataError, IntegrityError, InterfaceError, ProgrammingError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from tui.domain.errors import Refused

PATIENCE = 5
"""Seconds that a call waits for its turn before it is refused."""

RETRY_AFTER = 2
READERS = 4
WRITERS = 4

READ, WRITE = "BEGIN", "BEGIN IMMEDIATE"
"""How a transaction begins on SQLite."""

_BUSY = ("locked", "busy", "timeout", "55P03", "40P01", "40001", "57014")
_FULL = ("disk is full", "disk full", "53100")
_READONLY = ("readonly", "read-only", "25006")


class SchemaTooNew(Exception):
    """A newer program made this database; `str()` is one sentence for a person."""


class Store:
    """A database, open. Every method may be called from any thread."""

    def __init__(self, url: URL, *, cache_mib: int = 64) -> None:
        self.url = url
        self.dialect = url.get_backend_name()
        if self.dialect == "sqlite":
            self._reader = _sqlite(url, READ, cache_mib, size=READERS)
            self._writer = _sqlite(url, WRITE, cache_mib)
            self._spare = _sqlite(url, WRITE, 1, patience=0)
        else:
            self._writer = _postgresql(url, size=WRITERS)
            self._reader = _postgresql(url, size=READERS).execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )
            self._spare = _postgresql(url, patience=0)
        event.listen(self._writer, "after_cursor_execute", _note_logged_writes)

    @classmethod
    def open(cls, url: str, *, cache_mib: int = 64) -> Self:
        """The database at a URL, made or brought up to this program's schema first.

        `cache_mib` is the memory that each SQLite connection may take. Raises `SchemaTooNew`, and
        `Refused("unavailable")` where the database cannot be read or stays locked.
        """
        from tui.server.storage.schema import bring_up_to_date  # noqa: PLC0415 - it needs this module

        parsed = make_url(url)
        if parsed.get_backend_name() == "postgresql":
            parsed = parsed.set(drivername="postgresql+psycopg")
        store = cls(parsed, cache_mib=cache_mib)
        try:
            bring_up_to_date(store)
        except BaseException:
            store.close()
            raise
        return store

    @property
    def path(self) -> Path | None:
        """The file of an SQLite database."""
        return Path(self.url.database or "") if self.dialect == "sqlite" else None

    def close(self) -> None:
        for engine in (self._reader, self._writer, self._spare):
            engine.dispose()

    def check(self) -> None:
        """Raises `Refused("unavailable")` when the database does not answer."""
        with self.reading() as connection:
            connection.execute(text("SELECT 1"))

    @contextmanager
    def reading(self) -> Generator[Connection]:
        """One state of the database, whoever writes meanwhile; waits for no writer."""
        with _spoken(), self._reader.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Generator[Connection]:
        """A transaction that is committed at the end, or leaves nothing behind."""
        with _spoken(), self._writer.begin() as connection:
            connection.info["unlogged"] = False
            yield connection

    @contextmanager
    def attempting(self) -> Generator[Connection]:
        """A writing transaction that waits for nobody: refused at once when another one writes."""
        with _spoken(), self._spare.begin() as connection:
            yield connection


def _sqlite(url: URL, begin: str, cache_mib: int, *, size: int = 1, patience: int = PATIENCE) -> Engine:
    engine = create_engine(
        url,
        pool_size=size,
        max_overflow=0,
        pool_timeout=patience,
        hide_parameters=True,
        connect_args={"isolation_level": None, "check_same_thread": False, "timeout": patience},
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: SQLiteConnection, _: object) -> None:
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA temp_store=MEMORY")
        connection.execute(f"PRAGMA query_only={int(begin == READ)}")
        connection.execute(f"PRAGMA cache_size=-{cache_mib * 1024}")

    @event.listens_for(engine, "begin")
    def start(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def _postgresql(url: URL, *, size: int = 1, patience: int = PATIENCE) -> Engine:
    return create_engine(
        url,
        pool_size=size,
        max_overflow=0,
        pool_timeout=patience,
        hide_parameters=True,
        connect_args={"options": f"-c lock_timeout={max(patience * 1000, 1)}", "connect_timeout": PATIENCE},
    )


def _note_logged_writes(
    connection: Connection, _cursor: Any, _sql: str, _parameters: Any, context: DefaultExecutionContext, _many: bool
) -> None:
    """Remembers that something was changed that the activity log must tell of (A1)."""
    compiled = context.compiled
    if compiled is not None and (context.isinsert or context.isupdate or context.isdelete):
        table = getattr(compiled.statement, "table", None)
        if table is not None and table.info.get("logged"):
            connection.info["unlogged"] = True


@contextmanager
def _spoken() -> Generator[None]:
    """What goes wrong with the database itself, as one sentence."""
    try:
        yield
    except PoolTimeout as wrong:
        raise _unavailable("The service is busy. Try again in a moment.") from wrong
    except (DataError, IntegrityError, ProgrammingError):
        raise
    except (DatabaseError, InterfaceError) as wrong:
        raise _unavailable(_sentence(wrong)) from wrong


def _unavailable(detail: str) -> Refused:
    return Refused("unavailable", detail, retry_after=RETRY_AFTER)


def _sentence(wrong: DatabaseError | InterfaceError) -> str:
    said = f"{getattr(wrong.orig, 'sqlstate', '')} {wrong.orig}"
    if any(word in said for word in _FULL):
        return "The disk of the database is full. Nothing was changed; make room and try again."
    if any(word in said for word in _READONLY):
        return "The database may only be read. Nothing was changed."
    if any(word in said for word in _BUSY):
        return "The database is busy. Nothing was changed; try again in a moment."
    return "The database cannot be reached or read. Nothing was changed."
