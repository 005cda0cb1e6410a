"""The two themes. Style sheets use their variables and no colour of their own."""

from typing import NamedTuple

from textual.theme import Theme


class Palette(NamedTuple):
    """`hint` is for what is disabled (3:1 on every plane); all other texts have 4.5:1."""

    background: str
    panel: str
    line: str
    cursor: str
    text: str
    muted: str
    hint: str
    accent: str
    on_accent: str
    owner: str
    manager: str
    danger: str
    ok: str


DARK = Palette(
    background="#12161c",
    panel="#1a2029",
    line="#2b3440",
    cursor="#22344a",
    text="#d6dde6",
    muted="#9aa6b4",
    hint="#748294",
    accent="#5cc8c2",
    on_accent="#0f1216",
    owner="#e8b765",
    manager="#8fb4f5",
    danger="#f0868a",
    ok="#7fcf98",
)
LIGHT = Palette(
    background="#fbfaf7",
    panel="#f1efe9",
    line="#d9d5ca",
    cursor="#dcebf5",
    text="#20262e",
    muted="#5a6472",
    hint="#7d848e",
    accent="#00706b",
    on_accent="#fbfaf7",
    owner="#8a5a00",
    manager="#2d55b0",
    danger="#b3262e",
    ok="#1d7038",
)


def variables(palette: Palette) -> dict[str, str]:
    """The variables beyond Textual's own, and those of Textual's that would be off in our planes."""
    return {
        "muted": palette.muted,
        "hint": palette.hint,
        "line": palette.line,
        "cursor": palette.cursor,
        "on-accent": palette.on_accent,
        "owner": palette.owner,
        "manager": palette.manager,
        "danger": palette.danger,
        "ok": palette.ok,
        "text-muted": palette.muted,
        "text-disabled": palette.hint,
        "foreground-muted": palette.muted,
        "foreground-disabled": palette.hint,
        "border": palette.accent,
        "border-blurred": palette.line,
        "block-cursor-background": palette.cursor,
        "block-cursor-foreground": palette.text,
        "block-cursor-blurred-background": palette.cursor,
        "block-cursor-blurred-foreground": palette.text,
        "block-hover-background": palette.cursor,
        "input-cursor-background": palette.accent,
        "input-cursor-foreground": palette.on_accent,
        "input-selection-background": palette.cursor,
        "scrollbar": palette.line,
        "scrollbar-hover": palette.hint,
        "scrollbar-active": palette.accent,
        "scrollbar-background": palette.background,
        "scrollbar-background-hover": palette.background,
        "scrollbar-background-active": palette.background,
        "scrollbar-corner-color": palette.background,
        "footer-background": palette.panel,
        "footer-foreground": palette.muted,
        "footer-key-foreground": palette.accent,
        "footer-description-foreground": palette.muted,
    }


def _theme(name: str, palette: Palette, *, dark: bool) -> Theme:
    return Theme(
        name=name,
        primary=palette.accent,
        secondary=palette.manager,
        warning=palette.owner,
        error=palette.danger,
        success=palette.ok,
        accent=palette.accent,
        foreground=palette.text,
        background=palette.background,
        surface=palette.panel,
        panel=palette.panel,
        boost=palette.line,
        dark=dark,
        variables=variables(palette),
    )


THEMES = (_theme("workspaces-dark", DARK, dark=True), _theme("workspaces-light", LIGHT, dark=False))
