"""A service that people can sign up to, in this process, on each database."""

from collections.abc import AsyncGenerator

import pytest

from tests.server.driver import House, opened
from tests.server.github_house import GithubPlace, github_place
from tui.domain.servers import Mode
from tui.server.settings import Settings
from tui.server.storage.engine import Store

OPEN = Settings(mode=Mode.SERVED, open_sign_up=True, address="http://house")


@pytest.fixture
async def house(store: Store) -> AsyncGenerator[House]:
    """A service with open sign-up, and nobody in it yet."""
    async with opened(store, OPEN) as house:
        yield house


@pytest.fixture
async def place(store: Store) -> AsyncGenerator[GithubPlace]:
    """A service that is connected to GitHub, and nobody in it yet."""
    async with github_place(store) as place:
        yield place
