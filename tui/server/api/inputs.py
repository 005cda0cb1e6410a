"""Where what cannot be text or is no JSON is refused, before any service sees it."""

import json
import re
from collections.abc import Iterator
from typing import Any, TypeVar
from urllib.parse import parse_qsl, unquote_to_bytes

import msgspec
from litestar import Request

from tui.domain.errors import Failure, Refused, invalid

BODY_LIMIT = 1024 * 1024
"""Bytes of a request's body at most."""

T = TypeVar("T")

_WHERE = re.compile(r"(?P<message>.*?)(?: - at `\$(?P<path>.*)`)?", re.DOTALL)
_FIELD = re.compile(r"Object (?P<wrong>contains unknown|missing required) field `(?P<field>.*)`", re.DOTALL)
_UNFIT = re.compile(r"[\x00\ud800-\udfff]")


class StrictRequest(Request[Any, Any, Any]):
    """A request whose JSON is read straight into what its route asks for, to the letter.

    Litestar's own reading takes any media type, and `"3"` for 3.
    """

    async def json(self) -> Any:
        """The body as the route's `data`: `media_type`, `too_large`, or `input_invalid` naming the field."""
        asked = self.route_handler.parsed_data_field
        if self.content_type[0] != "application/json":
            raise Refused("media_type")
        return decode(await self.body(), asked.annotation if asked else object)


def decode(body: bytes, kind: type[T]) -> T:
    """A JSON body as a Struct; `input_invalid` naming the field where there is one."""
    try:
        if rb"\u0000" in body:
            _refuse_unfit(json.loads(body))
        return msgspec.json.decode(body, type=kind)
    except msgspec.ValidationError as error:
        raise _at_field(str(error)) from error
    except (ValueError, RecursionError) as error:
        raise _malformed(body) from error


def parameters(query: bytes) -> dict[str, str]:
    """The parameters of a query string; `input_invalid` for one that comes twice or is no text."""
    try:
        pairs = parse_qsl(query.decode(), keep_blank_values=True, errors="strict")
    except UnicodeDecodeError as error:
        raise invalid("query", "The query is not valid UTF-8.") from error
    found: dict[str, str] = {}
    for name, value in pairs:
        if name in found:
            raise invalid(name, f"“{name}” is given twice.")
        if _UNFIT.search(name + value):
            raise invalid(name, "A text cannot hold a NUL character.")
        found[name] = value
    return found


def check_path(raw: bytes) -> None:
    """`input_invalid` for a path, still percent-encoded, that is no text."""
    try:
        path = unquote_to_bytes(raw).decode()
    except UnicodeDecodeError as error:
        raise invalid("path", "The path is not valid UTF-8.") from error
    if _UNFIT.search(path):
        raise invalid("path", "The path cannot hold a NUL character.")


def _at_field(message: str) -> Failure:
    """What msgspec says of a body, as the refusal of the field that it speaks of."""
    found = _WHERE.fullmatch(message)
    where = (found["path"] or "").removeprefix(".") if found else ""
    said = found["message"] if found else message
    if named := _FIELD.fullmatch(said):
        field = f"{where}.{named['field']}" if where else named["field"]
        known = named["wrong"] == "missing required"
        return invalid(field, f"“{field}” is required." if known else f"There is no field “{field}” here.")
    return invalid(where or "body", f"{where or 'The body'}: {said[0].lower()}{said[1:].replace('`', '')}.")


def _malformed(body: bytes) -> Failure:
    """Why a body is no JSON, naming the field where only one text in it is wrong."""
    try:
        _refuse_unfit(json.loads(body))
    except Refused as failure:
        return failure
    except (ValueError, RecursionError):
        pass
    return invalid("body", "The body is not valid JSON in UTF-8.")


def _refuse_unfit(value: object) -> None:
    for field, text in _texts(value, ""):
        if _UNFIT.search(text):
            raise invalid(field or "body", "A text holds no NUL character and no half of a surrogate pair.")


def _texts(value: object, where: str) -> Iterator[tuple[str, str]]:
    """Each text in decoded JSON with its field, names of fields included."""
    if isinstance(value, str):
        yield where, value
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _texts(item, f"{where}[{index}]")
    elif isinstance(value, dict):
        for name, item in value.items():
            field = f"{where}.{name}" if where else name
            yield where, name
            yield from _texts(item, field)
