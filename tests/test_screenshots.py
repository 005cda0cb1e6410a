"""The pictures in `screenshots/` show what the app shows: `--snapshot-update` makes them anew."""

import random
import re
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.app.house import NOW
from tests.driver import LARGE, SMALL, at_keyboard
from tui.cli.demo import prepared
from tui.context.start import Start
from tui.folders import Folders
from tui.server import seed

PICTURES = Path(__file__).parent.parent / "screenshots"
CONFIG = Path("/home/grace/.modal.toml")
"""Nothing is read or written there: it is what a person sees."""
SECRET = "The secret of deploy"


class Shot(NamedTuple):
    """A picture: its size, the keys pressed in the demo, and what is seen after each part of them."""

    size: tuple[int, int]
    parts: tuple[tuple[str, str], ...]


SHOTS = {
    "workspaces": Shot(SMALL, (("1", "auto-join on"),)),
    "new-workspace": Shot(SMALL, (("n", "New workspace"), ("f o r t r a n", "fortran"))),
    "activate": Shot(SMALL, (("enter", "Activate"),)),
    "members": Shot(LARGE, (("2", "Row 1 of 132 members"),)),
    "members-role": Shot(LARGE, (("2", "of 132 members"), ("down down r", "▸ User"))),
    "members-80x24": Shot(SMALL, (("2", "Row 1 of 132 members"),)),
    "invites": Shot(LARGE, (("3", "Row 1 of 6 invites."),)),
    "invite": Shot(
        LARGE,
        (
            ("3", "of 6 invites."),
            ("n", "Invite to acme"),
            ("n e w comma space m i r a full_stop d a h l @ e x a m p l e full_stop o r g", "mira.dahl"),
        ),
    ),
    "invite-link": Shot(SMALL, (("3", "of 6 invites."), ("n", "Invite to acme"), ("shift+tab right", "Label"))),
    "tokens": Shot(LARGE, (("4", "Row 1 of 6 tokens."),)),
    "token-secret": Shot(SMALL, (("4", "of 6 tokens."), ("n", "New token for acme"), ("d e p l o y enter", SECRET))),
    "activity": Shot(LARGE, (("5", "Row 1 of"),)),
    "settings": Shot(SMALL, (("6", "Settings of acme."), ("down down down down", "Auto-join"))),
    "account": Shot(LARGE, (("7", "on this computer."),)),
    "palette": Shot(SMALL, (("2", "of 132 members"), ("colon", "Change role"))),
}


@pytest.fixture
def demo(tmp_path: Path) -> Start:
    return prepared(Folders.within(tmp_path), 0, int(NOW.timestamp() * 1_000_000))


@pytest.mark.parametrize("name", SHOTS)
async def test_a_picture_is_what_the_app_shows(
    name: str, tmp_path: Path, demo: Start, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.setattr("platform.node", lambda: "laptop")
    monkeypatch.setattr("secrets.choice", random.Random(7).choice)  # noqa: S311  # ids of a picture
    size, parts = SHOTS[name]
    async with at_keyboard(tmp_path, size, workspace=seed.SHOWN, config=CONFIG, embedded=demo.embedded) as user:
        await user.sees("5 workspaces, 1 to join.")
        for keys, seen in parts:
            await user.press(*keys.split())
            await user.sees(seen)
            await user.rests()
        picture = re.sub(r"terminal-\d+", "terminal", user.app.export_screenshot(title="Workspaces")) + "\n"
    file = PICTURES / f"{name}.svg"
    if request.config.getoption("update_snapshots"):
        file.write_text(picture)
    assert file.read_text() == picture


def test_every_picture_is_made_by_this_page() -> None:
    assert {file.stem for file in PICTURES.glob("*.svg")} == set(SHOTS)
