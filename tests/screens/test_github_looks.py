"""What has to do with GitHub, and settings, as they look (W4, W5)."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
import time_machine
from textual.pilot import Pilot

from tests.app.github_home import GithubHome, on_github
from tests.app.house import NOW
from tests.driver import LARGE, SMALL, User
from tui.app.app import WorkspacesApp
from tui.context.start import Start
from tui.domain.programs import Program
from tui.folders import Folders

Snap = Callable[..., bool]


class Sample(NamedTuple):
    """What to press in which workspace, and what is to be seen then; `trouble` is GitHub's."""

    keys: str
    then: str
    workspace: str = "tools"
    trouble: str = ""
    first: str = "6 workspaces, 2 to join."


SAMPLES = {
    "joinable": Sample("end up", "organization cobol"),
    "joinable_menu": Sample("end up m", "Join workspace"),
    "join": Sample("end up enter", "Join compilers"),
    "joinable_away": Sample("", "does not say what you can join.", trouble="500", first="6 workspaces."),
    "settings": Sample("6 down down down down", "Settings of tools."),
    "settings_auto_join": Sample("6 down down down down enter", "Switch off auto-join of tools"),
    "settings_as_user": Sample("6 down down down down", "Settings of navy-research.", "navy-research"),
    "settings_of_scratch": Sample("6 down down down down", "Settings of acme.", "acme"),
    "settings_personal": Sample("6 end", "Settings of grace-holm.", "grace-holm"),
    "new_workspace": Sample("n F o r t r a n minus", "A hyphen stands inside"),
    "new_workspace_github": Sample("n f o r t r a n shift+tab right", "cobol ▾"),
}


@pytest.fixture
def place(home: Path) -> Iterator[GithubHome]:
    with on_github(home) as place:
        yield place


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])
@pytest.mark.parametrize("name", SAMPLES)
def test_looks(name: str, size: tuple[int, int], home: Path, place: GithubHome, snap_compare: Snap) -> None:
    sample = SAMPLES[name]
    place.github.trouble = sample.trouble
    start = Start(Program.APP, Folders.within(home), workspace=sample.workspace, embedded=place.embedded)
    assert look(WorkspacesApp(start), sample, size, snap_compare)


def test_looks_with_an_organization_that_cannot_be_told(home: Path, place: GithubHome, snap_compare: Snap) -> None:
    app = WorkspacesApp(Start(Program.APP, Folders.within(home), workspace="tools", embedded=place.embedded))

    async def act(pilot: Pilot[int]) -> None:
        user = User(app, pilot)
        await user.sees("6 workspaces, 2 to join.")
        place.github.trouble = "500"
        await user.press("n", "shift+tab", "right")
        await user.sees("GitHub does not answer")
        await user.rests()

    with time_machine.travel(NOW, tick=False):
        assert snap_compare(app, terminal_size=SMALL, run_before=act)


def test_looks_with_names_that_mean_harm(home: Path, place: GithubHome, snap_compare: Snap) -> None:
    place.github.organizations[int(place.cobol)] = "[red]x[/] \x1b]52;c;cHduZWQ=\x07 \u202edlog\u200b" + "x" * 200
    start = Start(Program.APP, Folders.within(home), workspace="tools", embedded=place.embedded)
    assert look(WorkspacesApp(start), SAMPLES["joinable"]._replace(then="organization"), SMALL, snap_compare)


def look(app: WorkspacesApp, sample: Sample, size: tuple[int, int], snap_compare: Snap) -> bool:
    async def act(pilot: Pilot[int]) -> None:
        user = User(app, pilot)
        await user.sees(sample.first)
        await user.press(*sample.keys.split())
        await user.sees(sample.then)
        await user.rests()

    with time_machine.travel(NOW, tick=False):
        return snap_compare(app, terminal_size=size, run_before=act)
