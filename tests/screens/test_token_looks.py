"""The tokens of a workspace as they look, in every state, and what is asked on them (T1-T4)."""

from pathlib import Path

import pytest

from tests.looks import SIZES, Sample, Size, Snap, look_at, opened

MINE = "Row 1 of 6 tokens."

SAMPLES = {
    "tokens-filled": Sample("4", MINE),
    "tokens-filled-of_everyone": Sample("4 f down space enter", "Row 1 of 13 tokens."),
    "filter-filled-of_tokens": Sample("4 f", "6 tokens match"),
    "tokens-filled-marked": Sample("4 space space", "2 marked."),
    "menu-filled-of_token": Sample("4 m", "Rotate token"),
    "tokens-empty": Sample("4", "You have no tokens in this workspace.", "navy-research"),
    "tokens-empty-nothing_found": Sample("4 slash q q q enter", "No tokens match"),
    "tokens-refused-act": Sample("4 down down t", "Rotate: This token"),
    "token_panel-empty": Sample("4 down enter", "Latest activity"),
    "name_dialog-filled-token_rename": Sample("4 e", "Id and secret stay as they are."),
    "confirm-filled-token_rotate": Sample("4 t", "The old secret cannot be brought back."),
    "confirm-filled-token_disable": Sample("4 d", "Enabling restores it all."),
    "confirm-filled-token_delete": Sample("4 x", "Last used: never."),
    "bulk-filled-token_delete": Sample("4 space space x", "Type acme"),
    "new_token_dialog-empty-in_app": Sample("4 n", "New token for acme"),
}


@SIZES
@pytest.mark.parametrize("name", SAMPLES)
def test_looks(name: str, size: Size, home: Path, snap_compare: Snap) -> None:
    sample = SAMPLES[name]
    assert look_at(opened(home, workspace=sample.workspace), sample, size, snap_compare)
