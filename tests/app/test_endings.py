"""The app in a process and a terminal of its own: how it starts there, and every way in which it ends."""

import signal
import sqlite3
import sys
from contextlib import AbstractContextManager, closing
from pathlib import Path

import pytest

from tests.app.terminal import COMMAND, PATIENCE, Terminal, terminal
from tui import logs
from tui.backend.embedded import FILE_NAME
from tui.folders import Folders

LEAVE_MODES = b"\x1b[?1049l"
"""What gives the terminal its own page back."""


def app(home: Path, **environ: str) -> AbstractContextManager[Terminal]:
    """The app, opened on a home."""
    return terminal([COMMAND], {"WORKSPACES_HOME": str(home)} | environ)


def sessions_left(home: Path) -> int:
    """How many sessions are in the home's database: none after a clean end."""
    with closing(sqlite3.connect(Folders.within(home).data / FILE_NAME)) as database:
        return int(database.execute("SELECT count(*) FROM sessions").fetchone()[0])


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_the_app_and_gives_the_terminal_back(number: signal.Signals, home: Path) -> None:
    with app(home) as window:
        window.sees(b"acme")
        window.process.send_signal(number)
        assert window.ended() == 128 + number
        assert LEAVE_MODES in window.written
        assert sessions_left(home) == 0


def test_a_terminal_that_is_gone_ends_the_app(home: Path) -> None:
    with app(home) as window:
        window.sees(b"acme")
        window.hangs_up()
        assert window.process.wait(timeout=PATIENCE) == 128 + signal.SIGHUP
        assert sessions_left(home) == 0


def test_q_quits(home: Path) -> None:
    with app(home) as window:
        window.sees(b"acme")
        assert sessions_left(home) == 1
        window.types(b"q")
        assert window.ended() == 0
        assert LEAVE_MODES in window.written
        assert sessions_left(home) == 0


@pytest.mark.parametrize("seen", [LEAVE_MODES[:-1] + b"h", "Opening…".encode()], ids=["at once", "while it opens"])
def test_quitting_before_anything_is_there_leaves_no_session_behind(seen: bytes, home: Path) -> None:
    with app(home) as window:
        window.sees(seen)
        window.types(b"q")
        assert window.ended() == 0
        assert sessions_left(home) == 0


BROKEN = """
from tui.app.controller import Controller
from tui.cli.main import main

def broken(controller):
    controller._app._handle_exception(ZeroDivisionError())
    1 / 0

Controller._show_palette = broken
main()
"""
"""The app with two errors of its own behind `:`."""


def test_an_error_of_the_apps_own_ends_it_in_a_sentence_and_a_log(home: Path) -> None:
    with terminal([sys.executable, "-c", BROKEN], {"WORKSPACES_HOME": str(home)}) as window:
        window.sees(b"navy-research")
        window.types(b":")
        assert window.ended() == 1
        after = window.written.partition(LEAVE_MODES)[2]
        assert b"The app has stopped over an error of its own" in after
        assert b"Traceback" not in window.written
        assert b"errors shown" not in after
    assert "ZeroDivisionError" in (Folders.within(home).state / logs.FILE_NAME).read_text()
    assert sessions_left(home) == 0


def test_what_is_copied_in_screen_goes_out_in_pieces(home: Path) -> None:
    with app(home, STY="1.here") as window:
        window.sees(b"navy-research")
        window.types(b"c")
        window.sees(b"\x1bP\x1b]52;c;Z3JhY2UtaG9sbQ==\x07\x1b\\")
        window.types(b"q")
        assert window.ended() == 0
