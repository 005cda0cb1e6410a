"""Every dialog as it looks, in both themes and sizes."""

from collections.abc import Callable

import pytest
from textual.pilot import Pilot

from tests.dialogs.host import Host
from tests.dialogs.samples import SAMPLES


@pytest.mark.parametrize(("theme", "size"), [("workspaces-dark", (80, 24)), ("workspaces-light", (120, 40))])
@pytest.mark.parametrize("name", SAMPLES)
def test_looks(name: str, theme: str, size: tuple[int, int], snap_compare: Callable[..., bool]) -> None:
    sample = SAMPLES[name]
    app = Host(sample.make(), theme)

    async def type_keys(pilot: Pilot[None]) -> None:
        await app.opened()
        await pilot.press(*sample.keys.split())
        await app.shows(sample.then)
        await app.rests()

    assert snap_compare(app, terminal_size=size, run_before=type_keys)


@pytest.mark.parametrize("name", ["confirm_long_and_hostile", "filter", "hand_over", "choose_workspace"])
def test_looks_at_the_smallest_size(name: str, snap_compare: Callable[..., bool]) -> None:
    app = Host(SAMPLES[name].make())

    async def wait(pilot: Pilot[None]) -> None:
        await app.opened()

    assert snap_compare(app, terminal_size=(60, 20), run_before=wait)
