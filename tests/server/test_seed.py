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
    assert len(met) >= 5
    kinds, sources, roles, statuses = (set(column) for column in zip(*met, strict=True))
    assert (kinds, sources) == ({"personal", "shared"}, {"scratch", "github", "sso"})
    assert (len(roles), len(statuses)) == (3, 2)
    assert (2_000,) in sizes


def test_everybody_is_made_up_and_lives_in_a_reserved_domain(tmp_path: Path) -> None:
    with seeded(tmp_path / "demo.db") as store:
        domains = rows(store, "select distinct substr(email, instr(email, '@') + 1) from users")
    assert {str(domain) for (domain,) in domains} <= {"example.org", "example.net", "example.com"}


def test_the_same_moment_makes_the_same_data(tmp_path: Path) -> None:
    tables = ("users", "workspaces", "members", "tokens", "invites", "activity")
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


def test_there_are_tokens_of_every_kind_mine_and_others(tmp_path: Path) -> None:
    with seeded(tmp_path / "demo.db") as store:
        tokens = rows(store, "select user_id, status, last_used_at, expires_at, created_at, disabled_by_id from tokens")
        [(me,)] = rows(store, "select embedded_user_id from server")
        untold = rows(store, "select id from tokens where id not in (select target_id from activity)")
        unfound = rows(store, "select id from tokens where pk not in (select rowid from tokens_words)")
    for states in ([row for row in tokens if row[0] == me], [row for row in tokens if row[0] != me]):
        assert {row[1] for row in states} == {0, 1}
        assert any(row[2] == 0 for row in states)
        assert any(0 < int(str(row[3])) <= NOW for row in states)
        assert any(NOW < int(str(row[3])) < NOW + 7 * 86_400_000_000 for row in states)
        assert all(int(str(row[2])) <= NOW and int(str(row[4])) <= NOW for row in states)
    assert (untold, unfound) == ([], [])


def test_there_are_invites_in_every_state_and_six_pending_in_acme(tmp_path: Path) -> None:
    acme = "workspace_pk = (select pk from workspaces where name = 'acme')"
    with seeded(tmp_path / "demo.db") as store:
        states = rows(store, f"select distinct state from invites where {acme}")  # noqa: S608 - our own words
        [(pending,)] = rows(
            store,
            f"select count(*) from invites where {acme} and state = 'pending'"  # noqa: S608 - as above
            f" and (expires_at = 0 or expires_at > {NOW})",
        )
        mails = rows(store, "select distinct mail from invites where state = 'pending'")
        revoked = rows(store, "select distinct revoked_by from invites where state = 'revoked'")
        known = rows(store, "select i.id from invites i join users u on u.email = i.email where i.state <> 'accepted'")
        untold = rows(store, "select id from invites where id not in (select target_id from activity)")
        unfound = rows(store, "select id from invites where pk not in (select rowid from invites_words)")
    assert {state for (state,) in states} == {"pending", "accepted", "used_up", "revoked"}
    assert pending == 6
    assert {mail for (mail,) in mails} == {"sent", "failed", "shown", None}
    assert {by for (by,) in revoked} == {"grace", "inviter_lost_rights"}
    assert known == untold == unfound == []
