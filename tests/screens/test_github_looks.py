"""What has to do with GitHub, and settings, as they look (W4, W5)."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.app.github_home import GithubHome, on_github
from tests.driver import User
from tests.looks import SIZES, Sample, Size, Snap, look, look_at
from tui.app.app import WorkspacesApp
from tui.context.start import Start
from tui.domain.programs import Program
from tui.folders import Folders

TOLD = "6 workspaces, 2 to join."


def of(keys: str, then: str, workspace: str = "tools") -> Sample:
    return Sample(keys, then, workspace, TOLD)


SAMPLES = {
    "workspaces-filled-joinable": of("end up", "organization cobol"),
    "menu-filled-of_joinable": of("end up m", "Join workspace"),
    "confirm-filled-join": of("end up enter", "Join compilers"),
    "settings-filled": of("6 down down down down", "Settings of tools."),
    "confirm-filled-auto_join": of("6 down down down down enter", "Switch off auto-join of tools"),
    "settings-filled-as_user": of("6 down down down down", "Settings of navy-research.", "navy-research"),
    "settings-filled-of_scratch": of("6 down down down down", "Settings of acme.", "acme"),
    "settings-filled-personal": of("6 end", "Settings of grace-holm.", "grace-holm"),
    "new_workspace-filled-wrong": of("n F o r t r a n minus", "A hyphen stands inside"),
    "new_workspace-filled-github": of("n f o r t r a n shift+tab right", "cobol ▾"),
}


@pytest.fixture
def place(home: Path) -> Iterator[GithubHome]:
    with on_github(home) as place:
        yield place


def opened(home: Path, place: GithubHome, workspace: str = "tools") -> WorkspacesApp:
    return WorkspacesApp(Start(Program.APP, Folders.within(home), workspace=workspace, embedded=place.embedded))


@SIZES
@pytest.mark.parametrize("name", SAMPLES)
def test_looks(name: str, size: Size, home: Path, place: GithubHome, snap_compare: Snap) -> None:
    sample = SAMPLES[name]
    assert look_at(opened(home, place, sample.workspace), sample, size, snap_compare)


@SIZES
@pytest.mark.parametrize("name", ["workspaces-away-github"])
def test_looks_where_github_does_not_answer(
    name: str, size: Size, home: Path, place: GithubHome, snap_compare: Snap
) -> None:
    place.github.trouble = "500"

    async def act(user: User) -> None:
        await user.sees("6 workspaces.", "does not say what you can join.", "auto-join on")

    assert look(opened(home, place), size, snap_compare, act)


@SIZES
@pytest.mark.parametrize("name", ["new_workspace-refused-github"])
def test_looks_with_an_organization_that_cannot_be_told(
    name: str, size: Size, home: Path, place: GithubHome, snap_compare: Snap
) -> None:
    async def act(user: User) -> None:
        await user.sees(TOLD)
        place.github.trouble = "500"
        await user.press("n", "shift+tab", "right")
        await user.sees("GitHub does not answer")

    assert look(opened(home, place), size, snap_compare, act)


@SIZES
@pytest.mark.parametrize("name", ["workspaces-long_text-joinable"])
def test_looks_with_names_that_mean_harm(
    name: str, size: Size, home: Path, place: GithubHome, snap_compare: Snap
) -> None:
    place.github.organizations[int(place.cobol)] = "[red]x[/] \x1b]52;c;cHduZWQ=\x07 \u202edlog\u200b" + "x" * 200
    sample = of("end up", "organization")
    assert look_at(opened(home, place), sample, size, snap_compare)
