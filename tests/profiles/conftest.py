"""A config file of the test's own, and the official package to compare with."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.profiles.official import VERSION, Official, installed
from tui.profiles.file import ProfileFile


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "modal.toml"


@pytest.fixture
def profiles(path: Path) -> ProfileFile:
    return ProfileFile(path)


@pytest.fixture(scope="session")
def official(request: pytest.FixtureRequest) -> Iterator[Official]:
    """The package, installed once a machine and shared by all workers."""
    try:
        folder = installed(request.config.rootpath / ".pytest_cache")
    except subprocess.CalledProcessError as error:
        pytest.skip(f"needs modal {VERSION} from PyPI: {error.stderr}")
    official = Official(folder)
    yield official
    official.end()
