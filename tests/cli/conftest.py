"""A shell in a home of its own for every test."""

from pathlib import Path

import pytest

from tests.cli.driver import Shell


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shell:
    for name in ("WORKSPACES_SERVER", "WORKSPACES_TOKEN", "WORKSPACES_ACCESSIBLE", "COLUMNS", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("WORKSPACES_HOME", str(tmp_path))
    return Shell(tmp_path, monkeypatch, capsys)


@pytest.fixture
def acme(shell: Shell) -> Shell:
    """A shell whose active workspace is `acme`, which its person owns."""
    shell.done("create acme")
    shell.done("activate acme")
    return shell
