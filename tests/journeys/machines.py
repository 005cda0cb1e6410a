"""People at machines of their own: a home each, one keyring, commands in processes of their own.

Everything that is printed or left behind is kept, so that a test can look for secrets in it.
"""

import os
import re
import shlex
import subprocess
import threading
from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.cli.driver import COMMAND, Ran

SECRET = re.compile(r"(?:ss|as|ic|su)-[\w-]{43}")
"""Every secret that the product makes: of sessions, tokens, invites and the set-up."""


class Machine:
    """A machine with one person at it."""

    def __init__(self, home: Path, environ: dict[str, str]) -> None:
        home.mkdir()
        self.home = home
        self.environ = environ | {
            "HOME": str(home),
            "WORKSPACES_HOME": str(home / "workspaces"),
            "WORKSPACES_SECRETS": "keyring",
            "MODAL_CONFIG_PATH": str(self.config),
        }
        self.environ.pop("WORKSPACES_TOKEN", None)
        self.environ.pop("WORKSPACES_SERVER", None)

    @property
    def config(self) -> Path:
        """The config file that is shared with `modal`."""
        return self.home / ".modal.toml"

    def __call__(self, line: str, typed: str = "") -> Ran:
        """What came of a command, with this on standard input."""
        ran = subprocess.run(
            [COMMAND, *shlex.split(line)],
            env=self.environ,
            input=typed,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        with (self.home / "terminal.txt").open("a") as shown:
            shown.write(ran.stdout + ran.stderr)
        return Ran(ran.returncode, ran.stdout, ran.stderr)

    def done(self, line: str, typed: str = "") -> Ran:
        """The same, of a command that must be done."""
        ran = self(line, typed)
        assert ran.code == 0, ran
        return ran


def left_with(secret: str, folder: Path) -> Iterator[Path]:
    """The files below a folder in which a secret stands."""
    for file in folder.rglob("*"):
        if file.is_file() and secret.encode() in file.read_bytes():
            yield file


class Watch:
    """What the arguments and environments of this process's descendants say, looked at over and over."""

    def __init__(self) -> None:
        self.seen: set[bytes] = set()
        self._done = threading.Event()

    def look(self) -> None:
        """Looks until it is told to end."""
        while not self._done.wait(0.05):
            self._look_below(os.getpid())

    def end(self) -> None:
        self._done.set()

    def _look_below(self, pid: int) -> None:
        with suppress(OSError):  # It has ended meanwhile.
            for children in Path(f"/proc/{pid}/task").glob("*/children"):
                for child in children.read_text().split():
                    self.seen |= {Path(f"/proc/{child}/{kind}").read_bytes() for kind in ("cmdline", "environ")}
                    self._look_below(int(child))


@contextmanager
def watched() -> Generator[Watch]:
    """A watch over all that is started until the block ends."""
    watch = Watch()
    thread = threading.Thread(target=watch.look)
    thread.start()
    try:
        yield watch
    finally:
        watch.end()
        thread.join()
