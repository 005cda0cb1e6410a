"""The demo's data: every kind of workspace, the same each time, as large as one likes."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import text

from tui.server import seed
from tui.server.storage.engine import Store

NOW = 1_790_000_000_000_000


@contextmanager
def seeded(file: Path, members: int = 0) -> Iterator[Store]:
    store = Store.open(f"sqlite:///{file}")
    try:
        seed.seed(store, NOW, members)
        yield store
    finally:
        store.close()


def rows(store: Store, query: str) -> list[tuple[object, ...]]:
    with store.reading() as connection:
        return [tuple(row) for row in connection.execute(text(query))]


def test_the_person_at_the_keyboard_meets_every_kind_source_role_and_status(tmp_path: Path) -> None:
    with seeded(tmp_path / "demo.db") as store:
        met = rows(
            store,
            "select w.kind, w.source, m.role, m.status from members m join workspaces w on w.pk = m.workspace_pk"
            " join server s on s.embedded_user_id = m.user_id",
        )
        sizes = rows(store, "select sum(n) from member_counts group by workspace_pk")
    assert len(met) >= 6
    kinds, sources, roles, statuses = (set(column) for column in zip(*met, strict=True))
    assert (kinds, sources) == ({"personal", "shared"}, {"scratch", "github", "sso"})
    assert (len(roles), len(statuses)) == (3, 2)
    assert (2_000,) in sizes


def test_everybody_is_made_up_and_lives_in_a_reserved_domain(tmp_path: Path) -> None:
    with seeded(tmp_path / "demo.db") as store:
        domains = rows(store, "select distinct substr(email, instr(email, '@') + 1) from users")
    assert {str(domain) for (domain,) in domains} <= {"example.org", "example.net", "example.com"}


def test_the_same_moment_makes_the_same_data(tmp_path: Path) -> None:
    tables = ("users", "workspaces", "members", "activity")
    with seeded(tmp_path / "one.db") as one, seeded(tmp_path / "other.db") as other:
        for table in tables:
            assert rows(one, f"select * from {table}") == rows(other, f"select * from {table}")  # noqa: S608 - our own names


def test_one_more_workspace_has_as_many_members_as_asked(tmp_path: Path) -> None:
    with seeded(tmp_path / "demo.db", members=5_000) as store:
        counted = rows(
            store,
            "select sum(n) from member_counts c join workspaces w on w.pk = c.workspace_pk where w.name = 'lighthouse'",
        )
    assert counted == [(5_000,)]
