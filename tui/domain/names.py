"""What may be called what: workspace names and usernames (W2), people's names, addresses."""

import re
import unicodedata

from tui.domain.folding import fold

NAME_LIMIT = 64
TEXT_LIMIT = 100
EMAIL_LIMIT = 254
ID_PREFIXES = ("us", "ac", "in", "se", "ak", "si", "ev")
RESERVED = frozenset(
    "me new all none default current admin root system api settings login logout demo help modal workspaces".split()
)

_ID = re.compile(rf"(?:{'|'.join(ID_PREFIXES)})-[0-9a-z]{{20}}")
_EMAIL = re.compile(r"[^@\s]+@(?:[^@\s.]+\.)+[^@\s.]+")
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def is_id(text: str) -> bool:
    """Whether a text has the form of one of our ids: a prefix and 20 characters."""
    return _ID.fullmatch(text) is not None


def name_problem(name: str) -> str | None:
    """Which part of W2 a workspace name or username breaks, as a sentence; None when it is good."""
    if not name:
        return "A name has at least 1 character."
    if len(name) > NAME_LIMIT:
        return f"A name has at most {NAME_LIMIT} characters; this one has {len(name):,}."
    if wrong := re.search(r"[^a-z0-9-]", name):
        return f"Only lower-case letters a-z, digits and hyphens; not {_spoken(wrong.group())}."
    if name.startswith("-") or name.endswith("-"):
        return "A hyphen stands inside a name, not at its start or end."
    if "--" in name:
        return "Only one hyphen at a time."
    if name in RESERVED or is_id(name):
        return f"“{name}” is reserved. Choose a different name."
    return None


def name_like(hint: str) -> str:
    """A name that is like the hint and follows W2; empty where the hint makes none."""
    made = re.sub(r"[^a-z0-9]+", "-", fold(hint))[:NAME_LIMIT].strip("-")
    return made if name_problem(made) is None else ""


def text_problem(text: str) -> str | None:
    """Why a text cannot be the name of a person or token, as a sentence; None when it can.

    The text is one that `tidy` returned.
    """
    if not text:
        return "A name has at least 1 character."
    if len(text) > TEXT_LIMIT:
        return f"A name has at most {TEXT_LIMIT} characters; this one has {len(text):,}."
    if wrong := next((c for c in text if _breaks(c)), None):
        return f"A name has no control, direction or line-breaking characters; not {_spoken(wrong)}."
    return None


def email_problem(email: str) -> str | None:
    """Why a text is not an email address, as a sentence; None when it is one."""
    if len(email) > EMAIL_LIMIT:
        return f"An address has at most {EMAIL_LIMIT} characters; this one has {len(email):,}."
    if not _EMAIL.fullmatch(email) or any(_breaks(c) for c in email):
        return "An address looks like name@example.org."
    return None


def tidy(text: str) -> str:
    """A text as it is stored: NFC, without white space around it."""
    return unicodedata.normalize("NFC", text).strip()


def _breaks(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"} or character in _BIDI


def _spoken(character: str) -> str:
    """A character that can be read: itself, or its code point where it cannot be shown."""
    if character == " ":
        return "a space"
    return f"“{character}”" if character.isprintable() else f"U+{ord(character):04X}"
