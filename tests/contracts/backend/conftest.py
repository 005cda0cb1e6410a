"""The grounds that the contract of `Backend` is proved on: a fixture a kind.

Each has the same people: grace, who calls, is Owner of acme; ada is Manager there, and alan User.
"""

import socket
import threading
from collections.abc import AsyncGenerator, Generator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import uvicorn

from tests.server.people import seat, sign_up
from tui.backend.addresses import parsed
from tui.backend.embedded import FILE_NAME, open_embedded
from tui.backend.http.client import connect
from tui.backend.protocol import Backend
from tui.domain.programs import Program
from tui.domain.roles import Role
from tui.domain.servers import Mode
from tui.server.app import create_app
from tui.server.settings import Settings
from tui.server.storage.engine import Store

OPEN = Settings(mode=Mode.SERVED, open_sign_up=True)


@dataclass(frozen=True)
class Ground:
    """A backend as grace sees it, and the ids of a workspace and of two people in it."""

    backend: Backend
    acme: str
    ada: str
    alan: str


@pytest.fixture(params=["embedded", "served"])
def ground(request: pytest.FixtureRequest) -> Ground:
    """Each kind in turn."""
    found: Ground = request.getfixturevalue(request.param)
    return found


@pytest.fixture
async def embedded(tmp_path: Path) -> AsyncGenerator[Ground]:
    """The service in this process, on a data folder of its own."""
    backend = await open_embedded(tmp_path, "grace", "", Program.APP)
    with closing(Store.open(f"sqlite:///{tmp_path / FILE_NAME}")) as store:
        yield await _furnished(store, backend)
    await backend.close()


@pytest.fixture
async def served(tmp_path: Path) -> AsyncGenerator[Ground]:
    """The service under a real web server, over a real socket."""
    with closing(Store.open(f"sqlite:///{tmp_path / 'served.db'}")) as store, _serving(store) as address:
        credential = sign_up(store, "grace").caller.credential
        backend = await connect(parsed(address), ".".join(credential or ()), Program.APP)
        yield await _furnished(store, backend)
        await backend.close()


async def _furnished(store: Store, backend: Backend) -> Ground:
    acme = await backend.workspaces.create("acme")
    ada, alan = sign_up(store, "ada"), sign_up(store, "alan")
    seat(store, acme, ada, Role.MANAGER)
    seat(store, acme, alan)
    return Ground(backend, acme.id, ada.id, alan.id)


@contextmanager
def _serving(store: Store) -> Generator[str]:
    config = uvicorn.Config(create_app(store, OPEN), lifespan="off", ws="none", log_config=None, access_log=False)
    server = uvicorn.Server(config)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()
