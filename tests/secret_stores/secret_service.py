"""A real Secret Service of a test's own: a bus, and a gnome-keyring-daemon on it."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
import secretstorage
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import Proxy, open_dbus_connection

PACKAGES = {"dbus-daemon": "dbus", "gnome-keyring-daemon": "gnome-keyring", "secret-tool": "libsecret-tools"}
VARIABLES = ("HOME", "XDG_RUNTIME_DIR", "DBUS_SESSION_BUS_ADDRESS")
PATIENCE = 20.0


def until(condition: Callable[[], bool]) -> None:
    """Wait for something to become true."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "it never came true"
        time.sleep(0.01)


class Session:
    """A session bus whose processes know a home of their own and nothing of the person's."""

    def __init__(self) -> None:
        for program, package in PACKAGES.items():
            if not shutil.which(program):
                pytest.skip(f"needs the Debian package {package}")
        self.home = Path(tempfile.mkdtemp(prefix="keyring-"))  # short: the name of a socket has 107 characters
        (self.home / "run").mkdir(mode=0o700)
        others = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "DBUS_", "GNOME_"))}
        self.environ: dict[str, str] = others | {"HOME": str(self.home), "XDG_RUNTIME_DIR": str(self.home / "run")}
        self._bus = subprocess.Popen(
            ["dbus-daemon", "--session", "--nofork", "--print-address"],
            env=self.environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self._bus.stdout
        with self._bus.stdout as addresses:
            self.environ["DBUS_SESSION_BUS_ADDRESS"] = addresses.readline().strip()
        self._keyring: subprocess.Popen[bytes] | None = None

    def use(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Make it the session of this process and its children."""
        for name in VARIABLES:
            monkeypatch.setenv(name, self.environ[name])

    def start_keyring(self, *, unlocked: bool = True) -> None:
        """Unlocking makes the default collection, too; without it a new keyring has none."""
        self._keyring = subprocess.Popen(
            ["gnome-keyring-daemon", "--foreground", "--components=secrets", *(["--unlock"] if unlocked else [])],
            env=self.environ,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        assert self._keyring.stdin
        with self._keyring.stdin as password:
            password.write(b"pass word")
        until(self.is_running)

    def is_running(self) -> bool:
        """Whether somebody is the Secret Service here; asking starts nobody."""
        with open_dbus_connection(self.environ["DBUS_SESSION_BUS_ADDRESS"]) as bus:
            return bool(Proxy(message_bus, bus).NameHasOwner("org.freedesktop.secrets")[0])

    def lock_keyring(self) -> None:
        """Needs `use`."""
        with closing(secretstorage.dbus_init()) as bus:
            secretstorage.get_default_collection(bus).lock()

    def freeze_keyring(self) -> None:
        self._signal(self._keyring, signal.SIGSTOP)

    def thaw_keyring(self) -> None:
        self._signal(self._keyring, signal.SIGCONT)

    def freeze_bus(self) -> None:
        self._signal(self._bus, signal.SIGSTOP)

    def kill_keyring(self) -> None:
        self._end(self._keyring)
        until(lambda: not self.is_running())

    def kill_bus(self) -> None:
        self._end(self._bus)

    def kept(self, service: str) -> set[str]:
        """Every secret under a service, as the system's own tool finds them."""
        command = ["secret-tool", "search", "--all", "service", service]
        found = subprocess.run(command, env=self.environ, capture_output=True, text=True, check=False, timeout=PATIENCE)
        return {line.removeprefix("secret = ") for line in found.stdout.splitlines() if line.startswith("secret = ")}

    def lookup(self, service: str, username: str) -> str:
        """One secret, as the system's own tool finds it."""
        command = ["secret-tool", "lookup", "service", service, "username", username]
        return subprocess.run(
            command, env=self.environ, capture_output=True, text=True, check=True, timeout=PATIENCE
        ).stdout

    def end(self) -> None:
        for process in (self._keyring, self._bus):
            self._end(process)
        shutil.rmtree(self.home)

    def _end(self, process: subprocess.Popen[bytes] | subprocess.Popen[str] | None) -> None:
        if process and process.poll() is None:
            process.kill()
            process.wait()

    def _signal(self, process: subprocess.Popen[bytes] | subprocess.Popen[str] | None, number: int) -> None:
        assert process
        process.send_signal(number)
