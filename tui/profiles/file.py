"""The config file that is shared with the official `modal` command (P1).

Every change is one `_change`: lock, read again, change, write whole. What is not ours stays.
"""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from decimal import Decimal
from hmac import compare_digest
from pathlib import Path
from typing import Any, Literal, TypeVar

import tomli_w

from tui import files, locks
from tui.domain.errors import Failure, Refused, invalid
from tui.profiles.profile import PlainSecret, Profile, free_name, name_problem, value_problem

Key = Literal["server_url", "workspace_id", "token_id", "environment"]
KEYS: tuple[Key, ...] = ("server_url", "workspace_id", "token_id", "environment")
Document = dict[str, Any]
T = TypeVar("T")
BASIC_PLANE = 0xFFFF


class ConfigBroken(Failure):
    """The config file is not TOML. `line` and `column` count from 1."""

    def __init__(self, path: Path, line: int, column: int, what: str) -> None:
        super().__init__(
            "config_broken",
            f"{path} is broken at line {line}, column {column}: {what}. Mend it; nothing is written to it before.",
        )


class ConfigUnavailable(Failure):
    """The system does not let the config file be read or written; it is as it was."""

    def __init__(self, path: Path, done: str, error: OSError | RuntimeError) -> None:
        reason = error.strerror if isinstance(error, OSError) else None
        super().__init__("config_unavailable", f"{path} cannot be {done}: {reason or error}. It is as it was.")


class ProfileFile:
    """The profiles of one config file; nothing is remembered between two calls.

    Each method raises `ConfigBroken` or `ConfigUnavailable`; those that write raise `Refused` too.
    After every write at most one profile has `active = true`, and it is the one that had it
    unless the call asks for another (P5).
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def list(self) -> tuple[Profile, ...]:
        """All profiles in the file's order, Modal's own too; none where there is no file."""
        document = self._read(self._target())
        active = _active(document)
        return tuple(_profile(name, table, active=name == active) for name, table in _tables(document))

    def active(self) -> Profile | None:
        """The profile that the file makes the active one; `MODAL_PROFILE` may override it."""
        return next((profile for profile in self.list() if profile.active), None)

    def bind(self, profile: Profile, *, activate: bool = False, in_place_of: str | None = None) -> Profile:
        """The one profile of a workspace on a server: the one that there is, else this one, added.

        One that has no token gets this one's, which also comes in place of the one whose id is
        `in_place_of`; another token stays (of two processes that make one at once, one wins). A name
        that is taken gets a number behind it (P4). It is inactive unless `activate` asks for it or no
        profile is active yet (P5).
        """
        values = _values_of(profile)

        def change(document: Document) -> Profile:
            name = _bound(document, values)
            if name is None:
                return _added(document, profile.name, values, activate=activate)
            table = document[name]
            if values["token_id"] and _text(table, "token_id") in {None, "", in_place_of}:
                table["token_id"] = values["token_id"]
            if activate:
                _activate(document, name)
            return _profile(name, table, active=_active(document) == name)

        return self._change(change)

    def update(self, name: str, values: Mapping[Key, str | None]) -> None:
        """Set these keys of a profile; None takes a key away, others stay."""
        checked = _checked(values)

        def change(document: Document) -> None:
            table = _table(document, name)
            for key, value in checked.items():
                if value is None:
                    table.pop(key, None)
                else:
                    table[key] = value

        self._change(change)

    def activate(self, name: str) -> None:
        """Make a profile, ours or Modal's own, the active one (P2)."""

        def change(document: Document) -> None:
            _table(document, name)
            _activate(document, name)

        self._change(change)

    def rename(self, name: str, new: str) -> None:
        """Give a profile another name, in its place in the file; active stays active."""
        if problem := name_problem(new):
            raise invalid("name", problem)

        def change(document: Document) -> None:
            _table(document, name)
            if new != name and new in document:
                raise Refused("name_taken", f"There is a profile “{new}” already. Choose a different name.")
            renamed = {new if key == name else key: value for key, value in document.items()}
            document.clear()
            document.update(renamed)

        self._change(change)

    def remove(self, name: str, *, successor: str | None = None) -> None:
        """Take a profile away, with all its keys.

        If it was the active one, `successor` becomes active (W7); without one none is, and the
        official tool asks for a choice.
        """

        def change(document: Document) -> None:
            _table(document, name)
            was_active = _active(document) == name
            del document[name]
            if was_active and successor is not None:
                _table(document, successor)
                _activate(document, successor)

        self._change(change)

    def plain_secrets(self) -> tuple[PlainSecret, ...]:
        """The secrets that stand in the file in plain text, with their profiles."""
        document = self._read(self._target())
        active = _active(document)
        return tuple(
            PlainSecret(_profile(name, table, active=name == active), secret)
            for name, table in _tables(document)
            if (secret := _text(table, "token_secret"))
        )

    def forget_plain_secret(self, name: str, secret: str) -> bool:
        """Take a profile's `token_secret` out of the file, if it still is `secret`; whether it was."""

        def change(document: Document) -> bool:
            table = document.get(name)
            held = _text(table, "token_secret") if isinstance(table, dict) else None
            if not isinstance(table, dict) or not held or not compare_digest(held.encode(), secret.encode()):
                return False
            del table["token_secret"]
            return True

        return self._change(change)

    def _change(self, change: Callable[[Document], T]) -> T:
        target = self._target()
        with self._spoken("written"), locks.only_writer(target):
            document = self._read(target)
            before = deepcopy(document)
            _activate(document, _active(document))
            result = change(document)
            if document != before:
                files.replace(target, _ascii(tomli_w.dumps(document)))
        return result

    def _target(self) -> Path:
        """The file itself, where the path is a link to it."""
        with self._spoken("found"):
            return self.path.resolve()

    def _read(self, target: Path) -> Document:
        with self._spoken("read"):
            try:
                content = target.read_bytes()
            except FileNotFoundError:
                return {}
        return _parsed(self.path, content)

    @contextmanager
    def _spoken(self, done: str) -> Iterator[None]:
        """Turns what the system refuses into a sentence; a loop of links is a RuntimeError."""
        try:
            yield
        except (OSError, RuntimeError) as error:
            raise ConfigUnavailable(self.path, done, error) from error


def _parsed(path: Path, content: bytes) -> Document:
    try:
        # Decimal keeps the digits of other people's numbers as they are.
        return tomllib.loads(content.decode(), parse_float=Decimal)
    except UnicodeDecodeError as error:
        raise ConfigBroken(path, *_place(content[: error.start].decode()), "this is not UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        what, _, place = str(error).rpartition(" (at ")
        numbers = re.findall(r"\d+", place)
        line, column = (int(number) for number in numbers) if numbers else _place(content.decode())
        raise ConfigBroken(path, line, column, what[:1].lower() + what[1:]) from None


def _place(before: str) -> tuple[int, int]:
    """Line and column of what follows this text."""
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def _ascii(text: str) -> bytes:
    """The text with its other characters escaped: TOML has them only where escapes are allowed."""
    return re.sub(r"[^\x00-\x7f]", _escaped, text).encode("ascii")


def _escaped(match: re.Match[str]) -> str:
    code = ord(match.group())
    return f"\\u{code:04x}" if code <= BASIC_PLANE else f"\\U{code:08x}"


def _tables(document: Document) -> list[tuple[str, Document]]:
    return [(name, table) for name, table in document.items() if isinstance(table, dict)]


def _table(document: Document, name: str) -> Document:
    table = document.get(name)
    if not isinstance(table, dict):
        raise Refused("not_found", f"There is no profile “{name}” in the config file.")
    return table


def _active(document: Document) -> str | None:
    """The profile that the official tool takes: the first that says so, else the one named default."""
    tables = dict(_tables(document))
    return next((name for name, table in tables.items() if table.get("active") is True), None) or (
        "default" if "default" in tables else None
    )


def _values_of(profile: Profile) -> dict[Key, str | None]:
    """What is written of a profile of ours. Raises `Refused`."""
    if problem := name_problem(profile.name):
        raise invalid("name", problem)
    if profile.is_modals_own:
        raise invalid("server_url", "A profile of ours names its server.")
    return _checked({key: getattr(profile, key) for key in KEYS})


def _added(document: Document, wanted: str, values: Mapping[Key, str | None], *, activate: bool) -> Profile:
    name = free_name(wanted, document)
    document[name] = {key: value for key, value in values.items() if value is not None}
    if activate or _active(document) is None:
        _activate(document, name)
    return _profile(name, document[name], active=_active(document) == name)


def _bound(document: Document, values: Mapping[Key, str | None]) -> str | None:
    """The name of the profile of the same workspace on the same server."""
    for name, table in _tables(document):
        if all(_text(table, key) == values[key] for key in ("server_url", "workspace_id")):
            return name
    return None


def _activate(document: Document, name: str | None) -> None:
    for other, table in _tables(document):
        if other == name:
            table["active"] = True
        else:
            table.pop("active", None)


def _text(table: Document, key: str) -> str | None:
    value = table.get(key)
    return value if isinstance(value, str) else None


def _profile(name: str, table: Document, *, active: bool) -> Profile:
    return Profile(
        name=name,
        server_url=_text(table, "server_url"),
        workspace_id=_text(table, "workspace_id"),
        token_id=_text(table, "token_id"),
        environment=_text(table, "environment"),
        active=active,
        plain_secret=bool(_text(table, "token_secret")),
    )


def _checked(values: Mapping[Key, str | None]) -> dict[Key, str | None]:
    for key, value in values.items():
        if value is not None and (problem := value_problem(key, value)):
            raise invalid(key, problem)
    return dict(values)
