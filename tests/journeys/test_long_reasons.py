"""A reason is the one that holds, and ends with what to do about it: nobody reads it cut off before that."""

from pathlib import Path

import pytest

from tests.app.house import ME, credential
from tests.app.line import served
from tests.dialogs.host import Host
from tests.driver import SMALL, at_keyboard
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


async def test_I6_the_owner_of_a_personal_workspace_reads_why_nobody_is_invited_to_it(home: Path) -> None:
    async with at_keyboard(home) as user:
        await user.sees("5 workspaces.")
        await user.press("3")
        await user.sees("A personal workspace has one member and goes with its account.")
        assert "Owners and Managers invite people" not in user.page


async def test_T1_keys_pressed_while_a_token_is_made_do_not_close_its_secret(home: Path) -> None:
    async with (
        served(home) as line,
        at_keyboard(home, workspace="acme", server=line.address, credential=credential(home, ME)) as user,
    ):
        await user.sees("5 workspaces")
        await user.press("4")
        await user.sees("Row 1 of")
        await user.press("n")
        await user.sees("New token for acme")
        await user.types("slow")
        line.hold()
        user.bursts("enter", "enter")
        await user.sees("Asking the server")
        user.bursts("escape")
        await user.pilot.pause()
        line.release()
        await user.sees("The secret of slow", "cannot be shown again")
        await user.rests()
        assert "The secret of slow" in user.page
