"""M4: opening a list of a million members costs what opening one of ten thousand does."""

import time
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

from tui.backend.embedded import FILE_NAME
from tui.domain.queries import Place
from tui.domain.roles import ROLES, Role, Status
from tui.folders import Folders
from tui.server.storage import member_pages
from tui.server.storage.engine import Store
from tui.server.storage.member_pages import SORTS, MemberFilter
from tui.server.storage.members import STATUSES, MemberRow

SMALL_PK, LARGE_PK = 2, 3
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


@pytest.fixture(scope="module")
def store(million: Path) -> Generator[Store]:
    store = Store.open(f"sqlite:///{Folders.within(million).data / FILE_NAME}")
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
