"""`workspaces serve`: a real process on loopback, from its set-up link to its end."""

import re
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import httpx

from tests.server.driver import DEVICE
from tests.server.outside.github_stand_in import CLIENT_ID, github_stand_in
from tui.server.outside.github import AT_ONCE, TIMEOUT

COMMAND = (sys.executable, "-m", "tui", "serve", "--port", "0")
LINK = re.compile(r"(http://\S+)/i#setup\.(\S+)")
SECONDS = 30
"""What a start or an end may take at most, on a machine that is busy."""


@dataclass
class Served:
    """A server that runs, with the lines that it has said on standard output."""

    process: subprocess.Popen[str]
    log: Path
    address: str
    set_up_code: str | None

    def sign_up(self, username: str) -> str:
        """Makes the first account: the header that signs it in."""
        ask = {"username": username, "setup_code": self.set_up_code, "device": DEVICE}
        welcome = httpx.post(f"{self.address}/v1/users", json=ask).raise_for_status().json()
        return f"Bearer {welcome['session']['id']}.{welcome['secret']}"

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Ends it by a signal: its exit code."""
        self.process.send_signal(number)
        return self.process.wait(SECONDS)


@contextmanager
def serving(folder: Path, *more: str, expect_link: bool, smtp: str = "", **named: str) -> Generator[Served]:
    """A server over a database in a folder, once it says where it listens."""
    log = folder / "log.txt"
    with log.open("a") as errors:
        process = subprocess.Popen(
            [*COMMAND, "--database-file", str(folder / "served.db"), *more],
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            env={"PATH": "/usr/bin:/bin", "WORKSPACES_HOME": str(folder), "WORKSPACES_SMTP_URL": smtp, **named},
        )
    assert process.stdout
    with process, process.stdout as said:
        try:
            address = said.readline().removeprefix("Serving on ").strip()
            found = LINK.search(said.readline()) if expect_link else None
            yield Served(process, log, address, found[2] if found else None)
        finally:
            process.kill()


def test_S4_an_empty_server_prints_a_link_that_makes_the_first_account(tmp_path: Path) -> None:
    with serving(tmp_path, expect_link=True) as first:
        older = first.set_up_code
    with serving(tmp_path, expect_link=True) as served:
        assert served.set_up_code
        assert served.set_up_code != older
        signed_in = {"Authorization": served.sign_up("grace")}
        listed = httpx.get(f"{served.address}/v1/workspaces", headers=signed_in).json()
        assert [row["name"] for row in listed["items"]] == ["grace"]
        refused = httpx.post(f"{served.address}/v1/users", json={"username": "linus", "device": DEVICE})
        assert refused.json()["code"] == "sign_up_closed"
        assert served.stop() == 0
    with serving(tmp_path, "--open-signup", expect_link=False) as opened:
        assert httpx.get(f"{opened.address}/v1/server").json()["needs_set_up"] is False
        joined = httpx.post(f"{opened.address}/v1/users", json={"username": "linus", "device": DEVICE})
        assert joined.status_code == 201
        assert opened.stop(signal.SIGINT) == 0
        assert opened.process.stdout
        assert opened.process.stdout.read() == ""


def test_W3_what_was_acknowledged_outlives_a_kill(tmp_path: Path) -> None:
    with serving(tmp_path, expect_link=True) as served:
        signed_in = {"Authorization": served.sign_up("grace")}
        for number in range(20):
            made = httpx.post(f"{served.address}/v1/workspaces", json={"name": f"acme-{number}"}, headers=signed_in)
            assert made.status_code == 201
        assert served.stop(signal.SIGKILL) == -signal.SIGKILL
    with serving(tmp_path, expect_link=False) as again:
        listed = httpx.get(f"{again.address}/v1/workspaces", headers=signed_in).json()
        assert listed["total"] == 21


def test_S1_the_log_has_a_line_a_call_and_no_secret(tmp_path: Path) -> None:
    with serving(tmp_path, expect_link=True) as served:
        signed_in = served.sign_up("grace")
        answer = httpx.get(f"{served.address}/v1/workspaces?q=confidential", headers={"Authorization": signed_in})
        httpx.get(f"{served.address}/v1/workspaces/ac-hidden")
        served.stop()
    log = served.log.read_text()
    secret = signed_in.partition(".")[2]

    assert re.search(rf"GET /v1/workspaces 200 \d+\.\dms {answer.headers['X-Request-Id']} se-\w{{20}}\n", log)
    assert re.search(r"POST /v1/users 201 ", log)
    assert "GET /v1/workspaces/{w} 401 " in log
    for hidden in (secret, served.set_up_code or "", "confidential", "ac-hidden", "grace", "Traceback"):
        assert hidden not in log


def refused(folder: Path, *more: str, **named: str) -> str:
    """What a server that cannot start says, having ended by itself."""
    ended = subprocess.run(
        [*COMMAND, *more],
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
        env={"PATH": "/usr/bin:/bin", "WORKSPACES_HOME": str(folder), **named},
    )
    assert ended.returncode in {1, 7}
    assert ended.stdout == ""
    assert "Traceback" not in ended.stderr
    return ended.stderr


def test_a_port_that_is_taken_is_said_in_a_sentence(tmp_path: Path) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]

        assert f"Port {port} is taken" in refused(tmp_path, "--port", str(port))


def test_a_database_that_cannot_be_used_is_said_in_a_sentence(tmp_path: Path) -> None:
    broken = tmp_path / "broken.db"
    broken.write_bytes(b"this is no database" * 100)

    for file in (broken, broken / "served.db"):
        assert len(refused(tmp_path, "--database-file", str(file)).strip().splitlines()) == 1


def test_a_newer_database_is_said_in_a_sentence(tmp_path: Path) -> None:
    file = tmp_path / "served.db"
    with serving(tmp_path, expect_link=True) as served:
        served.stop()
    with closing(sqlite3.connect(file)) as database, database:
        database.execute("update alembic_version set version_num = 'from_the_future'")

    assert "newer" in refused(tmp_path, "--database-file", str(file))


def test_T5_the_key_that_seals_what_github_gives_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    with github_stand_in() as github:
        named = {"WORKSPACES_GITHUB_CLIENT_ID": CLIENT_ID, "WORKSPACES_GITHUB_URL": github.url}
        key = tmp_path / "data" / "github.key"
        with serving(tmp_path, expect_link=True, **named) as served:
            assert httpx.get(f"{served.address}/v1/server").json()["sign_in"] == ["github"]
            first = key.read_bytes()
            assert key.stat().st_mode & 0o777 == 0o600
        with serving(tmp_path, expect_link=True, **named):
            assert key.read_bytes() == first
        key.write_text("damaged")
        assert "github.key is damaged" in refused(tmp_path, **named)


def test_W6_however_many_wait_for_github_others_are_served(tmp_path: Path) -> None:
    with github_stand_in() as github, ThreadPoolExecutor(AT_ONCE + 2) as people:
        named = {"WORKSPACES_GITHUB_CLIENT_ID": CLIENT_ID, "WORKSPACES_GITHUB_URL": github.url}
        with serving(tmp_path, expect_link=True, **named) as served:
            github.trouble = "hang"
            ask = {"method": "github", "device": DEVICE}
            begin = partial(httpx.post, f"{served.address}/v1/sign-ins", json=ask, timeout=SECONDS)
            waiting = [people.submit(begin) for _ in range(AT_ONCE + 2)]
            while len(github.asked) < AT_ONCE:
                assert len(wait(waiting, timeout=0.05).not_done) >= AT_ONCE
            assert httpx.get(f"{served.address}/v1/server", timeout=TIMEOUT / 2).status_code == 200
            github.released.set()
            assert {call.result().json()["code"] for call in waiting} == {"github_unavailable"}


def test_addresses_that_cannot_be_used_are_said_in_a_sentence(tmp_path: Path) -> None:
    for named, said in (
        ({"WORKSPACES_SMTP_URL": "mail.example.org"}, "smtp://"),
        ({"WORKSPACES_GITHUB_CLIENT_ID": "x", "WORKSPACES_GITHUB_URL": "http://github.example.org"}, "https://github"),
        ({"WORKSPACES_DATABASE_URL": "mysql://ada:secret@db.example.org/workspaces"}, "postgresql://"),
        ({"WORKSPACES_DATABASE_URL": "postgresql://db.example.org:port/workspaces"}, "postgresql://"),
    ):
        sentence = refused(tmp_path, **named)
        assert said in sentence
        assert len(sentence.strip().splitlines()) == 1


def test_I5_links_begin_with_the_address_that_serve_is_told(tmp_path: Path) -> None:
    with serving(tmp_path, "--address", "http://people.example/", expect_link=False) as served:
        assert served.process.stdout
        link = LINK.search(served.process.stdout.readline())
        assert link
        assert link[1] == "http://people.example"
        served.set_up_code = link[2]
        signed_in = {"Authorization": served.sign_up("grace")}
        acme = httpx.post(f"{served.address}/v1/workspaces", json={"name": "acme"}, headers=signed_in).json()["id"]
        made = httpx.post(
            f"{served.address}/v1/workspaces/{acme}/invite-links", json={}, headers=signed_in | {"Host": "evil.example"}
        )
        assert made.json()["link"].startswith("http://people.example/i#ic-")


def test_I5_an_address_that_is_none_is_wrong_usage(tmp_path: Path) -> None:
    for address in ("people.example", "ftp://people.example", "https://a:b@people.example", "https://x.example/#i"):
        told = subprocess.run(
            [*COMMAND, "--address", address],
            check=False,
            capture_output=True,
            env={"PATH": "/usr/bin:/bin", "WORKSPACES_HOME": str(tmp_path)},
        )
        assert told.returncode == 2
