"""The same rhythm in every dialog: a title, air, what is asked, air, what is said of it, air, the buttons."""

from collections.abc import Callable
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widget import Widget

from tests.dialogs import samples, test_invite_looks, test_secret_looks
from tests.dialogs.host import Host, shown
from tui.dialogs.dialog import Dialog
from tui.widgets.tab_bar import TabBar

SAMPLES: dict[str, Callable[[], Any]] = {
    name: sample.make
    for all_of in (samples.SAMPLES, test_invite_looks.SAMPLES, test_secret_looks.SAMPLES)
    for name, sample in all_of.items()
    if isinstance(sample.make(), Dialog)
}


@pytest.mark.parametrize("name", SAMPLES)
async def test_air_stands_above_the_buttons_and_around_the_tabs(name: str) -> None:
    dialog: Dialog[Any] = SAMPLES[name]()
    app: Host[Any] = Host(dialog)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.opened()
        assert is_air(app, above(dialog.query_one(".buttons")))
        await say(pilot, dialog, "What would come of it.")
        assert is_air(app, above(dialog.query_one(".buttons")))
        assert is_air(app, above(dialog.query_one(".said")))
        for tabs in dialog.query(TabBar):
            assert is_air(app, above(tabs))
            assert is_air(app, tabs.region.bottom)


async def say(pilot: Pilot[None], dialog: Dialog[Any], text: str) -> None:
    dialog.say(text)
    await pilot.pause()


def above(widget: Widget) -> int:
    return widget.region.y - 1


def is_air(app: Host[Any], row: int) -> bool:
    return not shown(app).splitlines()[row].strip()
