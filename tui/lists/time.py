"""When something was, as people say it."""

from datetime import datetime, timedelta

NEVER = "never"
RELATIVE_DAYS = 13
"""The oldest age that is said in days; what is older is said as a date."""

_MINUTE = timedelta(minutes=1)
_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)


def age(when: datetime | None, now: datetime) -> str:
    """How long ago something was: `now`, `2 min ago`, `yesterday`, `3 d ago`, or the local date.

    What lies ahead is `now`: the server's clock is a little ahead of this one.
    """
    if when is None:
        return NEVER
    passed = now - when
    if passed < _MINUTE:
        return "now"
    if passed < _HOUR:
        return f"{passed // _MINUTE} min ago"
    if passed < _DAY:
        return f"{passed // _HOUR} h ago"
    days = (now.astimezone().date() - when.astimezone().date()).days
    if days <= 1:
        return "yesterday"
    return f"{days} d ago" if days <= RELATIVE_DAYS else date(when)


def until(when: datetime | None, now: datetime) -> str:
    """How long something still lasts: `in 5 min`, `in 12 h`, `in 7 d`, or the local date; what is past by its age.

    To the nearest minute, hour or day, so that what was just made for 7 days lasts 7.
    """
    if when is None:
        return NEVER
    left = when - now
    if left <= timedelta():
        return age(when, now)
    minutes, hours, days = (round(left / unit) for unit in (_MINUTE, _HOUR, _DAY))
    if minutes < _HOUR // _MINUTE:
        return f"in {max(minutes, 1)} min"
    if hours < _DAY // _HOUR:
        return f"in {hours} h"
    return f"in {days} d" if days <= RELATIVE_DAYS else date(when)


def date(when: datetime | None) -> str:
    """The local date: `2025-11-02`."""
    return when.astimezone().date().isoformat() if when else NEVER


def moment(when: datetime | None) -> str:
    """The local date and time with its offset from UTC: `2025-11-02 14:03 +01:00`."""
    if when is None:
        return NEVER
    local = when.astimezone().isoformat(sep=" ", timespec="minutes")
    return f"{local[:16]} {local[16:]}"
