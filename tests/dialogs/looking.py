"""How a picture of a dialog is taken, on a screen with nothing but rows."""

import pytest
import time_machine
from textual.events import Paste
from textual.pilot import Pilot

from tests.app.house import NOW
from tests.dialogs.host import Host
from tests.dialogs.samples import Sample
from tests.looks import Size, Snap

SMALLEST = pytest.mark.parametrize("size", [(60, 20)], ids=["60x20"])


def look_at(sample: Sample, theme: str, size: Size, snap_compare: Snap) -> bool:
    """Whether a dialog looks as it did, once it rests after what a person does."""
    app = Host(sample.make(), theme)

    async def act(pilot: Pilot[None]) -> None:
        await app.opened()
        if sample.pasted:
            app.post_message(Paste(sample.pasted))
        await app.shows(sample.known)
        await pilot.press(*sample.keys.split())
        await app.shows(sample.then)
        await app.rests()

    with time_machine.travel(NOW, tick=False):
        return snap_compare(app, terminal_size=size, run_before=act)
