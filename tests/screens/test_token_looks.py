"""The tokens of a workspace as they look, in every state, and what is asked on them (T1-T4)."""

from pathlib import Path

import pytest

from tests.driver import LARGE, SMALL
from tests.screens.test_looks import Sample, Snap, look, opened

MINE = "Row 1 of 6 tokens."

SAMPLES = {
    "tokens": Sample("4", MINE),
    "tokens_of_everyone": Sample("4 f down space enter", "Row 1 of 13 tokens."),
    "tokens_filter": Sample("4 f", "6 tokens match"),
    "tokens_marked": Sample("4 space space", "2 marked."),
    "tokens_menu": Sample("4 m", "Rotate token"),
    "tokens_as_user": Sample("4", "You have no tokens in this workspace.", "navy-research"),
    "tokens_nothing_found": Sample("4 slash q q q enter", "No tokens match"),
    "tokens_refused_act": Sample("4 down down t", "Rotate: This token"),
    "token_panel": Sample("4 down enter", "Latest activity"),
    "token_rename": Sample("4 e", "Id and secret stay as they are."),
    "token_rotate": Sample("4 t", "The old secret cannot be brought back."),
    "token_disable": Sample("4 d", "Enabling restores it all."),
    "token_delete": Sample("4 x", "Last used: never."),
    "tokens_delete": Sample("4 space space x", "Type acme"),
    "token_new": Sample("4 n", "New token for acme"),
}


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])
@pytest.mark.parametrize("name", SAMPLES)
def test_looks(name: str, size: tuple[int, int], home: Path, snap_compare: Snap) -> None:
    sample = SAMPLES[name]
    assert look(opened(home, workspace=sample.workspace), sample, size, snap_compare)
