"""A shell in a home of its own for every test."""

import io
import shutil
import signal
from collections.abc import Iterator
from contextlib import redirect_stdout
from pathlib import Path

import pytest

from tests.cli.driver import Shell
from tests.secret_stores.secret_service import Session
from tui.cli.main import run

OTHERS = ("WORKSPACES_SERVER", "WORKSPACES_TOKEN", "WORKSPACES_ACCESSIBLE", "COLUMNS", "NO_COLOR", "TERM")


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shell:
    """A shell in an empty home."""
    for name in OTHERS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("WORKSPACES_HOME", str(tmp_path / "home"))
    return Shell(tmp_path / "home", monkeypatch, capsys)


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Lets children hear interrupts: whoever started the tests in the background has had them ignored."""
    kept = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, kept)


@pytest.fixture
def keyring(unlocked: Session, monkeypatch: pytest.MonkeyPatch) -> Session:
    """A keyring that is unlocked, for secrets that last."""
    monkeypatch.setenv("WORKSPACES_SECRETS", "keyring")
    return unlocked


@pytest.fixture(scope="session")
def settled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a shared workspace `acme`, active; made once, for copying."""
    home = tmp_path_factory.mktemp("settled")
    with pytest.MonkeyPatch.context() as environment, redirect_stdout(io.StringIO()):
        for name in OTHERS:
            environment.delenv(name, raising=False)
        environment.setenv("WORKSPACES_HOME", str(home))
        assert [run(["create", "acme"]), run(["activate", "acme"])] == [0, 0]
    return home


@pytest.fixture
def acme(shell: Shell, settled: Path) -> Shell:
    """A shell whose active workspace is `acme`, which its person owns."""
    shutil.copytree(settled, shell.home)
    return shell
