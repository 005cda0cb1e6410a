"""What is seen before there is a first screen: opening, why it came to nothing, and the first start."""

from pathlib import Path

import pytest

from tests.driver import User
from tests.looks import SIZES, Size, Snap, look, opened
from tui.app.app import WorkspacesApp
from tui.context.start import Start
from tui.domain.programs import Program
from tui.folders import Folders

NOBODY = "http://127.0.0.1:9"
"""Where nobody answers."""


@SIZES
@pytest.mark.parametrize("name", ["starting-away"])
def test_looks_where_nobody_answers(name: str, size: Size, home: Path, snap_compare: Snap) -> None:
    async def wait(user: User) -> None:
        await user.sees("cannot be reached", "Ctrl+R Try again")

    assert look(opened(home, server=NOBODY, credential="se-0.ss-0"), size, snap_compare, wait)


@SIZES
@pytest.mark.parametrize("name", ["first_start-filled-in_app"])
def test_looks_at_the_first_start(
    name: str, size: Size, tmp_path: Path, snap_compare: Snap, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LOGNAME", "grace")

    async def wait(user: User) -> None:
        await user.sees("Welcome", "Start here")

    app = WorkspacesApp(Start(Program.APP, Folders.within(Path("home"))))
    assert look(app, size, snap_compare, wait)
