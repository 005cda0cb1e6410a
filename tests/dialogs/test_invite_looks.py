"""The dialogs of inviting and accepting as they look, in both themes and sizes."""

from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
import time_machine
from textual.events import Paste
from textual.pilot import Pilot

from tests.app.house import NOW
from tests.dialogs.host import Host
from tests.dialogs.invitations import ALONE, CODE, FOUR, HOSTILE, REFUSED, TWO_HUNDRED, Desk, acceptance, invitation
from tui.dialogs.dialog import Dialog


class Sample(NamedTuple):
    """What is opened, what is pasted, then the keys; the texts that are there after each."""

    make: Callable[[], Dialog[Any]]
    pasted: str = ""
    then: str = ""
    keys: str = ""
    last: str = ""


MANY = f"{TWO_HUNDRED}\noops\nada@example.org ken@example.org pavel@example"

SAMPLES = {
    "invite": Sample(invitation),
    "invite_four": Sample(invitation, FOUR, "is already a member"),
    "invite_role": Sample(invitation, FOUR, "is already a member", "tab enter", "▸ User"),
    "invite_many_alone": Sample(lambda: invitation(by_mail=False, note=ALONE), MANY, "is already invited"),
    "invite_bad": Sample(invitation, HOSTILE, "is not an address"),
    "invite_refused": Sample(
        lambda: invitation(Desk(REFUSED)), "nora@example.org", "1 of 1", "tab tab tab tab enter", REFUSED
    ),
    "invite_link": Sample(lambda: invitation(first="link")),
    "invite_link_alone": Sample(
        lambda: invitation(first="link", note=ALONE), "spring course", "spring", "tab 0", "between 1 and"
    ),
    "accept": Sample(acceptance),
    "accept_offer": Sample(acceptance, CODE, "••", "enter", "ada.fern"),
    "accept_unknown": Sample(acceptance, "hello", "••", "enter", "no invite with this code"),
}


@pytest.mark.parametrize(("theme", "size"), [("workspaces-dark", (80, 24)), ("workspaces-light", (120, 40))])
@pytest.mark.parametrize("name", SAMPLES)
def test_looks(name: str, theme: str, size: tuple[int, int], snap_compare: Callable[..., bool]) -> None:
    sample = SAMPLES[name]
    app = Host(sample.make(), theme)

    async def fill(pilot: Pilot[None]) -> None:
        await app.opened()
        if sample.pasted:
            app.post_message(Paste(sample.pasted))
        await app.shows(sample.then)
        await pilot.press(*sample.keys.split())
        await app.shows(sample.last)

    with time_machine.travel(NOW, tick=False):
        assert snap_compare(app, terminal_size=size, run_before=fill)


@pytest.mark.parametrize("name", ["invite_many_alone", "invite_link_alone", "accept_offer"])
def test_looks_at_the_smallest_size(name: str, snap_compare: Callable[..., bool]) -> None:
    test_looks(name, "workspaces-dark", (60, 20), snap_compare)
