"""What is shown once, and a new token, as they look."""

from collections.abc import Callable

import pytest
from textual.pilot import Pilot

from tests.dialogs.host import Host
from tests.dialogs.samples import Sample
from tests.dialogs.secrets import IN_LOCKED, LONG, MAILED, MANY, ONE, ONE_LINK, QUESTION, UNKEPT, refused
from tui.dialogs.new_token import NewTokenDialog
from tui.dialogs.secret_once import SecretOnce

SAMPLES = {
    "secret_covered": Sample(lambda: SecretOnce(ONE)),
    "secret_shown": Sample(lambda: SecretOnce(ONE), "right enter", "as-xY3"),
    "secret_stored": Sample(lambda: SecretOnce(ONE), "right right right enter", "Stored in"),
    "secret_not_stored": Sample(lambda: SecretOnce(IN_LOCKED)),
    "secret_lost": Sample(lambda: SecretOnce(ONE), "escape", "Nobody has the secret"),
    "link_shown": Sample(lambda: SecretOnce(ONE_LINK), "right enter", "admin.example.org"),
    "link_qr": Sample(lambda: SecretOnce(ONE_LINK), "right right enter", "█▀▀▀▀▀█"),
    "links": Sample(lambda: SecretOnce(MANY), "up up", "ada@"),
    "links_mailed": Sample(lambda: SecretOnce(MAILED)),
    "links_long_and_hostile": Sample(lambda: SecretOnce(LONG), "right enter", "Hide"),
    "new_token": Sample(lambda: NewTokenDialog(QUESTION, refused)),
    "new_token_expiry": Sample(lambda: NewTokenDialog(QUESTION, refused), "c i tab enter", "in 1 year"),
    "new_token_unkept": Sample(lambda: NewTokenDialog(UNKEPT, refused), "c i tab tab enter", "for this run only"),
    "new_token_refused": Sample(lambda: NewTokenDialog(QUESTION, refused), "c i enter", "at most 100"),
}


@pytest.mark.parametrize(("theme", "size"), [("workspaces-dark", (80, 24)), ("workspaces-light", (120, 40))])
@pytest.mark.parametrize("name", SAMPLES)
def test_looks(name: str, theme: str, size: tuple[int, int], snap_compare: Callable[..., bool]) -> None:
    sample = SAMPLES[name]
    app = Host(sample.make(), theme)

    async def type_keys(pilot: Pilot[None]) -> None:
        await app.opened()
        await pilot.press(*sample.keys.split())
        await app.shows(sample.then)

    assert snap_compare(app, terminal_size=size, run_before=type_keys)


@pytest.mark.parametrize("name", ["secret_covered", "links", "new_token"])
def test_looks_at_the_smallest_size(name: str, snap_compare: Callable[..., bool]) -> None:
    app = Host(SAMPLES[name].make())

    async def wait(pilot: Pilot[None]) -> None:
        await app.opened()

    assert snap_compare(app, terminal_size=(60, 20), run_before=wait)
