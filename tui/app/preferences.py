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


class ChosenTheme(NamedTuple):
    """`complaint` is why another one than was chosen is in force."""

    name: str
    complaint: str = ""


def chosen_theme(folder: Path) -> ChosenTheme:
    """The theme in force, dark unless another one was chosen."""
    try:
        chosen = settings.theme(folder)
    except Failure as failure:
        return ChosenTheme(DARK, failure.detail)
    return ChosenTheme(chosen if chosen in {DARK, LIGHT} else DARK)


def chosen_keys(folder: Path, screens: Sequence[Collection[str]]) -> Keymap:
    """The keys in force. `screens` are the ids that stand together on each screen."""
    try:
        return keymap(settings.keys(folder), screens)
    except Failure as failure:
        return Keymap({}, (failure.detail,))
