"""How pictures are taken, and what they are called: `place-state-detail-size`, as `members-filled-marked-80x24`."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import NamedTuple

import pytest
import time_machine
from textual.pilot import Pilot

from tests.app.house import NOW
from tests.driver import LARGE, SMALL, User
from tui.app.app import WorkspacesApp
from tui.context.start import Start
from tui.domain.errors import Failure, Refused, Unreachable
from tui.domain.programs import Program
from tui.folders import Folders
from tui.screens.messages import NotAnswered

Snap = Callable[..., bool]
Size = tuple[int, int]

SIZES = pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])
THEMED = pytest.mark.parametrize(
    ("theme", "size"), [("workspaces-dark", SMALL), ("workspaces-light", LARGE)], ids=["80x24", "120x40"]
)

HOSTILE = "[red]x[/] \x1b]52;c;cHduZWQ=\x07 \u202edlog\u200b 王小明 e" + "\u0301" * 50 + "x" * 80
FIRST = "5 workspaces."
NO_ANSWER = Unreachable("The server does not answer.")
REFUSED = Refused("rate_limited")


class Sample(NamedTuple):
    """What to press in which workspace, and what is to be seen before and after."""

    keys: str
    then: str
    workspace: str = "acme"
    first: str = FIRST


def opened(home: Path, *, workspace: str = "acme", server: str = "", credential: str = "") -> WorkspacesApp:
    """The app in a workspace of a home, or on a server."""
    return WorkspacesApp(Start(Program.APP, Folders.within(home), server, credential, workspace))


def look(
    app: WorkspacesApp, size: Size, snap_compare: Snap, act: Callable[[User], Awaitable[None]], theme: str = ""
) -> bool:
    """Whether the app looks as it did, once it rests after what a person does."""

    async def before(pilot: Pilot[int]) -> None:
        user = User(app, pilot)
        app.theme = theme or app.theme
        await act(user)
        await user.rests()

    with time_machine.travel(NOW, tick=False):
        return snap_compare(app, terminal_size=size, run_before=before)


def look_at(app: WorkspacesApp, sample: Sample, size: Size, snap_compare: Snap, theme: str = "") -> bool:
    """Whether a sample looks as it did."""

    async def act(user: User) -> None:
        await user.sees(sample.first)
        await user.press(*sample.keys.split())
        await user.sees(sample.then)

    return look(app, size, snap_compare, act, theme)


def look_away(app: WorkspacesApp, keys: str, size: Size, snap_compare: Snap) -> bool:
    """Whether a place looks as it did from which the server goes away."""

    async def act(user: User) -> None:
        await user.sees(FIRST)
        await user.press(*keys.split())
        await user.rests()
        app.post_message(NotAnswered(NO_ANSWER))
        await user.sees("away since 12:00")

    return look(app, size, snap_compare, act)


def failing(failure: Failure) -> Callable[..., Awaitable[None]]:
    """Stands in for a read that comes to nothing."""

    async def fails(*_: object) -> None:
        raise failure

    return fails
