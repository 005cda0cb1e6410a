"""A reason ends with what to do about it: nobody reads it cut off before that."""

import pytest

from tests.dialogs.host import Host
from tests.driver import SMALL
from tui.dialogs.new_account import NewAccount
from tui.secret_stores.memory import MemoryStore
from tui.secret_stores.secret_service import BUS_GONE, NO_BUS, NOT_RUNNING
from tui.secret_stores.store import State


@pytest.mark.parametrize("reason", [NO_BUS, BUS_GONE, NOT_RUNNING], ids=["no bus", "bus gone", "not running"])
async def test_T6_who_cannot_keep_a_session_reads_all_that_can_be_done(reason: State) -> None:
    state = MemoryStore(reason).state()
    said = f"No account is made, for its session could not be kept. {state.sentence} {state.advice}"

    async def refused(asked: object) -> str:
        return said

    app = Host(NewAccount("ws.example.org", "grace", refused, github=True))
    async with app.run_test(size=SMALL) as pilot:
        await app.opened()
        await pilot.press("enter")
        await app.shows(said.rsplit(maxsplit=1)[-1])
        await app.shows("Username")
