"""Time as it is stored: whole microseconds since 1970, UTC."""

import time
from datetime import UTC, datetime, timedelta

SECOND = 1_000_000
MINUTE = 60 * SECOND
DAY = 24 * 60 * MINUTE

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TICK = timedelta(microseconds=1)


def now() -> int:
    """The present, in microseconds."""
    return time.time_ns() // 1000


def moment(micros: int) -> datetime:
    """The stored time as a datetime in UTC."""
    return _EPOCH + timedelta(microseconds=micros)


def moment_or_none(micros: int | None) -> datetime | None:
    """The stored time as a datetime; None for what has not happened (null or 0)."""
    return moment(micros) if micros else None


def told(micros: int) -> str | None:
    """The stored time as a text of RFC 3339, as the log has it; None for what has not happened."""
    return f"{moment(micros).isoformat().removesuffix('+00:00')}Z" if micros else None


def micros(when: datetime) -> int:
    """A datetime that knows its zone, as it is stored."""
    return (when - _EPOCH) // _TICK
