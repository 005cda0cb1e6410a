"""What is shown once, and a new token, as they look."""

import pytest

from tests.dialogs.looking import SMALLEST, look_at
from tests.dialogs.samples import Sample
from tests.dialogs.secrets import IN_LOCKED, LONG, MAILED, MANY, ONE, ONE_LINK, QUESTION, UNKEPT, refused
from tests.looks import THEMED, Size, Snap
from tui.dialogs.new_token import NewTokenDialog
from tui.dialogs.secret_once import SecretOnce

SAMPLES = {
    "secret_once-filled": Sample(lambda: SecretOnce(ONE)),
    "secret_once-filled-shown": Sample(lambda: SecretOnce(ONE), "right enter", "as-xY3"),
    "secret_once-filled-stored": Sample(lambda: SecretOnce(ONE), "right right right enter", "Stored in"),
    "secret_once-refused": Sample(lambda: SecretOnce(IN_LOCKED)),
    "secret_once-filled-lost": Sample(lambda: SecretOnce(ONE), "escape", "Nobody has the secret"),
    "secret_once-filled-link_shown": Sample(lambda: SecretOnce(ONE_LINK), "right enter", "admin.example.org"),
    "qr_code-filled": Sample(lambda: SecretOnce(ONE_LINK), "right right enter", "█▀▀▀▀▀█"),
    "secret_once-filled-links": Sample(lambda: SecretOnce(MANY), "up up", "ada@"),
    "secret_once-empty": Sample(lambda: SecretOnce(MAILED)),
    "secret_once-long_text": Sample(lambda: SecretOnce(LONG), "right enter", "Hide"),
    "new_token_dialog-empty": Sample(lambda: NewTokenDialog(QUESTION, refused)),
    "new_token_dialog-filled-expiry": Sample(lambda: NewTokenDialog(QUESTION, refused), "c i tab enter", "in 1 year"),
    "new_token_dialog-filled-unkept": Sample(
        lambda: NewTokenDialog(UNKEPT, refused), "c i tab tab enter", "for this run only"
    ),
    "new_token_dialog-refused": Sample(lambda: NewTokenDialog(QUESTION, refused), "c i enter", "at most 100"),
}


@THEMED
@pytest.mark.parametrize("name", SAMPLES)
def test_looks(name: str, theme: str, size: Size, snap_compare: Snap) -> None:
    assert look_at(SAMPLES[name], theme, size, snap_compare)


@SMALLEST
@pytest.mark.parametrize("name", ["secret_once-filled", "secret_once-filled-links", "new_token_dialog-empty"])
def test_looks_at_the_smallest_size(name: str, size: Size, snap_compare: Snap) -> None:
    assert look_at(SAMPLES[name], "workspaces-dark", size, snap_compare)
