"""`workspaces demo`: the app on made-up people, in a temporary place."""

import tempfile
import time
from pathlib import Path

import click

from tui.cli.failing import warn
from tui.context.start import Start
from tui.domain.programs import Program
from tui.folders import Folders, made

MOST = 1_000_000
STEP = 50_000


@click.command()
@click.option("--members", type=click.IntRange(0, MOST), default=0, help="Add a workspace of that many members.")
def demo(members: int) -> int:
    """Open the app on sample data.

    It touches nothing of yours, asks no server, and leaves nothing behind.
    """
    # The app and the command line share this one door; `main` loads the app when it is opened.
    from tui.cli.main import open_app  # noqa: PLC0415

    with tempfile.TemporaryDirectory(prefix="workspaces-demo-") as home:
        folders = Folders.within(Path(home))
        return open_app(Start(Program.APP, folders, workspace=fill(made(folders.data), members)))


def fill(data: Path, members: int = 0) -> str:
    """Makes the demo's database in a data folder, saying how far it is where that takes a while.

    Returns the name of the workspace worth looking at.
    """
    # The server and its libraries are loaded by this command alone.
    from tui.backend.embedded import FILE_NAME  # noqa: PLC0415
    from tui.server import seed  # noqa: PLC0415
    from tui.server.storage.engine import Store  # noqa: PLC0415

    store = Store.open(f"sqlite:///{data / FILE_NAME}")
    try:
        seed.seed(store, time.time_ns() // 1000, members, _tell)
    finally:
        store.close()
    return seed.LARGE if members else seed.SHOWN


def _tell(what: str, rows: int) -> None:
    if rows and rows % STEP == 0:
        warn(f"{rows:,} {what}")
