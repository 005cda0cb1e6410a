"""Lists of email addresses as people paste them (I1)."""

import re

from tui.domain.names import tidy

_NAMED = re.compile(r"(?<![^\s,;])[^,;<>@\n]*<([^<>\s]+)>")
_BETWEEN = re.compile(r"[\s,;]+")


def addresses(text: str) -> list[str]:
    """What stands between commas, spaces and lines, in order, equal ones but for case once.

    Of `Nora Lake <nora@example.org>`, as mail programs copy it, the address alone.
    """
    words = _BETWEEN.split(_NAMED.sub(r" \1 ", text))
    first = {word.casefold(): word for word in reversed([tidy(word) for word in words]) if word}
    return list(reversed(first.values()))
