"""Making, migrating and refusing a database."""

import re
import sqlite3
import subprocess
import sys
from collections.abc import Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from filelock import FileLock
from sqlalchemy import Connection, Engine, MetaData, event, inspect, make_url, text

from tests.server.people import sign_up
from tui.domain.errors import Refused
from tui.server.services import accounts
from tui.server.storage import schema
from tui.server.storage.engine import SchemaTooNew, Store
from tui.server.storage.migrations import running
from tui.server.storage.tables import metadata

OPEN = """
import sys
from tui.server.storage.engine import Store
print("ready", flush=True)
sys.stdin.readline()
Store.open(sys.argv[1]).close()
"""


def empty(store: Store) -> None:
    """Takes the whole schema away."""
    with store.writing() as connection:
        if store.dialect == "sqlite":
            connection.execute(text("DROP TABLE members_words"))
        found = MetaData()
        found.reflect(connection)
        found.drop_all(connection)


def written(connection: Connection) -> Iterator[tuple[str, ...]]:
    """What a database says it is made of, in its own words."""
    query = {
        "sqlite": "SELECT type, name, sql FROM sqlite_master"
        " WHERE name NOT LIKE '%_words_%' AND name <> 'alembic_version'",
        "postgresql": "SELECT 'index', indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    }
    rows = connection.execute(text(query[connection.dialect.name]))
    for kind, name, sql in rows:
        # A column that was added later stands elsewhere, on a line with others.
        yield kind, name, *sorted(" ".join(part.split()) for part in re.split(r"[,\n()]", sql or "") if part.strip())


def test_the_newest_migration_is_the_one_that_a_new_database_notes() -> None:
    assert ScriptDirectory.from_config(running.config()).get_current_head() == schema.HEAD


def test_all_migrations_together_make_what_a_new_database_has(store: Store) -> None:
    with store.reading() as connection:
        made = sorted(written(connection))
        tables = set(inspect(connection).get_table_names())
    empty(store)
    with store.writing() as connection:
        running.upgrade(connection)
    with store.reading() as connection:
        assert sorted(written(connection)) == made
        assert set(inspect(connection).get_table_names()) == tables
        context = MigrationContext.configure(connection, opts={"include_name": _ours})
        assert compare_metadata(context, metadata) == []


def _ours(name: str | None, kind: str, _parents: object) -> bool:
    return not (name or "").startswith(("members_words", "invites_words", "tokens_words", "alembic"))


def test_opening_what_is_there_already_keeps_it_and_leaves_alembic_alone(database: str) -> None:
    first = Store.open(database)
    sign_up(first)
    first.close()
    look = "import sys; from tui.server.storage.engine import Store; Store.open(sys.argv[1]).close()"
    look += "; assert not {'alembic', 'filelock'} & set(sys.modules), 'too much was loaded'"
    subprocess.run([sys.executable, "-c", look, database], check=True)
    again = Store.open(database)
    assert not accounts.needs_set_up(again)
    again.close()


def test_several_programs_that_open_an_empty_database_at_once_make_it_once(store: Store, database: str) -> None:
    empty(store)
    programs = [
        subprocess.Popen(
            [sys.executable, "-c", OPEN, database], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _ in range(3)
    ]
    for program in programs:
        assert program.stdout
        assert program.stdout.readline() == "ready\n"
    for program in programs:
        program.communicate("go\n", timeout=60)
        assert program.returncode == 0
    sign_up(store)


@contextmanager
def migrating(store: Store) -> Generator[None]:
    """Another program makes or migrates a database."""
    if store.path:
        with FileLock(f"{store.path}.lock"):
            yield
    else:
        with store.writing() as connection:
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": schema.ADVISORY_LOCK})
            yield


@contextmanager
def impatient() -> Generator[None]:
    """PostgreSQL lets nobody wait for a lock as long as a long migration takes."""

    def hurry(connection: Any, _: object) -> None:
        if not isinstance(connection, sqlite3.Connection):
            connection.execute("SET lock_timeout = 50")
            connection.commit()

    event.listen(Engine, "connect", hurry)
    try:
        yield
    finally:
        event.remove(Engine, "connect", hurry)


def test_who_comes_while_another_program_migrates_waits_until_it_is_done(store: Store, database: str) -> None:
    empty(store)
    with ThreadPoolExecutor(1) as threads, impatient():
        with migrating(store):
            opening = threads.submit(Store.open, database)
            with pytest.raises(TimeoutError):
                opening.result(timeout=0.5)
        with closing(opening.result()) as opened:
            sign_up(opened)


def test_a_database_of_a_newer_program_is_left_as_it_is(store: Store, database: str) -> None:
    with store.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(SchemaTooNew, match="newer version"):
        Store.open(database)
    with store.reading() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == "9999"


def test_an_old_database_is_copied_before_it_is_migrated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = f"sqlite:///{tmp_path / 'old.db'}"
    old = Store.open(url)
    sign_up(old, "ada")
    old.close()
    kept = tmp_path / f"old.db.before-{schema.HEAD}"
    monkeypatch.setattr(schema, "HEAD", "0000")
    Store.open(url).close()
    with closing(sqlite3.connect(kept)) as copy:
        assert copy.execute("SELECT username FROM users").fetchall() == [("ada",)]
    assert kept.stat().st_mode & 0o077 == 0


def test_a_database_file_is_for_its_owner_only(tmp_path: Path) -> None:
    Store.open(f"sqlite:///{tmp_path / 'mine.db'}").close()
    assert (tmp_path / "mine.db").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("content", [b"not a database at all" * 100, b"SQLite format 3\0" + b"\xff" * 4096])
def test_a_file_that_is_no_database_is_refused_in_one_sentence(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "broken.db"
    file.write_bytes(content)
    with pytest.raises(Refused) as refused:
        Store.open(f"sqlite:///{file}")
    assert refused.value.code == "unavailable"
    assert file.read_bytes() == content


def test_a_server_that_is_away_is_refused_in_one_sentence() -> None:
    with pytest.raises(Refused) as refused:
        Store.open(str(make_url("postgresql://nobody@127.0.0.1:9/none")))
    assert refused.value.code == "unavailable"
