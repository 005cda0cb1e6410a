"""`workspaces doctor`: every state of what is around, told in time and without changing anything."""

import socket
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.driver import Shell
from tests.secret_stores.secret_service import Session
from tui.secret_stores.keyring_process import SILENT
from tui.secret_stores.secret_service import BUS_GONE, NO_BUS, NOT_RUNNING, SHUT
from tui.secret_stores.store import State

LONGEST = 25.0
"""Seconds within which it ends, whatever does not answer."""


def checks(shell: Shell) -> dict[str, dict[str, object]]:
    started = time.monotonic()
    found = shell.done("doctor --json").json["checks"]
    assert time.monotonic() - started < LONGEST
    return {check["name"]: check for check in found}


def test_before_the_first_start_it_makes_nothing(shell: Shell) -> None:
    found = checks(shell)
    assert found["server"]["works"] is None
    assert found["server"]["advice"] == "Open the app: workspaces"
    assert not (shell.home / "data").exists()
    assert list(found) == [
        "server",
        "database",
        "secrets",
        "config file",
        "terminal",
        "clipboard",
        "data folder",
        "state folder",
        "settings folder",
    ]


def test_where_all_is_well_it_says_so(unlocked: Session, acme: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WORKSPACES_SECRETS")
    acme.done("activate acme")
    found = checks(acme)
    assert [name for name, check in found.items() if check["works"] is False] == []
    assert "in acme" in str(found["server"]["found"])
    assert "acme is active" in str(found["config file"]["found"])
    assert "workspaces.db (" in str(found["database"]["found"])
    assert found["secrets"]["advice"] == ""
    lines = acme.done("doctor").lines
    assert lines[0].startswith("works  server           this computer: ")


@pytest.mark.parametrize(
    ("happen", "state"),
    [
        (Session.lock_keyring, SHUT),
        (Session.freeze_keyring, SILENT),
        (Session.freeze_bus, SILENT),
        (Session.kill_keyring, NOT_RUNNING),
        (Session.kill_bus, BUS_GONE),
    ],
)
def test_T6_each_state_of_the_keyring_comes_with_what_to_do(
    happen: Callable[[Session], None],
    state: State,
    unlocked: Session,
    shell: Shell,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("WORKSPACES_SECRETS")
    happen(unlocked)
    secrets = checks(shell)["secrets"]
    assert secrets["works"] is False
    assert state.sentence in str(secrets["found"])
    assert secrets["advice"] == state.advice
    assert any(state.advice in line for line in shell.done("doctor").lines)


def test_T6_without_a_session_bus(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WORKSPACES_SECRETS")
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    assert checks(shell)["secrets"]["advice"] == NO_BUS.advice


@pytest.mark.parametrize(
    ("server", "says", "advice"),
    [
        ("http://127.0.0.1:9", "not signed in to http://127.0.0.1:9", "workspaces login"),
        ("nonsense", "The address of a server looks like", ""),
    ],
)
def test_a_server_that_one_cannot_get_into(
    server: str, says: str, advice: str, shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKSPACES_SERVER", server)
    found = checks(shell)["server"]
    assert found["works"] is False
    assert says in str(found["found"])
    assert found["advice"] == advice


def test_a_server_that_is_away(shell: Shell, config: Path) -> None:
    config.write_text(
        '[away]\nserver_url = "http://127.0.0.1:9"\ntoken_id = "ak-1"\ntoken_secret = "as-1"\nactive = true\n'
    )
    assert "cannot be reached" in str(checks(shell)["server"]["found"])


@pytest.mark.parametrize(
    ("content", "mode", "says", "advice"),
    [
        ("[acme\n", 0o600, "line 1, column 6", ""),
        ("", 0o600, "0 profiles, none is active", ""),
        ("", 0o644, "others may read it", "chmod 600 {path}"),
        (
            '[a]\nserver_url = "https://ws.example.com"\ntoken_secret = "as-1"\n',
            0o600,
            "the secret of a is in plain text",
            "workspaces profiles import",
        ),
    ],
)
def test_P1_each_state_of_the_config_file(
    content: str, mode: int, *, says: str, advice: str, shell: Shell, config: Path
) -> None:
    config.write_text(content)
    config.chmod(mode)
    found = checks(shell)["config file"]
    assert says in str(found["found"])
    assert found["advice"] == advice.format(path=config)
    assert "as-1" not in shell.done("doctor").out


def test_a_home_that_cannot_be_used(shell: Shell) -> None:
    shell.home.touch()
    found = checks(shell)
    assert [found[f"{name} folder"]["works"] for name in ("data", "state", "settings")] == [False] * 3
    assert "set WORKSPACES_HOME" in str(found["data folder"]["advice"])


def test_tmux_is_asked_whether_its_terminal_has_a_clipboard(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake = tmp_path / "bin" / "tmux"
    fake.parent.mkdir()
    fake.write_text("#!/bin/sh\necho ${FEATURES}\n")
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", str(fake.parent), prepend=":")
    monkeypatch.setenv("TMUX", "somewhere,1,0")
    assert checks(shell)["clipboard"]["works"] is False
    monkeypatch.setenv("FEATURES", "256,clipboard,title")
    assert checks(shell)["clipboard"]["works"] is True
    fake.write_text("#!/bin/sh\nexit 1\n")
    assert checks(shell)["clipboard"]["works"] is False


@pytest.mark.parametrize(
    ("variable", "says"), [("STY", "GNU screen"), ("SSH_CONNECTION", "OSC 52"), ("NO_SUCH", "OSC 52")]
)
def test_elsewhere_a_clipboard_cannot_be_known(
    variable: str, says: str, shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TMUX", raising=False)
    monkeypatch.setenv(variable, "1")
    clipboard = checks(shell)["clipboard"]
    assert clipboard["works"] is None
    assert says in str(clipboard["found"])


@pytest.mark.parametrize(
    ("term", "works", "says"), [("xterm-256color", True, "xterm-256color, "), ("dumb", False, "TERM is dumb")]
)
def test_at_a_terminal(term: str, works: bool, says: str, acme: Shell) -> None:
    ran = acme.at_terminal("doctor --json", "", TERM=term)
    terminal = next(check for check in ran.json["checks"] if check["name"] == "terminal")
    assert terminal["works"] is works
    assert says in terminal["found"]


def test_it_ends_beside_a_server_that_never_answers(shell: Shell, config: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        config.write_text(f'[silent]\nserver_url = "{url}"\ntoken_id = "ak-1"\ntoken_secret = "as-1"\nactive = true\n')
        assert "did not answer within 15 seconds" in str(checks(shell)["server"]["found"])
