"""A secret or link whose answer was lost for so long that the repeat of the call brings none (T1, I5)."""

import asyncio
import sqlite3
from collections.abc import AsyncGenerator
from contextlib import closing
from pathlib import Path

import pytest

from tests.app.house import ME, credential
from tests.app.line import Line, served
from tests.driver import PATIENCE, User, at_keyboard
from tui.backend.embedded import FILE_NAME
from tui.folders import Folders

AN_HOUR = 3_600_000_000
"""Microseconds."""


@pytest.fixture
async def line(home: Path) -> AsyncGenerator[Line]:
    async with served(home) as line:
        yield line


@pytest.fixture
async def user(home: Path, line: Line) -> AsyncGenerator[User]:
    """Grace, in acme, on a server."""
    async with at_keyboard(home, workspace="acme", server=line.address, credential=credential(home, ME)) as user:
        await user.sees("5 workspaces")
        yield user


async def lose_answer(home: Path, line: Line) -> None:
    """What was asked is done; the line breaks before that is heard, and is mended an hour later."""
    with closing(sqlite3.connect(Folders.within(home).data / FILE_NAME)) as database:
        async with asyncio.timeout(PATIENCE):
            while not is_an_hour_later(database):
                await asyncio.sleep(0)
    await line.cut()
    line.release()
    await line.mend()


def is_an_hour_later(database: sqlite3.Connection) -> bool:
    with database:
        done = database.execute("UPDATE idempotency_keys SET created_at = created_at - ?", [AN_HOUR])
        return done.rowcount > 0


async def test_T1_a_secret_that_did_not_come_is_said_to_be_lost(user: User, home: Path, line: Line) -> None:
    await user.press("4", "n")
    await user.sees("New token for acme")
    await user.types("deploy")
    line.hold_answers()
    await user.press("enter")
    await lose_answer(home, line)
    await user.sees("The secret of deploy", "was lost", "Rotate the token")
    await user.press("enter")
    await user.sees("The token deploy is made.", "of 7 tokens")


async def test_I5_a_link_that_did_not_come_is_said_to_be_lost(user: User, home: Path, line: Line) -> None:
    await user.press("3", "n")
    await user.sees("Invite to acme")
    await user.types("nora@example.org")
    await user.sees("1 of 1 get")
    line.hold_answers()
    await user.press("tab", "tab", "tab", "tab", "enter")
    await lose_answer(home, line)
    await user.sees("nora@example.org", "was lost", "Send the invite again")
