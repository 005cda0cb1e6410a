"""`workspaces demo`: the app on made-up people, in a temporary place."""

import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import FrameType

import click

from tui.context.start import Start
from tui.domain.programs import Program
from tui.folders import Folders, made

MOST = 1_000_000

SHARES = {"people": 16, "users": 8, "members": 26, "indexes": 50}
"""What each part of making many members takes, in hundredths."""

Progress = Callable[[str, int], None]


@click.command()
@click.option("--members", type=click.IntRange(0, MOST), default=0, metavar="N", help="Add a workspace of N members.")
def demo(members: int) -> int:
    """Open the app on made-up people.

    It touches nothing of yours, asks no server, and leaves nothing behind.
    """
    # The app and the command line share this one door; `main` loads the app when it is opened.
    from tui.cli.main import check_terminal, open_app  # noqa: PLC0415

    check_terminal()
    with _temporary_home() as home:
        return open_app(prepared(Folders.within(home), members, time.time_ns() // 1000))


def prepared(folders: Folders, members: int, now: int) -> Start:
    """Makes the demo's database in a data folder, showing how far it is where that takes a while.

    Returns how the app is started on it, in the workspace worth looking at. `now` is in microseconds.
    """
    # The server and its libraries are loaded by this command alone.
    from tui.backend.embedded import FILE_NAME, open_embedded  # noqa: PLC0415
    from tui.cli.demo_github import made_up_github  # noqa: PLC0415
    from tui.server import seed  # noqa: PLC0415
    from tui.server.storage.engine import Store  # noqa: PLC0415
    from tui.server.storage.loading import INDEXES  # noqa: PLC0415

    github = made_up_github()
    store = Store.open(f"sqlite:///{made(folders.data) / FILE_NAME}")
    try:
        with _progress(members, INDEXES) as progress:
            seed.seed(store, now, members, progress, github_token=github.seal.closed("demo"))
    finally:
        store.close()
    workspace = seed.LARGE if members else seed.SHOWN
    return Start(Program.APP, folders, workspace=workspace, embedded=partial(open_embedded, github=github))


@contextmanager
def _progress(members: int, indexes: int) -> Iterator[Progress]:
    """Shows how many hundredths are done of making so many members; nothing for none."""
    if not members:
        yield lambda _what, _rows: None
        return
    # One of the members is the person at the keyboard, whom nobody thinks up.
    totals = {"people": max(members - 1, 1), "users": members, "members": members, "indexes": indexes}
    done = dict.fromkeys(SHARES, 0)
    with click.progressbar(length=100, label=f"Making {members:,} members", file=sys.stderr) as bar:

        def tell(what: str, rows: int) -> None:
            if what in SHARES:
                done[what] = SHARES[what] * min(rows, totals[what]) // totals[what]
                bar.update(sum(done.values()) - bar.pos)

        yield tell


@contextmanager
def _temporary_home() -> Iterator[Path]:
    """A folder that is gone afterwards, also when a signal ends the program."""
    with tempfile.TemporaryDirectory(prefix="workspaces-demo-") as home:
        _on_signals(_end)
        try:
            yield Path(home)
        finally:
            _on_signals(signal.SIG_IGN)


def _on_signals(handler: Callable[[int, FrameType | None], object] | signal.Handlers) -> None:
    for name in ("SIGTERM", "SIGHUP"):
        if number := getattr(signal, name, None):  # Windows has but one of them
            signal.signal(number, handler)


def _end(number: int, _frame: FrameType | None) -> None:
    sys.exit(128 + number)
