"""The pictures in `screenshots/` show what the app shows: `--snapshot-update` makes them anew."""

import re
from pathlib import Path

import pytest

from tests.app.house import NOW
from tests.driver import LARGE, SMALL, at_keyboard
from tui.cli.demo import prepared
from tui.context.start import Start
from tui.folders import Folders
from tui.server import seed

PICTURES = Path(__file__).parent.parent / "screenshots"
SHOTS = {
    "workspaces": (SMALL, "1", "5 workspaces, 1 to join."),
    "members": (LARGE, "2", "Row 1 of 132 members"),
    "members-role": (LARGE, "2 down down r", "▸ User"),
    "members-80x24": (SMALL, "2", "Row 1 of 132 members"),
    "activity": (LARGE, "5", "Row 1 of"),
}
"""Each picture: its size, the keys pressed in the demo, and what is then to be seen."""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="module")
def demo(home: Path) -> Start:
    return prepared(Folders.within(home), 0, int(NOW.timestamp() * 1_000_000))


@pytest.mark.parametrize("name", SHOTS)
async def test_a_picture_is_what_the_app_shows(
    name: str, home: Path, demo: Start, request: pytest.FixtureRequest
) -> None:
    size, keys, seen = SHOTS[name]
    async with at_keyboard(home, size, workspace=seed.SHOWN, embedded=demo.embedded) as user:
        await user.sees("5 workspaces, 1 to join.")
        for key in keys.split():
            await user.press(key)
        await user.sees(seen)
        await user.rests()
        picture = re.sub(r"terminal-\d+", "terminal", user.app.export_screenshot(title="Workspaces")) + "\n"
    file = PICTURES / f"{name}.svg"
    if request.config.getoption("update_snapshots"):
        file.write_text(picture)
    assert file.read_text() == picture


def test_every_picture_is_made_by_this_page() -> None:
    assert {file.stem for file in PICTURES.glob("*.svg")} == set(SHOTS)
