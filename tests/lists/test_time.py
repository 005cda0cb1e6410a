"""Ages are relative up to 13 days, then dates; panels give date, time and offset."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from tui.lists.time import age, date, moment, until

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _in_tokyo(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nine hours ahead, so that local dates differ from UTC's."""
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(
    ("passed", "said"),
    [
        (timedelta(), "now"),
        (timedelta(seconds=59), "now"),
        (timedelta(seconds=-90), "now"),
        (timedelta(minutes=2), "2 min ago"),
        (timedelta(minutes=59, seconds=59), "59 min ago"),
        (timedelta(hours=1), "1 h ago"),
        (timedelta(hours=23, minutes=59), "23 h ago"),
        (timedelta(hours=24), "yesterday"),
        (timedelta(hours=44), "yesterday"),
        (timedelta(hours=46), "2 d ago"),
        (timedelta(days=3), "3 d ago"),
        (timedelta(days=13), "13 d ago"),
        (timedelta(days=14), "2026-11-09"),
    ],
)
def test_ages(passed: timedelta, said: str) -> None:
    assert age(NOW - passed, NOW) == said


def test_what_never_was() -> None:
    assert age(None, NOW) == date(None) == moment(None) == "never"


def test_dates_and_moments_are_local() -> None:
    late = datetime(2025, 11, 2, 20, 3, 59, tzinfo=UTC)
    assert date(late) == "2025-11-03"
    assert moment(late) == "2025-11-03 05:03 +09:00"


@pytest.mark.parametrize(
    ("left", "said"),
    [
        (timedelta(seconds=20), "in 1 min"),
        (timedelta(minutes=5), "in 5 min"),
        (timedelta(minutes=59, seconds=40), "in 1 h"),
        (timedelta(hours=12, minutes=29), "in 12 h"),
        (timedelta(hours=12, minutes=59), "in 13 h"),
        (timedelta(hours=23, minutes=59), "in 1 d"),
        (timedelta(hours=24), "in 1 d"),
        (timedelta(days=7), "in 7 d"),
        (timedelta(days=7, seconds=-2), "in 7 d"),
        (timedelta(days=13, hours=11), "in 13 d"),
        (timedelta(days=13, hours=23), "2026-12-07"),
        (timedelta(days=14), "2026-12-07"),
        (timedelta(), "now"),
        (timedelta(hours=-3), "3 h ago"),
    ],
)
def test_how_long_something_still_lasts(left: timedelta, said: str) -> None:
    assert until(NOW + left, NOW) == said


def test_what_has_no_end_never_ends() -> None:
    assert until(None, NOW) == "never"
