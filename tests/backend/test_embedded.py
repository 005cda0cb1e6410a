"""The service in the same process, and its owner's session (S4)."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine

from tui.backend.embedded import FILE_NAME, EmbeddedBackend, open_embedded
from tui.domain.errors import Unauthenticated
from tui.domain.programs import Program
from tui.domain.queries import Place


def run(data: Path, statement: str) -> int:
    """Runs one statement on the database as another process does; what it counted, if it counts."""
    with closing(sqlite3.connect(data / FILE_NAME)) as database, database:
        return int((database.execute(statement).fetchone() or [0])[0])


@pytest.fixture
async def backend(tmp_path: Path) -> AsyncIterator[EmbeddedBackend]:
    backend = await open_embedded(tmp_path, "ada", "", Program.APP)
    yield backend
    await backend.close()


async def test_S4_an_owner_whose_session_was_swept_in_sleep_goes_on_with_another(
    backend: EmbeddedBackend, tmp_path: Path
) -> None:
    with time_machine.travel(datetime.now(UTC) + timedelta(days=2)):
        await (await open_embedded(tmp_path, "ada", "", Program.CLI)).close()
        assert run(tmp_path, "SELECT count(*) FROM sessions") == 0
        made = await asyncio.gather(*(backend.workspaces.create(f"acme-{number}") for number in range(5)))
        assert {workspace.name for workspace in made} == {f"acme-{number}" for number in range(5)}
        assert (await backend.sessions.list(Place())).total == 1


async def test_S3_an_owner_whose_session_was_ended_is_signed_out(backend: EmbeddedBackend, tmp_path: Path) -> None:
    run(tmp_path, "DELETE FROM sessions")
    with pytest.raises(Unauthenticated):
        await backend.sessions.list(Place())


async def test_S4_an_opening_that_is_given_up_leaves_no_session_behind(tmp_path: Path) -> None:
    for passes in range(0, 40, 5):
        opening = asyncio.ensure_future(open_embedded(tmp_path, "ada", "", Program.APP))
        for _ in range(passes):
            await asyncio.sleep(0)
        opening.cancel()
        with pytest.raises(asyncio.CancelledError):
            await opening
    backend = await open_embedded(tmp_path, "ada", "", Program.APP)
    async with asyncio.timeout(20):
        while (await backend.sessions.list(Place())).total != 1:
            await asyncio.sleep(0.01)
    await backend.close()
