"""A person at a shell, in a home of their own, so that a test reads like a session.

shell("create acme")
shell.seats("acme", barbara="user")
assert shell("members set-role barbara manager").out == "barbara is now Manager.\n"
"""

import asyncio
import io
import json
import os
import pty
import shlex
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.secret_stores.secret_service import until
from tests.server.driver import DEVICE, Person, opened, seat
from tui.backend.embedded import FILE_NAME
from tui.cli.main import run
from tui.domain.roles import JoinedBy, Role
from tui.server.settings import Settings
from tui.server.storage import members, users, workspaces
from tui.server.storage.engine import Store
from tui.server.storage.times import now

COMMAND = Path(sys.executable).with_name("workspaces")


@dataclass(frozen=True)
class Ran:
    """What came of a command."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one document on standard output."""
        assert self.out.isascii()
        return json.loads(self.out)

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()


@dataclass(frozen=True)
class Visitor:
    """Somebody with an account on another server."""

    id: str
    welcome: Mapping[str, Any]


class Shell:
    """Runs commands on the embedded service of a home."""

    def __init__(self, home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.home = home
        self._monkeypatch = monkeypatch
        self._capsys = capsys

    def __call__(self, line: str, *, typed: str = "", by: Person | Visitor | None = None, token: str = "") -> Ran:
        """What came of a command line, with this on standard input; by somebody else than the home's owner, or a token.

        A `token` is `<id>.<secret>`.
        """
        credential = f"{by.welcome['session']['id']}.{by.welcome['secret']}" if by else token
        self._monkeypatch.setenv("WORKSPACES_TOKEN", credential)
        self._monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(typed.encode())))
        code = run(shlex.split(line))
        written = self._capsys.readouterr()
        return Ran(code, written.out, written.err)

    def done(self, line: str, *, typed: str = "", by: Person | Visitor | None = None) -> Ran:
        """The same, of a command that must be done."""
        ran = self(line, typed=typed, by=by)
        assert ran.code == 0, ran
        return ran

    def seats(self, workspace: str, status: str = "active", **roles: str) -> dict[str, Person]:
        """New people with a seat in a workspace, by username."""
        return asyncio.run(self._seated(self._id_of(workspace), status, roles))

    def _id_of(self, workspace: str) -> str:
        found = self.done("list --json").json["items"]
        return next(str(each["id"]) for each in found if each["name"] == workspace)

    async def _seated(self, workspace_id: str, status: str, roles: Mapping[str, str]) -> dict[str, Person]:
        with self.store() as store:
            async with opened(store, Settings(open_sign_up=True)) as house:
                people = {name: await house.sign_up(name, email=f"{name}@example.org") for name in roles}
                for name, person in people.items():
                    seat(store, workspace_id, person.id, roles[name], status)
                return people

    def signs_up(self, address: str, username: str) -> "Visitor":
        """A new person at a served instance with open sign-up."""
        ask = {"username": username, "device": DEVICE}
        welcome = httpx.post(f"{address}/v1/users", json=ask).raise_for_status().json()
        return Visitor(welcome["user"]["id"], welcome)

    def fills(self, workspace: str, count: int) -> None:
        """Gives so many new users a seat: `person-000`, `person-001` …"""
        workspace_id = self._id_of(workspace)
        with self.store() as store, store.writing() as connection:
            found = workspaces.read(connection, workspace_id)
            assert found
            for number in range(count):
                user_id = users.add(connection, f"person-{number:03}", f"Person {number}", None, now())
                assert user_id
                members.add(connection, found.pk, user_id, Role.USER, joined_by=JoinedBy.LINK, now=now())

    def writes(self, username: str, **fields: str) -> None:
        """Puts into the database of a user what no service of ours takes, as another server might answer it."""
        with closing(sqlite3.connect(self.home / "data" / FILE_NAME)) as connection, connection:
            for field, value in fields.items():
                connection.execute(f"UPDATE users SET {field} = ? WHERE username = ?", (value, username))  # noqa: S608

    @contextmanager
    def store(self) -> Iterator[Store]:
        """The home's own database."""
        store = Store.open(f"sqlite:///{self.home / 'data' / FILE_NAME}")
        try:
            yield store
        finally:
            store.close()

    def at_terminal(self, line: str, answer: str | signal.Signals, **environment: str) -> Ran:
        """What came of the installed command at a terminal, answered or interrupted if it asks."""
        here, there = pty.openpty()
        with subprocess.Popen(
            [COMMAND, *shlex.split(line)],
            stdin=there,
            stdout=subprocess.PIPE,
            stderr=there,
            text=True,
            env=os.environ | environment,
            start_new_session=True,
        ) as process:
            os.close(there)
            try:
                said = ""
                while not said.endswith(": ") and (more := _read(here)):
                    said += more
                if isinstance(answer, signal.Signals):
                    _press(process, answer)
                else:
                    os.write(here, f"{answer}\n".encode())
                out, _ = process.communicate(timeout=60)
            finally:
                process.kill()
            while more := _read(here):
                said += more
            os.close(here)
        return Ran(process.returncode, out, said)

    def installed(self, *words: str, **more: Any) -> subprocess.CompletedProcess[str]:
        """What came of the installed command, in a process of its own."""
        return subprocess.run(
            [COMMAND, *words], env=os.environ, capture_output=True, text=True, timeout=60, check=False, **more
        )


def _press(process: subprocess.Popen[str], number: signal.Signals) -> None:
    """Sends a signal once the process waits for its answer: one that comes just before is kept for its end."""
    until(lambda: _sleeps(process.pid))
    process.send_signal(number)


def _sleeps(pid: int) -> bool:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "S"


def _read(terminal: int) -> str:
    """What a terminal shows next; empty once nobody writes to it any more."""
    try:
        return os.read(terminal, 1024).decode()
    except OSError:
        return ""  # How Linux says that the other end is closed.
