"""A program in a process and a terminal of its own."""

import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

COMMAND = Path(sys.executable).with_name("workspaces")
ROOT = Path(__file__).parents[2]
PATIENCE = 60
"""Seconds after which what a program should write is not coming."""


class Terminal:
    """The far end of a terminal in which a program runs."""

    def __init__(self, process: subprocess.Popen[bytes], master: int) -> None:
        self.process = process
        self.written = b""
        self._master = master

    def sees(self, text: bytes) -> None:
        """Waits until the program has written something."""
        until = time.monotonic() + PATIENCE
        while text not in self.written:
            assert select.select([self._master], [], [], max(until - time.monotonic(), 0))[0], self.written[-2000:]
            try:
                self.written += os.read(self._master, 65536)
            except OSError:
                raise AssertionError(f"it ended before; it has written {self.written[-2000:]!r}") from None

    def types(self, keys: bytes) -> None:
        os.write(self._master, keys)

    def hangs_up(self) -> None:
        """The terminal is gone; once only."""
        if self._master >= 0:
            os.close(self._master)
            self._master = -1

    def ended(self) -> int:
        """The exit code, once all was read that was still written."""
        with suppress(OSError):
            while select.select([self._master], [], [], PATIENCE)[0]:
                read = os.read(self._master, 65536)
                if not read:
                    break
                self.written += read
        return self.process.wait(timeout=PATIENCE)


@contextmanager
def terminal(
    command: Sequence[str | Path], environ: Mapping[str, str], *, size: tuple[int, int] = (80, 24)
) -> Generator[Terminal]:
    """Starts a program in a terminal of this many columns and rows; it is killed where it has not ended."""
    master, slave = pty.openpty()
    columns, rows = size
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    env = os.environ | {"TERM": "xterm-256color", "COLORTERM": "truecolor", "TMUX": ""} | dict(environ)
    with subprocess.Popen(
        command, stdin=slave, stdout=slave, stderr=slave, env=env, cwd=ROOT, start_new_session=True
    ) as process:
        os.close(slave)
        window = Terminal(process, master)
        try:
            yield window
        finally:
            process.kill()
            window.hangs_up()
