"""Homes to open the app on, and one with lists of a hundred, ten thousand and a million members."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.app.homes import home, lived_in
from tui.backend.embedded import FILE_NAME
from tui.domain.roles import JoinedBy, Kind, Role, Source, Status
from tui.folders import Folders
from tui.server.storage import loading, server
from tui.server.storage.engine import Store
from tui.server.storage.loading import LoadedMember, LoadedUser, LoadedWorkspace

__all__ = ["home", "lived_in", "million"]

SIZES = (100, 10_000, 1_000_000)
"""How many members the workspaces 1, 2 and 3 have."""

HOME_PK = len(SIZES) + 1


def people() -> Iterator[LoadedUser]:
    most = max(SIZES)
    for n in range(most):
        name = f"{n * 7919 % most:07}"
        yield LoadedUser(f"us-{n:020}", f"u-{name}", f"Person {name[::-1]}", f"{name}@example.org", 1)


def seats() -> Iterator[LoadedMember]:
    """In each workspace 50 Owners, one Manager in a hundred, three in a hundred disabled; the first is an Owner."""
    for pk, size in enumerate(SIZES, 1):
        for n, user in zip(range(size), people(), strict=False):
            role = Role.OWNER if n % (size // 50) == 0 else Role.MANAGER if n % 100 == 1 else Role.USER
            status = Status.DISABLED if n % 97 in {1, 2, 3} else Status.ACTIVE
            yield LoadedMember(pk, user, role, status, JoinedBy.LINK, n, n * 31 % size)
    yield LoadedMember(HOME_PK, next(people()), Role.OWNER, Status.ACTIVE, JoinedBy.CREATED, 1)


def workspace(pk: int) -> LoadedWorkspace:
    kind = Kind.PERSONAL if pk == HOME_PK else Kind.SHARED
    return LoadedWorkspace(pk, f"ac-{pk:020}", f"workspace-{pk}", kind, Source.SCRATCH, 1)


@pytest.fixture(scope="session")
def million(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of the first of those people, made once."""
    home = tmp_path_factory.mktemp("million")
    data = Folders.within(home).data
    data.mkdir(parents=True)
    store = Store.open(f"sqlite:///{data / FILE_NAME}")
    loading.load(
        store,
        users=people(),
        workspaces=[workspace(pk) for pk in range(1, HOME_PK + 1)],
        members=seats(),
    )
    with store.writing() as connection:
        server.set_embedded_user(connection, next(people()).id)
    store.close()
    return home
