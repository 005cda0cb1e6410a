"""A database that was filled at once is like one that grew."""

from pathlib import Path

import pytest

from tests.server.people import DEVICE
from tui.domain.activity import From, TargetType
from tui.domain.github import GithubOrg
from tui.domain.members import MemberPatch
from tui.domain.queries import ActivityQuery, ListQuery, Place
from tui.domain.roles import ROLES, JoinedBy, Kind, Role, Source, Status
from tui.server.caller import Caller
from tui.server.services import accounts, activity, members, workspaces
from tui.server.storage import loading
from tui.server.storage import server as server_rows
from tui.server.storage.engine import Store
from tui.server.storage.loading import LoadedEntry, LoadedMember, LoadedUser, LoadedWorkspace

PEOPLE = [LoadedUser(f"us-{n:020}", f"person-{n}", f"Zoë {n}", f"p{n}@example.org", 1) for n in range(30)]
PLACES = [
    LoadedWorkspace(1, f"ac-{1:020}", "acme", Kind.SHARED, Source.GITHUB, 1, GithubOrg("7", "acme-org")),
    LoadedWorkspace(2, f"ac-{2:020}", "person-0", Kind.PERSONAL, Source.SCRATCH, 1),
]
SEATS = [
    LoadedMember(1, user, ROLES[0] if n == 0 else ROLES[n % 3], Status.ACTIVE, JoinedBy.EMAIL, n, n)
    for n, user in enumerate(PEOPLE)
] + [LoadedMember(2, PEOPLE[0], Role.OWNER, Status.ACTIVE, JoinedBy.CREATED, 1)]
ENTRY = LoadedEntry(
    f"ev-{1:020}",
    5,
    1,
    PEOPLE[0].id,
    "person-0",
    "members.set_role",
    TargetType.MEMBER,
    PEOPLE[1].id,
    "person-1",
    '{"role": "user"}',
    '{"role": "manager"}',
    From.APP,
)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.open(f"sqlite:///{tmp_path / 'loaded.db'}")


def test_what_was_loaded_is_listed_searched_counted_and_changed(store: Store) -> None:
    told: list[tuple[str, int]] = []
    loading.load(
        store,
        users=PEOPLE,
        workspaces=PLACES,
        members=SEATS,
        activity=[ENTRY],
        progress=lambda what, n: told.append((what, n)),
    )
    with store.writing() as connection:
        server_rows.set_embedded_user(connection, PEOPLE[0].id)
    welcome = accounts.embedded_session(store, "anybody", DEVICE)
    assert welcome.session
    assert welcome.secret
    me = Caller(From.APP, "request", credential=(welcome.session.id, welcome.secret))
    acme = PLACES[0].id
    assert [row.name for row in workspaces.list(store, me, ListQuery(), Place()).items] == ["acme", "person-0"]
    assert workspaces.get(store, me, acme).active_members == len(PEOPLE)
    assert members.list(store, me, acme, ListQuery(q="zoe 12"), Place()).total == 1
    assert members.update(store, me, acme, PEOPLE[1].id, MemberPatch(role="user"), 1).role == Role.USER
    assert [entry.id for entry in activity.list(store, me, acme, ActivityQuery(), Place()).items][-1] == ENTRY.id
    assert ("members", len(SEATS)) in told
    store.close()
