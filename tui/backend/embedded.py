"""The service in this very process, on the person's data folder: the same client, without a network."""

import asyncio
import time
from collections.abc import AsyncGenerator, Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, suppress
from functools import partial
from pathlib import Path
from threading import Lock
from typing import NamedTuple
from urllib.parse import quote

import httpx
from httpx import codes

from tui.backend.addresses import EMBEDDED
from tui.backend.capabilities import Capabilities
from tui.backend.device import this_device
from tui.backend.http.client import HttpBackend, capabilities_of, headers
from tui.backend.http.transport import Transport
from tui.domain.errors import Failure
from tui.domain.programs import Program
from tui.folders import made
from tui.server.api.door import Door
from tui.server.app import create_app
from tui.server.outside.github import Github
from tui.server.outside.outside import Outside
from tui.server.services.accounts import embedded_session, end_embedded_session
from tui.server.settings import Settings
from tui.server.storage.engine import SchemaTooNew, Store

FILE_NAME = "workspaces.db"
NAME = "The service on this computer"
_BASE = "http://embedded"
_CACHE_MIB = 8

_SWEPT_AFTER = 23 * 60 * 60.0
"""Seconds without an answer after which another program may have swept the owner's session: a day, by a clock
of use that is right to some minutes."""


class OwnerSession:
    """The session of the folder's owner; its secret is kept in memory alone (S4)."""

    def __init__(self, store: Store, username: str, program: Program) -> None:
        self._store = store
        self._username = username
        self._program = program
        self._turn = Lock()
        self._begin()

    def answered(self) -> None:
        """The credential is in use."""
        self._answered_at = time.time()

    def renew(self, refused: str) -> bool:
        """Begins anew when the credential that was refused had slept for so long that it was swept.

        Returns whether there is another one now. Raises `Failure`.
        """
        with self._turn:
            if self.credential == refused and time.time() - self._answered_at >= _SWEPT_AFTER:
                self._begin()
            return self.credential != refused

    def end(self) -> None:
        """Ends the session; what cannot be ended now is swept once it has not been used for a day."""
        with suppress(Failure):
            end_embedded_session(self._store, self._id)

    def _begin(self) -> None:
        welcome = embedded_session(self._store, self._username, this_device(self._program))
        if welcome.session is None or welcome.secret is None:
            raise Failure("internal")
        self._id = welcome.session.id
        self.credential = f"{self._id}.{welcome.secret}"
        self.answered()


class OwnerAuth(httpx.Auth):
    """Signs every call as the owner. A computer that sleeps for a day finds its session swept: it gets another."""

    def __init__(self, session: OwnerSession) -> None:
        self._session = session

    async def async_auth_flow(self, request: httpx.Request) -> AsyncGenerator[httpx.Request, httpx.Response]:
        credential = self._sign(request)
        response = yield request
        if response.status_code != codes.UNAUTHORIZED:
            self._session.answered()
        elif await asyncio.to_thread(self._session.renew, credential):
            # What was refused so was not begun, and may be sent again, whatever it is.
            self._sign(request)
            yield request

    def _sign(self, request: httpx.Request) -> str:
        credential = self._session.credential
        request.headers["Authorization"] = f"Bearer {credential}"
        return credential


class Service(NamedTuple):
    """The service, open: `auth` signs the owner's calls, `close` gives everything back."""

    app: Door
    auth: OwnerAuth | None
    close: Callable[[], None]


class EmbeddedBackend(HttpBackend):
    """A client together with the service behind it: `close` ends both."""

    def __init__(self, transport: Transport, capabilities: Capabilities, service: Service) -> None:
        super().__init__(transport, EMBEDDED, capabilities)
        self._service = service

    async def close(self) -> None:
        """End the owner's session and close the database; nothing may be called afterwards."""
        try:
            await super().close()
        finally:
            await asyncio.to_thread(self._service.close)


async def open_embedded(
    data: Path, username: str, credential: str, program: Program, github: Github | None = None
) -> EmbeddedBackend:
    """The service on a data folder, made when it is not there, off the event loop.

    Without a credential the caller is the folder's owner; a new folder's owner gets an account with
    a username like this one (S4, W1). Raises `Failure`: `schema_too_new`, `folder_unusable`,
    `unavailable`.
    """
    service = await _in_thread(partial(_opened, data, username, program, github, owned=not credential))
    transport = _transport(service, credential, program)
    try:
        return EmbeddedBackend(transport, await capabilities_of(transport), service)
    except BaseException:
        await asyncio.to_thread(service.close)
        raise


async def _in_thread(open_service: Callable[[], Service]) -> Service:
    """An opened service; one that nobody waits for any more is closed as soon as it is open."""
    thread = ThreadPoolExecutor(1)
    opening = thread.submit(open_service)
    thread.shutdown(wait=False)
    try:
        return await asyncio.wrap_future(opening)
    except asyncio.CancelledError:
        opening.add_done_callback(_close_opened)
        raise


def _close_opened(opening: Future[Service]) -> None:
    if not opening.cancelled() and opening.exception() is None:
        opening.result().close()


def _opened(data: Path, username: str, program: Program, github: Github | None, *, owned: bool) -> Service:
    with ExitStack() as opened:
        store = _store(made(data) / FILE_NAME)
        opened.callback(store.close)
        session = OwnerSession(store, username, program) if owned else None
        if session:
            opened.callback(session.end)
        app = create_app(store, Settings(github=github.app if github else None), Outside(github=github))
        return Service(app, OwnerAuth(session) if session else None, opened.pop_all().close)


def _store(file: Path) -> Store:
    try:
        return Store.open(f"sqlite:///{quote(str(file))}", cache_mib=_CACHE_MIB)
    except SchemaTooNew as error:
        raise Failure("schema_too_new", str(error)) from error


def _transport(service: Service, credential: str, program: Program) -> Transport:
    client = httpx.AsyncClient(
        # What fails inside is answered by the service itself, as it is over a network.
        transport=httpx.ASGITransport(app=service.app, raise_app_exceptions=False),
        headers=headers(credential, program),
        auth=service.auth,
        trust_env=False,
    )
    return Transport(client, _BASE, NAME)
