"""M4: opening a list of a million members costs what opening one of ten thousand does."""

import time
from collections.abc import Generator, Iterator
from typing import Any

import pytest

from tui.domain.queries import Place
from tui.domain.roles import ROLES, JoinedBy, Kind, Role, Source, Status
from tui.server.storage import loading, member_pages
from tui.server.storage.engine import Store
from tui.server.storage.loading import LoadedMember, LoadedUser, LoadedWorkspace
from tui.server.storage.member_pages import SORTS, MemberFilter
from tui.server.storage.members import STATUSES, MemberRow

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
            status = Status.DISABLED if n % 97 < 3 else Status.ACTIVE
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


def ratio(store: Store, asked: MemberFilter) -> float:
    """What a page of the large workspace costs, in pages of as many rows of the small one.

    Processor time, and the best of some rounds: the machine may have other work.
    """
    small = asked._replace(workspace_pk=SMALL_PK)
    rows = Place(limit=min(100, len(opened(store, small, Place(limit=100))[1])))
    times = [(opened(store, small, rows)[0], opened(store, asked, rows)[0]) for _ in range(ROUNDS)]
    return min(large for _, large in times) / min(small for small, _ in times)


def opened(store: Store, asked: MemberFilter, place: Place) -> tuple[float, list[MemberRow]]:
    """The seconds that a page took, and its rows, of which there are some."""
    began = time.thread_time()
    with store.reading() as connection:
        page = member_pages.read(connection, asked, place)
    assert page.items
    return time.thread_time() - began, page.items


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("filtered", FILTERS)
def test_M4_the_first_page_of_a_million_costs_what_one_of_ten_thousand_does(
    store: Store, sort: str, filtered: str
) -> None:
    roles, statuses = FILTERS[filtered]
    assert ratio(store, MemberFilter(LARGE_PK, frozenset(roles), frozenset(statuses), sort=sort)) <= RATIO


@pytest.mark.parametrize("narrowed", [{"exactly": ("u-0007919",)}, {"q": "u 0007919"}])
def test_M4_somebody_is_found_among_a_million_as_among_ten_thousand(store: Store, narrowed: dict[str, Any]) -> None:
    assert ratio(store, MemberFilter(LARGE_PK, frozenset(ROLES), frozenset(STATUSES), **narrowed)) <= RATIO
