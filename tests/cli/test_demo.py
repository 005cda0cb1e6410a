"""`workspaces demo` in a terminal: it touches nothing of the user's and leaves nothing behind."""

import signal
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.app.terminal import COMMAND, PATIENCE, Terminal, terminal
from tests.cli.driver import Shell

CONFIG = '[mine]\nactive = true\ntoken_id = "ak-1"\ntoken_secret = "as-mine"\nserver_url = "https://api.example.org"\n'


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """What a user has: a home, a config file, folders of the app."""
    (tmp_path / "home/.config").mkdir(parents=True)
    (tmp_path / "workspaces/data").mkdir(parents=True)
    (tmp_path / "temporary").mkdir()
    (tmp_path / "modal.toml").write_text(CONFIG)
    return tmp_path


def everything(folder: Path) -> dict[str, tuple[int, str]]:
    """Every file and folder, when it was changed last, and what is in it."""
    return {
        str(path): (path.stat().st_mtime_ns, path.read_text() if path.is_file() else "")
        for path in sorted(folder.rglob("*"))
        if path != folder / "temporary"
    }


@contextmanager
def demo(mine: Path, *options: str) -> Generator[Terminal]:
    environ = {
        "HOME": mine / "home",
        "WORKSPACES_HOME": mine / "workspaces",
        "MODAL_CONFIG_PATH": mine / "modal.toml",
        "MODAL_PROFILE": "mine",
        "WORKSPACES_SERVER": "http://127.0.0.1:9",
        "TMPDIR": mine / "temporary",
        "DBUS_SESSION_BUS_ADDRESS": "",
    }
    with terminal([COMMAND, "demo", *options], {name: str(value) for name, value in environ.items()}) as window:
        yield window


def test_it_touches_nothing_of_the_users_and_leaves_nothing(mine: Path) -> None:
    before = everything(mine)
    with demo(mine) as window:
        window.sees(b"navy-research")
        assert list((mine / "temporary").iterdir())
        window.types(b"q")
        assert window.ended() == 0
    assert everything(mine) == before


def test_activating_in_it_leaves_the_users_profiles_alone(mine: Path) -> None:
    before = everything(mine)
    with demo(mine) as window:
        window.sees(b"navy-research")
        window.types(b"w")
        window.sees(b"All workspaces")
        window.types(b"\x1b[B\r")
        window.sees(b"analytical-engine ")
        window.types(b"\x11")
        assert window.ended() == 0
    assert everything(mine) == before


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize(("options", "seen"), [((), b"navy-research"), (("--members", "200000"), b"[#")])
def test_a_signal_leaves_nothing_behind(
    mine: Path, number: signal.Signals, options: tuple[str, ...], seen: bytes
) -> None:
    before = everything(mine)
    with demo(mine, *options) as window:
        window.sees(seen)
        window.process.send_signal(number)
        assert window.ended() == 128 + number
    assert everything(mine) == before


def test_a_terminal_that_is_gone_leaves_nothing_behind(mine: Path) -> None:
    before = everything(mine)
    with demo(mine, "--members", "200000") as window:
        window.sees(b"[#")
        window.hangs_up()
        assert window.process.wait(PATIENCE) != 0
    assert everything(mine) == before


def test_many_members_are_made_under_a_progress_bar(mine: Path) -> None:
    with demo(mine, "--members", "20000") as window:
        window.sees(b"Making 20,000 members")
        window.sees(b"100%")
        window.sees(b"lighthouse")
        window.types(b"2")
        window.sees(b"of 20,000 members")
        window.types(b"q")
        assert window.ended() == 0


def test_without_a_terminal_nothing_is_made(shell: Shell) -> None:
    ran = shell("demo --members 1000000")
    assert (ran.code, ran.out) == (2, "")
    assert "needs a terminal" in ran.err
