"""Runs the service for many: a web server that stops gracefully, the set-up link, the sweeps."""

import errno
import logging
import signal
import socket
import threading
from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import replace

import uvicorn
from litestar.concurrency import set_asyncio_executor

from tui.domain.errors import Failure
from tui.server.api.door import Door
from tui.server.app import create_app
from tui.server.outside.outside import reached
from tui.server.services import accounts
from tui.server.settings import Settings
from tui.server.storage.bookkeeping import fail_queued_mails, sweep
from tui.server.storage.engine import SchemaTooNew, Store

SWEEP_EVERY = 3600
"""Seconds between two sweeps."""
THREADS = 32
"""In which calls are answered. Many may wait for GitHub or for their turn to write; nobody waits with them."""
STOP_WITHIN = 5
"""Seconds that calls still running have to end when the server stops."""
EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104  # recognised, not bound to by default

log = logging.getLogger("workspaces.server")


def serve(settings: Settings, url: str, host: str, port: int, say: Callable[[str], None]) -> None:
    """Serves until SIGTERM or SIGINT; `say` gets the address and, of an empty server, the set-up link (S4).

    Port 0 takes a free one. Raises `Failure`, with one sentence, where it cannot start.
    """
    with (
        closing(_listening(host, port)) as listener,
        closing(_opened(url)) as store,
        _swept(store),
        reached(settings.mail, settings.github) as outside,
        ThreadPoolExecutor(THREADS, "calls") as threads,
    ):
        set_asyncio_executor(threads)
        fail_queued_mails(store)
        address = _address(host, listener.getsockname()[1])
        settings = replace(settings, address=settings.address or address)
        say(f"Serving on {address}")
        if code := accounts.set_up_code(store):
            say(f"Make the first account with this link, within 24 hours: {settings.links}setup.{code}")
        _run(create_app(store, settings, outside), listener)


def _run(app: Door, listener: socket.socket) -> None:
    # The peer's own address counts: uvicorn would believe X-Forwarded-For from this machine.
    config = uvicorn.Config(
        app,
        lifespan="off",
        ws="none",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=STOP_WITHIN,
    )
    # Once it has stopped, uvicorn raises the signal again for whoever listened before it; that is
    # for us to end cleanly.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: None)
    uvicorn.Server(config).run(sockets=[listener])


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise Failure("address_unusable", f"Port {port} is taken. Choose another one with --port.") from error
        raise Failure("address_unusable", f"{host} port {port} cannot be used: {error.strerror}.") from error


def _opened(url: str) -> Store:
    try:
        return Store.open(url)
    except SchemaTooNew as error:
        raise Failure("schema_too_new", str(error)) from error


def _address(host: str, port: int) -> str:
    name = socket.gethostname() if host in EVERYWHERE else host
    return f"http://[{name}]:{port}" if ":" in name else f"http://{name}:{port}"


@contextmanager
def _swept(store: Store) -> Generator[None]:
    """Sweeps at the start and every hour, beside the calls, until the block ends."""
    stopped = threading.Event()

    def work() -> None:
        while not stopped.is_set():
            try:
                sweep(store)
            except Failure as failure:
                log.warning("sweep: %s", failure)
            stopped.wait(SWEEP_EVERY)

    thread = threading.Thread(target=work, name="sweeps")
    thread.start()
    try:
        yield
    finally:
        stopped.set()
        thread.join()
