"""The home of `tests.app.house`, made once and copied for every test."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.app.house import build
from tests.driver import User, at_keyboard


@pytest.fixture(scope="session")
def lived_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    build(home)
    return home


@pytest.fixture
def home(lived_in: Path, tmp_path: Path) -> Path:
    """A home to do with as one likes."""
    return Path(shutil.copytree(lived_in, tmp_path / "home"))


@pytest.fixture
async def user(home: Path) -> AsyncIterator[User]:
    """Grace, Owner of acme, on its members."""
    async with at_keyboard(home, workspace="acme") as user:
        await user.sees("5 workspaces.")
        await user.press("2")
        await user.sees("Row 1 of 137 members.")
        yield user
