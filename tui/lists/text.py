"""Texts of others made harmless, and fitted to cells of a terminal."""

import re
import unicodedata
from functools import lru_cache
from typing import Literal

from tui.domain.queries import TotalIs

UNSHOWN = "�"
ELLIPSIS = "…"
MOST_MARKS = 2
"""Combining marks that a letter keeps: enough for every living script, too few to climb over other rows."""

_BLANK = re.compile("[\u115f-\u11ff\u2800\u3164\ud7b0-\ud7fb\uffa0]")
"""Letters that leave no trace, or only inside a syllable that NFC would have composed."""

_UNEVEN = re.compile("[\u2630-\u2637\u268a-\u268f\u4dc0-\u4dff\U0001d300-\U0001d376\U0001f3fb-\U0001f3ff]")
"""Symbols that newer terminals draw wider than older ones."""

_VARIANTS = re.compile("[\u034f\u17b4\u17b5\u180b-\u180f\u20dd-\u20e4\ufe00-\ufe0f\U000e0100-\U000e01ef]")
"""Marks that are never seen themselves, but change the width of what they follow."""

_MARKS = frozenset({"Mn", "Mc", "Me"})
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_REGIONAL_A, _REGIONAL_Z = 0x1F1E6, 0x1F1FF
_ASCII_CONTROLS = {code: 0x2400 + code for code in range(0x20)} | {0x7F: 0x2421}


def harmless(text: str) -> str:
    """A text in one line that does nothing to a terminal and hides nothing.

    Control characters become their pictures, what is invisible or turns the direction becomes
    `�`, floods of combining marks end, and what terminals measure differently becomes plain.
    """
    if text.isascii() and text.isprintable():
        return text
    shown: list[str] = []
    marks = 0
    for character in unicodedata.normalize("NFC", _VARIANTS.sub("", text)):
        if unicodedata.category(character) in _MARKS:
            marks += 1
            shown += character if shown and marks <= MOST_MARKS else ""
        else:
            marks = 0
            shown += _shown(character)
    return "".join(shown)


def cell_width(text: str) -> int:
    """The cells that a harmless text takes: wide characters two, combining marks none."""
    if text.isascii():
        return len(text)
    return sum(_character_width(character) for character in text)


def cut(text: str, width: int) -> str:
    """A harmless text in at most `width` cells, with an ellipsis where it was longer."""
    if cell_width(text) <= width:
        return text
    if width <= 0:
        return ""
    taken = 0
    for index, character in enumerate(text):
        taken += _character_width(character)
        if taken > width - 1:
            return text[:index] + ELLIPSIS
    return text


def fit(text: str, width: int, align: Literal["left", "right"] = "left") -> str:
    """A text of anybody's, harmless, in exactly `width` cells."""
    text = cut(harmless(text), width)
    air = " " * (width - cell_width(text))
    return air + text if align == "right" else text + air


def count(number: int, total_is: TotalIs = TotalIs.EXACT) -> str:
    """A number for people: `4,310`, and `10,000+` where counting stopped."""
    return f"{number:,}+" if total_is == TotalIs.AT_LEAST else f"{number:,}"


def _shown(character: str) -> str:
    code = ord(character)
    if code in _ASCII_CONTROLS:
        return chr(_ASCII_CONTROLS[code])
    if _REGIONAL_A <= code <= _REGIONAL_Z:
        return chr(ord("A") + code - _REGIONAL_A)
    category = unicodedata.category(character)
    if category == "Zs":
        return " "
    hidden = category in _HIDDEN or _BLANK.match(character) or _UNEVEN.match(character)
    return UNSHOWN if hidden else character


@lru_cache(maxsize=4096)
def _character_width(character: str) -> int:
    if unicodedata.category(character) in _MARKS:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
