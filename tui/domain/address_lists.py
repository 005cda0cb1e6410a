"""Lists of email addresses as people paste them (I1)."""

import re

from tui.domain.names import tidy

_QUOTED_NAME = re.compile(r'"[^"\n]*"\s*(?=<)')
_NAME = re.compile(r"([^,;<>@\n]+)(<[^<>\s]+>)?")
_BETWEEN = re.compile(r"[\s,;<>]+")


def addresses(text: str) -> list[str]:
    """What stands between commas, spaces and lines, in order, equal ones but for case once.

    Of `Nora Lake <nora@example.org>` or `"Lake, Nora" <nora@example.org>`, as mail programs copy it, the
    address alone.
    """
    words = _BETWEEN.split(_NAME.sub(_without_name, _QUOTED_NAME.sub(" ", text)))
    first = {word.casefold(): word for word in reversed([tidy(word) for word in words]) if word}
    return list(reversed(first.values()))


def _without_name(found: re.Match[str]) -> str:
    """What stands before an address in brackets is a name, but for the end of the address before."""
    said, address = found.groups()
    if address is None:
        return found[0]
    is_domain = found.string[found.start() - 1 : found.start()] == "@"
    return f"{said.split(' ', 1)[0] if is_domain else ''} {address}"
