"""The app in a process and a terminal of its own: how it starts there, and every way in which it ends."""

import os
import pty
import select
import signal
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

COMMAND = Path(sys.executable).with_name("workspaces")
LEAVE_MODES = b"\x1b[?1049l"
"""What gives the terminal its own page back."""


class Terminal:
    """The far end of a terminal in which the app runs."""

    def __init__(self, process: subprocess.Popen[bytes], master: int) -> None:
        self.process = process
        self.written = b""
        self._master = master

    def sees(self, text: bytes) -> None:
        """Waits until the app has written something."""
        while text not in self.written:
            assert select.select([self._master], [], [], 20)[0], self.written[-2000:]
            self.written += os.read(self._master, 65536)

    def types(self, keys: bytes) -> None:
        os.write(self._master, keys)

    def hangs_up(self) -> None:
        os.close(self._master)

    def ended(self) -> int:
        """The exit code, once all was read that was still written."""
        with suppress(OSError):
            while select.select([self._master], [], [], 20)[0]:
                read = os.read(self._master, 65536)
                if not read:
                    break
                self.written += read
        return self.process.wait(timeout=20)


@contextmanager
def terminal(home: Path, **environ: str) -> Generator[Terminal]:
    master, slave = pty.openpty()
    env = {
        **os.environ,
        "WORKSPACES_HOME": str(home),
        "TERM": "xterm-256color",
        "LINES": "24",
        "COLUMNS": "80",
        "TMUX": "",
    }
    with subprocess.Popen(
        [COMMAND], stdin=slave, stdout=slave, stderr=slave, env=env | environ, start_new_session=True
    ) as process:
        os.close(slave)
        try:
            yield Terminal(process, master)
        finally:
            process.kill()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_the_app_and_gives_the_terminal_back(number: signal.Signals, home: Path) -> None:
    with terminal(home) as window:
        window.sees(b"acme")
        window.process.send_signal(number)
        assert window.ended() == 128 + number
        assert LEAVE_MODES in window.written


def test_a_terminal_that_is_gone_ends_the_app(home: Path) -> None:
    with terminal(home) as window:
        window.sees(b"acme")
        window.hangs_up()
        began = time.monotonic()
        assert window.process.wait(timeout=20) == 128 + signal.SIGHUP
        assert time.monotonic() - began < 3


def test_q_quits(home: Path) -> None:
    with terminal(home) as window:
        window.sees(b"acme")
        window.types(b"q")
        assert window.ended() == 0
        assert LEAVE_MODES in window.written


def test_what_is_copied_in_screen_goes_out_in_pieces(home: Path) -> None:
    with terminal(home, STY="1.here") as window:
        window.sees(b"navy-research")
        window.types(b"c")
        window.sees(b"\x1bP\x1b]52;c;YWNtZQ==\x07\x1b\\")
        window.types(b"q")
        assert window.ended() == 0
