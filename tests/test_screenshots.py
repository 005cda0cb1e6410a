"""The pictures in `screenshots/` show what the app shows: `--snapshot-update` makes them anew."""

import re
from pathlib import Path

import pytest

from tests.app.house import NOW
from tests.driver import LARGE, SMALL, at_keyboard
from tui.backend.embedded import FILE_NAME
from tui.folders import Folders, made
from tui.server import seed
from tui.server.storage.engine import Store

PICTURES = Path(__file__).parent.parent / "screenshots"
SHOTS = {
    "workspaces": (SMALL, "1", "6 workspaces."),
    "members": (LARGE, "2", "Row 1 of 132 members"),
    "members-role": (LARGE, "2 down down r", "▸ User"),
    "members-80x24": (SMALL, "2", "Row 1 of 132 members"),
    "activity": (LARGE, "5", "Row 1 of"),
}
"""Each picture: its size, the keys pressed in the demo, and what is then to be seen."""


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("demo")
    store = Store.open(f"sqlite:///{made(Folders.within(home).data) / FILE_NAME}")
    seed.seed(store, int(NOW.timestamp() * 1_000_000))
    store.close()
    return home


@pytest.mark.parametrize("name", SHOTS)
async def test_a_picture_is_what_the_app_shows(name: str, demo: Path, request: pytest.FixtureRequest) -> None:
    size, keys, seen = SHOTS[name]
    async with at_keyboard(demo, size, workspace=seed.SHOWN) as user:
        await user.sees("6 workspaces.")
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
