"""A client and the odd server that it is a client of."""

from collections.abc import AsyncGenerator

import pytest

from tests.backend.odd_server import OddServer, client_of, odd_server
from tui.backend.http.client import HttpBackend


@pytest.fixture
async def odd() -> AsyncGenerator[OddServer]:
    async with odd_server() as odd:
        yield odd


@pytest.fixture
async def backend(odd: OddServer) -> AsyncGenerator[HttpBackend]:
    async with client_of(odd) as backend:
        yield backend
