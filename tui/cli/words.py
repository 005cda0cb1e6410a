"""Typed words: roles, statuses, sort keys, moments, durations, and names from standard input."""

import re
import sys
from datetime import UTC, datetime, timedelta
from typing import Any

import click

from tui.domain.invites import LONGEST, SHORTEST
from tui.domain.roles import ROLES, Role, Status

_UNITS = {"m": "minutes", "h": "hours", "d": "days"}
_SECONDS = {"m": 60, "h": 3600, "d": 86_400}
_SPAN = re.compile(r"([0-9]{1,6})([mhd])")


class RoleWord(click.Choice[str]):
    """A role in any case; `member` is what others call a User."""

    def __init__(self, *roles: Role) -> None:
        super().__init__([role.value for role in roles or ROLES], case_sensitive=False)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        return Role(super().convert("user" if str(value).lower() == "member" else value, param, ctx))


class StatusWord(click.Choice[str]):
    """A status in any case."""

    def __init__(self) -> None:
        super().__init__([Status.ACTIVE.value, Status.DISABLED.value], case_sensitive=False)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        return Status(super().convert(value, param, ctx))


class SortWord(click.Choice[str]):
    """A field to sort by; `-` before it means descending."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        sign, field = ("-", value[1:]) if str(value).startswith("-") else ("", value)
        return sign + str(super().convert(field, param, ctx))


class Moment(click.ParamType[datetime]):
    """A moment: so long ago (`30m`, `12h`, `7d`), a date (its local midnight), or RFC 3339."""

    name = "when"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if isinstance(value, datetime):
            return value
        try:
            if span := _SPAN.fullmatch(value):
                return datetime.now(UTC) - timedelta(**{_UNITS[span[2]]: int(span[1])})
            return datetime.fromisoformat(value).astimezone()
        except (ValueError, OverflowError):
            self.fail(f"“{value}” is not a time such as 7d, 12h, 30m, 2026-11-23 or 2026-11-23T14:00Z.", param, ctx)


class Duration(click.ParamType[int | None]):
    """How long something lives, in seconds: `30m`, `12h`, `7d`; `never` is None."""

    name = "span"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if value is None or isinstance(value, int):
            return value
        if str(value).lower() == "never":
            return None
        span = _SPAN.fullmatch(value)
        seconds = int(span[1]) * _SECONDS[span[2]] if span else 0
        if not SHORTEST <= seconds <= LONGEST:
            self.fail(f"“{value}” is not a time between 5m and 365d, such as 30m, 12h or 7d; or never.", param, ctx)
        return seconds


def from_standard_input(ctx: click.Context, param: click.Parameter, value: Any) -> Any:
    """An argument's names, with `-` replaced by those on standard input.

    One name where the argument is one. Raises `UsageError` where standard input has none.
    """
    if not isinstance(value, tuple):
        return _one(_read(ctx), ctx, param) if value == "-" else value
    names = [name for typed in value for name in (_read(ctx) if typed == "-" else [typed])]
    return tuple(dict.fromkeys(names))


def _one(names: list[str], ctx: click.Context, param: click.Parameter) -> str:
    if len(names) != 1:
        raise click.BadParameter("Standard input must hold one name.", ctx, param)
    return names[0]


def _read(ctx: click.Context) -> list[str]:
    try:
        names = sys.stdin.buffer.read().decode("utf-8-sig").split()
    except UnicodeDecodeError as error:
        raise click.UsageError("Standard input is not UTF-8.", ctx) from error
    if not names:
        raise click.UsageError("Standard input holds no names.", ctx)
    return names
