"""A config file of the test's own."""

from pathlib import Path

import pytest

from tui.profiles.file import ProfileFile


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "modal.toml"


@pytest.fixture
def profiles(path: Path) -> ProfileFile:
    return ProfileFile(path)
