"""Cells of lists as Textual's styled text."""

from textual.content import Content

from tui.lists.column import Cell, Tone
from tui.lists.text import harmless

STYLES: dict[Tone, str] = {
    "text": "$foreground",
    "bright": "$foreground",
    "muted": "$muted",
    "hint": "$hint",
    "accent": "$accent",
    "owner": "bold $owner",
    "manager": "$manager",
    "user": "$foreground",
    "danger": "$danger",
    "ok": "$ok",
}
"""Each tone in the theme's variables."""


def toned(cell: Cell) -> Content:
    """A cell's text, harmless, in its tone."""
    return Content.assemble((harmless(cell.text + cell.tail), STYLES[cell.tone]))
