"""What the person has chosen for the app: theme and keys."""

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import NamedTuple

from tui import settings
from tui.app.keymap import Keymap, keymap
from tui.app.themes import THEMES
from tui.domain.errors import Failure

DARK, LIGHT = (theme.name for theme in THEMES)
THEME_NAMES = (("Dark theme", DARK), ("Light theme", LIGHT))
"""What the palette calls the themes."""


class Preferences(NamedTuple):
    theme: str
    keymap: Keymap


def preferences(folder: Path, screens: Sequence[Collection[str]]) -> Preferences:
    """The theme and keys in force; what could not be taken from the files is among the keymap's complaints.

    `screens` are the ids that stand together on each screen.
    """
    theme, keys, complaints = DARK, Keymap({}, ()), []
    try:
        chosen = settings.theme(folder)
        theme = chosen if chosen in {DARK, LIGHT} else DARK
    except Failure as failure:
        complaints.append(failure.detail)
    try:
        keys = keymap(settings.keys(folder), screens)
    except Failure as failure:
        complaints.append(failure.detail)
    return Preferences(theme, keys._replace(complaints=(*keys.complaints, *complaints)))
