"""Words that people type on the command line."""

import click
import pytest

from tui.cli.words import Duration


@pytest.mark.parametrize(
    ("typed", "seconds"),
    [
        ("5m", 300),
        ("30m", 1800),
        ("12h", 43_200),
        ("7d", 604_800),
        ("365d", 31_536_000),
        ("never", None),
        ("Never", None),
    ],
)
def test_durations_are_seconds(typed: str, seconds: int | None) -> None:
    assert Duration().convert(typed, None, None) == seconds


@pytest.mark.parametrize("typed", ["", "7", "4m", "366d", "-7d", "7w", "1.5h", "7D ", "٧d", "9999999d"])
def test_other_durations_are_wrong_usage(typed: str) -> None:
    with pytest.raises(click.BadParameter, match="between 5m and 365d"):
        Duration().convert(typed, None, None)
