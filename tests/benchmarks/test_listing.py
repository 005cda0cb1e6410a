"""M4: opening a list of a million members costs what opening one of ten thousand does."""

import statistics
import time
from collections.abc import Generator, Iterator

import pytest

from tui.domain.queries import Place
from tui.domain.roles import ROLES, JoinedBy, Kind, Role, Source, Status
from tui.server.storage import loading, member_pages
from tui.server.storage.engine import Store
from tui.server.storage.loading import LoadedMember, LoadedUser, LoadedWorkspace
from tui.server.storage.member_pages import SORTS, MemberFilter
from tui.server.storage.members import STATUSES

SMALL, LARGE = 10_000, 1_000_000
SMALL_PK, LARGE_PK = 1, 2
RATIO = 2
ROUNDS = 15

FILTERS = {
    "all": (ROLES, STATUSES),
    "owners": ((Role.OWNER,), STATUSES),
    "managers": ((Role.MANAGER,), STATUSES),
    "disabled": (ROLES, (Status.DISABLED,)),
    "disabled managers": ((Role.MANAGER,), (Status.DISABLED,)),
}

pytestmark = pytest.mark.benchmark


def people() -> Iterator[LoadedUser]:
    for n in range(LARGE):
        name = f"{n * 7919 % LARGE:07}"
        yield LoadedUser(f"us-{n:020}", f"u-{name}", f"Person {name[::-1]}", f"{name}@example.org", 1)


def seats() -> Iterator[LoadedMember]:
    """A small workspace and a large one: 50 Owners, one Manager in a hundred, three in a hundred disabled."""
    for pk, size in ((SMALL_PK, SMALL), (LARGE_PK, LARGE)):
        for n, user in zip(range(size), people(), strict=False):
            role = Role.OWNER if n % (size // 50) == 0 else Role.MANAGER if n % 100 == 1 else Role.USER
            status = Status.DISABLED if n * 13 % 100 < 3 else Status.ACTIVE
            yield LoadedMember(pk, user, role, status, JoinedBy.LINK, n, n * 31 % size)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Generator[Store]:
    store = Store.open(f"sqlite:///{tmp_path_factory.mktemp('million') / 'workspaces.db'}")
    loading.load(
        store,
        users=people(),
        workspaces=[
            LoadedWorkspace(pk, f"ac-{pk:020}", f"workspace-{pk}", Kind.SHARED, Source.SCRATCH, 1)
            for pk in (SMALL_PK, LARGE_PK)
        ],
        members=seats(),
    )
    yield store
    store.close()


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("filtered", FILTERS)
def test_M4_the_first_page_of_a_million_costs_what_one_of_ten_thousand_does(
    store: Store, sort: str, filtered: str
) -> None:
    roles, statuses = FILTERS[filtered]

    def opened(workspace_pk: int) -> float:
        asked = MemberFilter(workspace_pk, frozenset(roles), frozenset(statuses), sort=sort)
        began = time.perf_counter()
        with store.reading() as connection:
            assert len(member_pages.read(connection, asked, Place(limit=100)).items) >= min(3, 100)
        return time.perf_counter() - began

    times = [(opened(SMALL_PK), opened(LARGE_PK)) for _ in range(ROUNDS)]
    small, large = (statistics.median(column) for column in zip(*times[1:], strict=True))
    assert large / small <= RATIO, f"{large * 1000:.2f} ms against {small * 1000:.2f} ms"
