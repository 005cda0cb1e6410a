"""What is sent: a method, a path, and what goes with them."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote

import msgspec

from tui.domain.errors import Refused, invalid
from tui.domain.queries import ListQuery, Place

ANY_VERSION = "*"


@dataclass(frozen=True)
class Call:
    """One call. `current` is the type of the object that a stale version is refused with (M5)."""

    method: str
    path: str
    params: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    current: type | None = None

    @property
    def changes(self) -> bool:
        """Whether something may be different afterwards."""
        return self.method != "GET"


def path(*parts: str) -> str:
    """The path of these parts; an id is a part, whatever it is made of.

    Raises `Refused` `not_found` for an id that would lead to another place.
    """
    if any(part in {"", ".", ".."} for part in parts):
        raise Refused("not_found")
    return "/v1/" + "/".join(_quoted(part) for part in parts)


def get(where: str, params: Mapping[str, str] | None = None, *, unless: str | None = None) -> Call:
    """A read; with `unless`, an ETag, only of what is no longer that."""
    return Call("GET", where, params or {}, headers={"If-None-Match": unless} if unless else {})


def post(where: str, body: msgspec.Struct | None = None, *, current: type | None = None) -> Call:
    """A change that is done once, however often it is sent."""
    key = {"Idempotency-Key": secrets.token_urlsafe(24)}
    return Call("POST", where, body=_encoded(body), headers=key, current=current)


def patch(where: str, body: msgspec.Struct, version: int | None, current: type) -> Call:
    """A change of the version that was seen; None is whatever is there."""
    return Call("PATCH", where, body=_encoded(body), headers=_if_match(version), current=current)


def delete(where: str, version: int | None = None, current: type | None = None) -> Call:
    """The end of the version that was seen; None is whatever is there."""
    return Call("DELETE", where, headers=_if_match(version), current=current)


def list_parameters(query: ListQuery, place: Place) -> dict[str, str]:
    """A list's query string, as `api.md` has it."""
    asked = {"q": query.q, "sort": query.sort_parameter} | place_parameters(place)
    asked |= {name: ",".join(values) for name, values in query.filters.items()}
    return {name: value for name, value in asked.items() if value}


def place_parameters(place: Place) -> dict[str, str]:
    """Where in a list a page begins."""
    asked = {"limit": str(place.limit)}
    if place.cursor is not None:
        asked["cursor"] = place.cursor
    elif place.at is not None:
        asked["at"] = str(place.at)
    elif place.from_end:
        asked["from"] = "end"
    return asked


def _if_match(version: int | None) -> dict[str, str]:
    return {"If-Match": ANY_VERSION if version is None else f'"{version}"'}


def _encoded(body: msgspec.Struct | None) -> bytes | None:
    try:
        return None if body is None else msgspec.json.encode(body)
    except UnicodeEncodeError:
        raise unsendable() from None


def _quoted(part: str) -> str:
    try:
        return quote(part, safe="")
    except UnicodeEncodeError:
        raise unsendable() from None


def unsendable() -> Refused:
    """The refusal of text that is none: half a character of a broken terminal or file."""
    return invalid("text", "The text holds broken characters. Type or paste it again.")
