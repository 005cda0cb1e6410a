"""A service on the network, at the end of a line that can be cut."""

import asyncio
import socket
import threading
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, closing, contextmanager
from pathlib import Path

import uvicorn

from tui.backend.embedded import FILE_NAME
from tui.domain.servers import Mode
from tui.folders import Folders
from tui.server.app import NOTHING, create_app
from tui.server.outside.outside import Outside
from tui.server.settings import Settings
from tui.server.storage.engine import Store

CLOSED = Settings(mode=Mode.SERVED)


class Line:
    """Passes on what is said both ways, while it is whole; `hold` keeps it back until `release`."""

    def __init__(self, port: int) -> None:
        self._far = port
        self._server: asyncio.Server | None = None
        self._writers: set[asyncio.StreamWriter] = set()
        self._open = asyncio.Event()
        self._open.set()
        self._answering = asyncio.Event()
        self._answering.set()
        self.port = 0

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def mend(self) -> None:
        self._server = await asyncio.start_server(self._connect, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def cut(self) -> None:
        if self._server:
            self._server.close()
            for writer in self._writers:
                writer.close()
            await self._server.wait_closed()
            self._server = None

    def hold(self) -> None:
        self._open.clear()

    def hold_answers(self) -> None:
        """What is asked still arrives, and is done."""
        self._answering.clear()

    def release(self) -> None:
        self._open.set()
        self._answering.set()

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self._far)
        self._writers |= {writer, far_writer}
        async with asyncio.TaskGroup() as both:
            both.create_task(self._pass_on(reader, far_writer, self._open))
            both.create_task(self._pass_on(far_reader, writer, self._answering))
        self._writers -= {writer, far_writer}

    async def _pass_on(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, passing: asyncio.Event
    ) -> None:
        try:
            while said := await reader.read(65536):
                await passing.wait()
                writer.write(said)
                await writer.drain()
        except OSError:
            pass
        finally:
            writer.close()


@asynccontextmanager
async def served(home: Path, settings: Settings = CLOSED, outside: Outside = NOTHING) -> AsyncGenerator[Line]:
    """The home's data, served over a line that is whole."""
    data = Folders.within(home).data / FILE_NAME
    with closing(Store.open(f"sqlite:///{data}")) as store, _serving(store, settings, outside) as port:
        line = Line(port)
        await line.mend()
        try:
            yield line
        finally:
            line.release()
            await line.cut()


@contextmanager
def _serving(store: Store, settings: Settings, outside: Outside) -> Generator[int]:
    app = create_app(store, settings, outside)
    server = uvicorn.Server(uvicorn.Config(app, lifespan="off", ws="none", log_config=None, access_log=False))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield listener.getsockname()[1]
        finally:
            server.should_exit = True
            thread.join()
