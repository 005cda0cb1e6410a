"""The service in this very process, on the person's data folder: the same client, without a network."""

import asyncio
import platform
from collections.abc import Callable
from contextlib import ExitStack, suppress
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

import httpx

from tui.backend.addresses import EMBEDDED
from tui.backend.capabilities import Capabilities
from tui.backend.http.client import HttpBackend, capabilities_of, headers
from tui.backend.http.transport import Transport
from tui.domain.errors import Failure
from tui.domain.programs import Program
from tui.domain.users import DeviceAsk
from tui.folders import made
from tui.server.api.door import Door
from tui.server.app import create_app
from tui.server.services.accounts import embedded_session, end_embedded_session
from tui.server.settings import Settings
from tui.server.storage.engine import SchemaTooNew, Store

FILE_NAME = "workspaces.db"
NAME = "The service on this computer"
_BASE = "http://embedded"
_CACHE_MIB = 8


class Service(NamedTuple):
    """The service, open: `credential` is the caller's, `close` gives everything back."""

    app: Door
    credential: str
    close: Callable[[], None]


class EmbeddedBackend(HttpBackend):
    """A client together with the service behind it: `close` ends both."""

    def __init__(self, transport: Transport, capabilities: Capabilities, service: Service) -> None:
        super().__init__(transport, EMBEDDED, capabilities)
        self._service = service

    async def close(self) -> None:
        """End the owner's session and close the database; nothing may be called afterwards."""
        await super().close()
        await asyncio.to_thread(self._service.close)


async def open_embedded(data: Path, username: str, credential: str, program: Program) -> EmbeddedBackend:
    """The service on a data folder, made when it is not there, off the event loop.

    Without a credential the caller is the folder's owner; a new folder's owner gets an account with
    a username like this one (S4, W1). Raises `Failure`: `schema_too_new`, `folder_unusable`,
    `unavailable`.
    """
    service = await asyncio.to_thread(_opened, data, username, credential, program)
    transport = _transport(service, program)
    try:
        return EmbeddedBackend(transport, await capabilities_of(transport), service)
    except BaseException:
        await asyncio.to_thread(service.close)
        raise


def _opened(data: Path, username: str, credential: str, program: Program) -> Service:
    with ExitStack() as opened:
        store = _store(made(data) / FILE_NAME)
        opened.callback(store.close)
        if not credential:
            session_id, credential = _owner_session(store, username, program)
            opened.callback(_end_session, store, session_id)
        app = create_app(store, Settings())
        return Service(app, credential, opened.pop_all().close)


def _store(file: Path) -> Store:
    try:
        return Store.open(f"sqlite:///{quote(str(file))}", cache_mib=_CACHE_MIB)
    except SchemaTooNew as error:
        raise Failure("schema_too_new", str(error)) from error


def _owner_session(store: Store, username: str, program: Program) -> tuple[str, str]:
    """The id of the owner's new session, and the credential, which is kept in memory alone."""
    device = DeviceAsk(
        name=platform.node()[:100] or "this computer",
        platform=platform.system(),
        app=f"{program} {version('workspaces-tui')}",
    )
    welcome = embedded_session(store, username, device)
    if welcome.session is None or welcome.secret is None:
        raise Failure("internal")
    return welcome.session.id, f"{welcome.session.id}.{welcome.secret}"


def _end_session(store: Store, session_id: str) -> None:
    """What cannot be ended now is swept once it has not been used for a day."""
    with suppress(Failure):
        end_embedded_session(store, session_id)


def _transport(service: Service, program: Program) -> Transport:
    client = httpx.AsyncClient(
        # What fails inside is answered by the service itself, as it is over a network.
        transport=httpx.ASGITransport(app=service.app, raise_app_exceptions=False),
        headers=headers(service.credential, program),
        trust_env=False,
    )
    return Transport(client, _BASE, NAME)
