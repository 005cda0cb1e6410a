"""The database's own index of the words that members are found by (M4).

SQLite: FTS5 over the row ids of one workspace. PostgreSQL: GIN over lexemes that begin with the
workspace's number, so that one workspace is one range of that index too.
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, bindparam, cast, column, func, literal_column, select, table
from sqlalchemy.dialects.postgresql import TSQUERY

from tui.domain.folding import words
from tui.server.storage.tables import members

CREATE = {
    "sqlite": (
        "CREATE VIRTUAL TABLE members_words USING fts5(words, content='members', content_rowid='pk',"
        " tokenize='ascii', prefix='1 2 3', detail='none', columnsize=0)",
        "CREATE TRIGGER members_words_insert AFTER INSERT ON members BEGIN"
        " INSERT INTO members_words(rowid, words) VALUES (new.pk, new.words); END",
        "CREATE TRIGGER members_words_delete AFTER DELETE ON members BEGIN"
        " INSERT INTO members_words(members_words, rowid, words) VALUES ('delete', old.pk, old.words); END",
        "CREATE TRIGGER members_words_update AFTER UPDATE OF words ON members BEGIN"
        " INSERT INTO members_words(members_words, rowid, words) VALUES ('delete', old.pk, old.words);"
        " INSERT INTO members_words(rowid, words) VALUES (new.pk, new.words); END",
    ),
    "postgresql": ("CREATE INDEX members_words ON members USING gin (array_to_tsvector(string_to_array(words, ' ')))",),
}
"""What makes the index, by database; each of these is a part of the schema."""

_SHIFT = 32


def member_pk(workspace_pk: int, n: int) -> int:
    """The row id of a workspace's member number n."""
    return (workspace_pk << _SHIFT) + n


def pk_range(workspace_pk: int) -> tuple[int, int]:
    """The first and last row id that a workspace's members can have."""
    return member_pk(workspace_pk, 0), member_pk(workspace_pk + 1, -1)


def kept_words(dialect: str, workspace_pk: int, texts: Iterable[str | None]) -> str:
    """What a member is found by, as `members.words` holds it."""
    found = sorted({word for text in texts if text for word in words(text)})
    if dialect == "postgresql":
        found = [f"{workspace_pk}/{word}" for word in found]
    return " ".join(found)


def sought(dialect: str, workspace_pk: int, q: str) -> str:
    """A search as the index wants it: every word the beginning of one that is kept."""
    if dialect == "postgresql":
        return " & ".join(f"'{workspace_pk}/{word}':*" for word in words(q))
    return " ".join(f'"{word}"*' for word in words(q))


def found(dialect: str, columns: Iterable[ColumnElement[Any]]) -> Select[Any]:
    """The members whose words match the bound `sought`, in the range `first` to `last` of row ids."""
    if dialect == "postgresql":
        vector = func.array_to_tsvector(func.string_to_array(members.c.words, " "))
        return select(*columns).where(vector.bool_op("@@")(cast(bindparam("sought"), TSQUERY)))
    hits = _hits()
    return select(*columns).select_from(hits.join(members, members.c.pk == hits.c.pk))


def _hits() -> FromClause:
    index = table("members_words", column("rowid"), column("words"))
    return (
        select(index.c.rowid.label("pk"))
        .where(literal_column("members_words").op("MATCH")(bindparam("sought")))
        .where(index.c.rowid.between(bindparam("first"), bindparam("last")))
        .subquery()
    )
