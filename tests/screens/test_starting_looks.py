"""What is seen before there is a first screen: opening, why it came to nothing, and the first start."""

from asyncio import Event
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
@pytest.mark.parametrize("name", ["starting-loading"])
def test_looks_while_it_opens(
    name: str, size: Size, home: Path, snap_compare: Snap, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def never(_: Start) -> None:
        await Event().wait()

    monkeypatch.setattr("tui.app.opening.open_context", never)

    async def wait(user: User) -> None:
        await user.sees("Opening…")

    assert look(opened(home), size, snap_compare, wait)


@SIZES
@pytest.mark.parametrize("name", ["starting-refused"])
def test_looks_where_no_data_can_be(
    name: str, size: Size, tmp_path: Path, snap_compare: Snap, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("home").mkdir()
    Path("home/data").touch()

    async def wait(user: User) -> None:
        await user.sees("Ctrl+R Try again")

    app = WorkspacesApp(Start(Program.APP, Folders.within(Path("home"))))
    assert look(app, size, snap_compare, wait)


@SIZES
@pytest.mark.parametrize("name", ["starting-long_text"])
def test_looks_where_a_long_address_is_no_servers(name: str, size: Size, home: Path, snap_compare: Snap) -> None:
    async def wait(user: User) -> None:
        await user.sees("cannot be reached", "Ctrl+R Try again")

    server = f"http://127.0.0.1:9/{'workspaces/' * 20}"
    assert look(opened(home, server=server, credential="se-0.ss-0"), size, snap_compare, wait)


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
