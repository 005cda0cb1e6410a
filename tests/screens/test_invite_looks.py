"""The invites of a workspace as they look, in every state, and what is asked on them (I1-I5)."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
import time_machine
from textual.pilot import Pilot

from tests.app.house import NOW
from tests.driver import LARGE, SMALL, User
from tui.app.app import WorkspacesApp
from tui.context.start import Start
from tui.domain.programs import Program
from tui.folders import Folders

Snap = Callable[..., bool]

SIX = "Row 1 of 6 invites."


class Sample(NamedTuple):
    """What to press in which workspace, and what is to be seen then."""

    keys: str
    then: str
    workspace: str = "acme"


SAMPLES = {
    "invites": Sample("3", SIX),
    "invites_mail_failed": Sample("3 down down down", "The mail did not arrive"),
    "invites_all": Sample("3 f space enter", "of 11 invites."),
    "invites_marked": Sample("3 space space", "2 marked."),
    "invites_menu": Sample("3 m", "Revoke invite"),
    "invites_empty": Sample("3", "Nobody is invited at present.", "analytical-engine"),
    "invites_as_user": Sample("3", "Owners and Managers invite people", "navy-research"),
    "invites_nothing_found": Sample("3 slash q q q enter", "No invites match"),
    "invite_panel": Sample("3 down enter", "Latest activity"),
    "invite_revoke": Sample("3 x", "Nobody can join by it any more."),
    "invite_resend_many": Sample("3 space space s", "Type acme"),
    "invite_dialog": Sample("3 n", "Nobody else can reach this server"),
}


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])
@pytest.mark.parametrize("name", SAMPLES)
def test_looks(name: str, size: tuple[int, int], home: Path, snap_compare: Snap) -> None:
    sample = SAMPLES[name]
    app = WorkspacesApp(Start(Program.APP, Folders.within(home), workspace=sample.workspace))

    async def act(pilot: Pilot[int]) -> None:
        user = User(app, pilot)
        await user.sees("5 workspaces.")
        for key in sample.keys.split():
            await user.press(key)
            await user.rests()
        await user.sees(sample.then)
        await user.rests()

    with time_machine.travel(NOW, tick=False):
        assert snap_compare(app, terminal_size=size, run_before=act)
