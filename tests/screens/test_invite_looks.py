"""The invites of a workspace as they look, in every state, and what is asked on them (I1-I5)."""

from asyncio import Event
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
import time_machine
from sqlalchemy import create_engine, update
from textual.pilot import Pilot

from tests.app.house import NOW
from tests.driver import LARGE, SMALL, User
from tui.app.app import WorkspacesApp
from tui.backend.embedded import FILE_NAME
from tui.context.start import Start
from tui.domain.errors import Failure, Unreachable
from tui.domain.invites import Invite
from tui.domain.programs import Program
from tui.domain.queries import Page
from tui.folders import Folders
from tui.screens.invites import InvitesScreen
from tui.screens.messages import NotAnswered
from tui.server.storage import tables

Snap = Callable[..., bool]

SIZES = pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])
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


def look(home: Path, sample: Sample, size: tuple[int, int], snap_compare: Snap, failure: Failure | None = None) -> bool:
    app = WorkspacesApp(Start(Program.APP, Folders.within(home), workspace=sample.workspace))

    async def act(pilot: Pilot[int]) -> None:
        user = User(app, pilot)
        await user.sees("5 workspaces.")
        for key in sample.keys.split():
            await user.press(key)
            await user.rests()
        if failure:
            app.post_message(NotAnswered(failure))
        await user.sees(sample.then)
        await user.rests()

    with time_machine.travel(NOW, tick=False):
        return snap_compare(app, terminal_size=size, run_before=act)


@SIZES
@pytest.mark.parametrize("name", SAMPLES)
def test_looks(name: str, size: tuple[int, int], home: Path, snap_compare: Snap) -> None:
    assert look(home, SAMPLES[name], size, snap_compare)


@SIZES
def test_looks_away(size: tuple[int, int], home: Path, snap_compare: Snap) -> None:
    assert look(home, Sample("3", "away since 12:00"), size, snap_compare, Unreachable("The server does not answer."))


@SIZES
def test_looks_while_it_is_read(
    size: tuple[int, int], home: Path, snap_compare: Snap, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def never(*_: object) -> Page[Invite]:
        await Event().wait()
        raise AssertionError

    monkeypatch.setattr(InvitesScreen, "read", never)
    assert look(home, Sample("3", "online"), size, snap_compare)


@SIZES
def test_looks_with_long_and_hostile_text(size: tuple[int, int], home: Path, snap_compare: Snap) -> None:
    engine = create_engine(f"sqlite:///{home / 'data' / FILE_NAME}")
    with engine.begin() as connection:
        label = "[red]x[/] \x1b]52;c;cHduZWQ=\x07 \u202edlog" + "x" * 500
        connection.execute(update(tables.invites).where(tables.invites.c.label.is_not(None)).values(label=label))
        connection.execute(update(tables.invites).values(inviter_name="ada-" + "fern-" * 11 + "x"))
    engine.dispose()
    assert look(home, Sample("3", SIX), size, snap_compare)
