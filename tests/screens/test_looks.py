"""Every state of every screen as it looks, small and large, in both themes."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
import time_machine
from textual.pilot import Pilot

from tests.app.house import NOW, call_somebody
from tests.driver import LARGE, SMALL, User
from tui.app.app import WorkspacesApp
from tui.context.start import Start
from tui.domain.errors import Unreachable
from tui.domain.programs import Program
from tui.folders import Folders
from tui.screens.messages import NotAnswered

Snap = Callable[..., bool]

FIRST = "5 workspaces."
MEMBERS = "of 137 members"
NOBODY = "http://127.0.0.1:9"
"""Where nobody answers."""


class Sample(NamedTuple):
    """What to press in which workspace, and what is to be seen then; `then` after the last key."""

    keys: str
    then: str
    workspace: str = "acme"


SAMPLES = {
    "workspaces": Sample("", "135 active, 2 disabled"),
    "workspaces_disabled_row": Sample("end up", "You are disabled here."),
    "members": Sample("2", MEMBERS),
    "members_as_user": Sample("2", "Row 1 of 2 members", "navy-research"),
    "members_marked": Sample("2 down down space space", "2 marked."),
    "members_role": Sample("2 down down r", "▸ User"),
    "members_role_refused": Sample("2 down r", "only an Owner assigns it", "analytical-engine"),
    "members_menu": Sample("2 " + "down " * 7 + "m", "Nobody removes themself"),
    "members_sort": Sample("2 o", "now; again: other way"),
    "members_searched": Sample("2 slash r e e d", "Row 1 of 1 member."),
    "members_nothing_found": Sample("2 slash q q q enter", "No members match"),
    "members_refused_act": Sample("2 " + "down " * 7 + "d", "Nobody disables themself"),
    "members_done": Sample("2 down down r up enter", "barbara-lake is now Manager."),
    "member_panel": Sample("2 down down enter", "10 d ago"),
    "activity": Sample("5", "Row 1 of 40 entries."),
    "activity_filter": Sample("5 f", "40 entries match"),
    "activity_filter_nobody": Sample("5 f x y z enter", "is no member here"),
    "activity_filtered": Sample("5 f a d a minus f e r n tab tab down space enter", "Row 1 of 7 entries."),
    "activity_of_member": Sample("2 down down enter enter", "On whom barbara-lake"),
    "activity_as_user": Sample("5", "Owners and Managers can read this.", "navy-research"),
    "entry_panel": Sample("5 down enter", "role user > manager"),
    "selector": Sample("w", "All workspaces"),
    "help": Sample("2 question_mark", "Change role"),
    "palette": Sample("2 colon", "Change role"),
}


def opened(home: Path, *, workspace: str = "acme", server: str = "", credential: str = "") -> WorkspacesApp:
    return WorkspacesApp(Start(Program.APP, Folders.within(home), server, credential, workspace))


def look(app: WorkspacesApp, sample: Sample, size: tuple[int, int], snap_compare: Snap, theme: str = "") -> bool:
    async def act(pilot: Pilot[int]) -> None:
        user = User(app, pilot)
        await user.sees(FIRST)
        app.theme = theme or app.theme
        await user.press(*sample.keys.split())
        await user.sees(sample.then)
        await user.rests()

    with time_machine.travel(NOW, tick=False):
        return snap_compare(app, terminal_size=size, run_before=act)


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])
@pytest.mark.parametrize("name", SAMPLES)
def test_looks(name: str, size: tuple[int, int], home: Path, snap_compare: Snap) -> None:
    sample = SAMPLES[name]
    assert look(opened(home, workspace=sample.workspace), sample, size, snap_compare)


@pytest.mark.parametrize("name", ["workspaces", "members_role", "member_panel"])
def test_looks_in_light(name: str, home: Path, snap_compare: Snap) -> None:
    assert look(opened(home), SAMPLES[name], SMALL, snap_compare, "workspaces-light")


def test_looks_at_its_widest(home: Path, snap_compare: Snap) -> None:
    assert look(opened(home), SAMPLES["members"], (200, 60), snap_compare)


def test_looks_too_small(home: Path, snap_compare: Snap) -> None:
    app = opened(home)

    async def wait(pilot: Pilot[int]) -> None:
        await User(app, pilot).sees("59x19")

    with time_machine.travel(NOW, tick=False):
        assert snap_compare(app, terminal_size=(59, 19), run_before=wait)


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])
def test_looks_with_names_that_mean_harm(size: tuple[int, int], home: Path, snap_compare: Snap) -> None:
    call_somebody(home, "ada-fern", "[red]x[/] \x1b]52;c;cHduZWQ=\x07 \u202edlog\u200b" + "x" * 10_000)
    call_somebody(home, "alan-moss", "e" + "\u0301" * 50 + " 王小明 " + "\x9b31m")
    assert look(opened(home), SAMPLES["members"], size, snap_compare)


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])
def test_looks_away(size: tuple[int, int], home: Path, snap_compare: Snap) -> None:
    app = opened(home)

    async def leave(pilot: Pilot[int]) -> None:
        user = User(app, pilot)
        await user.sees(FIRST)
        await user.press("2")
        await user.sees(MEMBERS)
        app.post_message(NotAnswered(Unreachable("The server does not answer.")))
        await user.sees("away since 12:00")
        await user.rests()

    with time_machine.travel(NOW, tick=False):
        assert snap_compare(app, terminal_size=size, run_before=leave)


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])
def test_looks_where_nobody_answers(size: tuple[int, int], home: Path, snap_compare: Snap) -> None:
    app = opened(home, server=NOBODY, credential="se-0.ss-0")

    async def wait(pilot: Pilot[int]) -> None:
        await User(app, pilot).sees("cannot be reached", "Ctrl+R Try again")

    with time_machine.travel(NOW, tick=False):
        assert snap_compare(app, terminal_size=size, run_before=wait)


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])
def test_looks_at_the_first_start(
    size: tuple[int, int], tmp_path: Path, snap_compare: Snap, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LOGNAME", "grace")
    app = WorkspacesApp(Start(Program.APP, Folders.within(Path("home"))))

    async def wait(pilot: Pilot[int]) -> None:
        await User(app, pilot).sees("Welcome", "Start here")

    assert snap_compare(app, terminal_size=size, run_before=wait)
