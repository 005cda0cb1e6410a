"""The dialogs of inviting and accepting as they look, in both themes and sizes."""

import pytest

from tests.dialogs.invitations import ALONE, CODE, FOUR, HOSTILE, REFUSED, TWO_HUNDRED, Desk, acceptance, invitation
from tests.dialogs.looking import SMALLEST, look_at
from tests.dialogs.samples import Sample
from tests.looks import THEMED, Size, Snap

MANY = f"{TWO_HUNDRED}\noops\nada@example.org ken@example.org pavel@example"

SAMPLES = {
    "invite_dialog-empty": Sample(invitation),
    "invite_dialog-filled": Sample(invitation, pasted=FOUR, known="is already a member"),
    "invite_dialog-filled-role": Sample(invitation, "tab enter", "▸ User", FOUR, "is already a member"),
    "invite_dialog-filled-many": Sample(
        lambda: invitation(by_mail=False, note=ALONE), pasted=MANY, known="is already invited"
    ),
    "invite_dialog-long_text": Sample(invitation, pasted=HOSTILE, known="is not an address"),
    "invite_dialog-refused": Sample(
        lambda: invitation(Desk(REFUSED)), "tab tab tab tab enter", REFUSED, "nora@example.org", "1 of 1"
    ),
    "invite_dialog-empty-link": Sample(lambda: invitation(first="link")),
    "invite_dialog-filled-link_wrong": Sample(
        lambda: invitation(first="link", note=ALONE), "tab 0", "between 1 and", "spring course", "spring"
    ),
    "accept_invite-empty": Sample(acceptance),
    "accept_invite-filled": Sample(acceptance, "enter", "ada.fern", CODE, "••"),
    "accept_invite-refused": Sample(acceptance, "enter", "no invite with this code", "hello", "••"),
}


@THEMED
@pytest.mark.parametrize("name", SAMPLES)
def test_looks(name: str, theme: str, size: Size, snap_compare: Snap) -> None:
    assert look_at(SAMPLES[name], theme, size, snap_compare)


@SMALLEST
@pytest.mark.parametrize(
    "name", ["invite_dialog-filled-many", "invite_dialog-filled-link_wrong", "accept_invite-filled"]
)
def test_looks_at_the_smallest_size(name: str, size: Size, snap_compare: Snap) -> None:
    assert look_at(SAMPLES[name], "workspaces-dark", size, snap_compare)
