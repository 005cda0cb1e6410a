"""How text is compared: case and accents do not count (M4)."""

import re
import unicodedata

WORD_LIMIT = 100
"""Characters of a word that are looked at: what the index of any database has room for."""

_WORD = re.compile(r"[^\W_]+")


def fold(text: str) -> str:
    """The sort key of a text: NFKD, marks dropped, casefolded."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


def words(text: str) -> list[str]:
    """The folded words of a text: its runs of letters and digits, in order."""
    return [word[:WORD_LIMIT] for word in _WORD.findall(fold(text))]


def found(q: str, *texts: str | None) -> bool:
    """Whether each word of `q` begins a word of one of the texts."""
    held = [word for text in texts if text for word in words(text)]
    return all(any(word.startswith(sought) for word in held) for sought in words(q))
