"""The database's own index of the words that members, invites and tokens are found by (M4).

SQLite: FTS5 over the row ids of one workspace. PostgreSQL: GIN over lexemes that begin with the
workspace's number, so that one workspace is one range of that index too.
"""

from collections.abc import Iterable
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Select,
    Table,
    bindparam,
    cast,
    column,
    func,
    literal_column,
    select,
    table,
)
from sqlalchemy.dialects.postgresql import TSQUERY

from tui.domain.folding import words
from tui.server.storage.tables import invites, members, tokens

SEARCHED = (members, invites, tokens)
"""The tables with an index of their `words`."""


def _create_sqlite(name: str) -> tuple[str, ...]:
    index = f"{name}_words"
    forget = f"INSERT INTO {index}({index}, rowid, words) VALUES ('delete', old.pk, old.words);"  # noqa: S608  # our own tables' names
    learn = f"INSERT INTO {index}(rowid, words) VALUES (new.pk, new.words);"  # noqa: S608  # our own tables' names
    return (
        f"CREATE VIRTUAL TABLE {index} USING fts5(words, content='{name}', content_rowid='pk',"
        " tokenize='ascii', prefix='1 2 3', detail='none', columnsize=0)",
        f"CREATE TRIGGER {index}_insert AFTER INSERT ON {name} BEGIN {learn} END",
        f"CREATE TRIGGER {index}_delete AFTER DELETE ON {name} BEGIN {forget} END",
        f"CREATE TRIGGER {index}_update AFTER UPDATE OF words ON {name} BEGIN {forget} {learn} END",
    )


def _create_postgresql(name: str) -> tuple[str, ...]:
    return (f"CREATE INDEX {name}_words ON {name} USING gin (array_to_tsvector(string_to_array(words, ' ')))",)


CREATE = {
    "sqlite": tuple(statement for table in SEARCHED for statement in _create_sqlite(table.name)),
    "postgresql": tuple(statement for table in SEARCHED for statement in _create_postgresql(table.name)),
}
"""What makes the indexes, by database; each of these is a part of the schema."""

_SHIFT = 32


def row_pk(workspace_pk: int, n: int) -> int:
    """The row id of a workspace's member, invite or token number n."""
    return (workspace_pk << _SHIFT) + n


def pk_range(workspace_pk: int) -> tuple[int, int]:
    """The first and last row id that a workspace's members, invites or tokens can have."""
    return row_pk(workspace_pk, 0), row_pk(workspace_pk + 1, -1)


def kept_words(dialect: str, workspace_pk: int, texts: Iterable[str | None]) -> str:
    """What a row is found by, as its `words` hold it."""
    found = sorted({word for text in texts if text for word in words(text)})
    if dialect == "postgresql":
        found = [f"{workspace_pk}/{word}" for word in found]
    return " ".join(found)


def sought(dialect: str, workspace_pk: int, q: str) -> dict[str, Any]:
    """What `found` binds for a search: every word the beginning of one that is kept."""
    if dialect == "postgresql":
        return {"sought": " & ".join(f"'{workspace_pk}/{word}':*" for word in words(q))}
    first, last = pk_range(workspace_pk)
    return {"sought": " ".join(f'"{word}"*' for word in words(q)), "first": first, "last": last}


def found(dialect: str, searched: Table, columns: Iterable[ColumnElement[Any]]) -> Select[Any]:
    """The rows whose words match the bound `sought`, in the range `first` to `last` of row ids."""
    if dialect == "postgresql":
        vector = func.array_to_tsvector(func.string_to_array(searched.c.words, " "))
        return select(*columns).where(vector.bool_op("@@")(cast(bindparam("sought"), TSQUERY)))
    hits = _hits(f"{searched.name}_words")
    return select(*columns).select_from(hits.join(searched, searched.c.pk == hits.c.pk))


def _hits(name: str) -> FromClause:
    index = table(name, column("rowid"), column("words"))
    return (
        select(index.c.rowid.label("pk"))
        .where(literal_column(name).op("MATCH")(bindparam("sought")))
        .where(index.c.rowid.between(bindparam("first"), bindparam("last")))
        .subquery()
    )


def next_pk(connection: Connection, searched: Table, workspace_pk: int) -> int:
    """The row id of the next row of a workspace, which must be locked, or new."""
    first, last = pk_range(workspace_pk)
    newest = connection.execute(_last_pk(searched), {"first": first, "last": last}).scalar()
    return int(first if newest is None else newest) + 1


@cache
def _last_pk(searched: Table) -> Select[Any]:
    pk = searched.c.pk
    return select(pk).where(pk.between(bindparam("first"), bindparam("last"))).order_by(pk.desc()).limit(1)
