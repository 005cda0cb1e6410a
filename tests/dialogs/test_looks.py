"""Every dialog as it looks, in both themes and sizes."""

import pytest

from tests.dialogs.looking import SMALLEST, look_at
from tests.dialogs.samples import SAMPLES
from tests.looks import THEMED, Size, Snap


@THEMED
@pytest.mark.parametrize("name", SAMPLES)
def test_looks(name: str, theme: str, size: Size, snap_compare: Snap) -> None:
    assert look_at(SAMPLES[name], theme, size, snap_compare)


@SMALLEST
@pytest.mark.parametrize("name", ["confirm-long_text", "filter-filled", "hand_over-filled", "choose_workspace-refused"])
def test_looks_at_the_smallest_size(name: str, size: Size, snap_compare: Snap) -> None:
    assert look_at(SAMPLES[name], "workspaces-dark", size, snap_compare)
