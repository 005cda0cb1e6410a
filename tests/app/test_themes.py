"""Contrast: text 4.5:1 at least on whatever is under it, disabled things 3:1."""

import pytest
from textual.color import Color

from tui.app.themes import DARK, LIGHT, THEMES, Palette

PLANES = ("background", "panel", "cursor")
TEXTS = ("text", "muted", "accent", "owner", "manager", "danger", "ok")


def contrast(palette: Palette, text: str, plane: str) -> float:
    colours = [Color.parse(getattr(palette, name)) for name in (text, plane)]
    darker, lighter = sorted(_luminance(colour) for colour in colours)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Color) -> float:
    """Relative luminance, as WCAG 2 defines it."""
    parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.normalized]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


@pytest.mark.parametrize("palette", [DARK, LIGHT])
@pytest.mark.parametrize("plane", PLANES)
def test_texts_can_be_read_on_every_plane(palette: Palette, plane: str) -> None:
    assert {text: contrast(palette, text, plane) for text in TEXTS if contrast(palette, text, plane) < 4.5} == {}
    assert contrast(palette, "hint", plane) >= 3


@pytest.mark.parametrize("palette", [DARK, LIGHT])
def test_buttons_can_be_read(palette: Palette) -> None:
    assert contrast(palette, "on_accent", "accent") >= 4.5
    assert contrast(palette, "text", "line") >= 4.5


def test_there_is_a_dark_and_a_light_theme() -> None:
    assert {theme.name: theme.dark for theme in THEMES} == {"workspaces-dark": True, "workspaces-light": False}
