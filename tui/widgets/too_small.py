"""A terminal without the room that a screen needs."""

from textual.geometry import Size
from textual.widgets import Static

LEAST = Size(60, 20)


def has_room(terminal: Size) -> bool:
    """Whether the app can be shown in a terminal of this size."""
    return terminal.width >= LEAST.width and terminal.height >= LEAST.height


class TooSmall(Static):
    """Covers its screen where there is too little room: the size that there is and the size it needs, nothing else."""

    DEFAULT_CSS = """
    TooSmall {
        layer: too-small;
        display: none;
        width: 100%;
        height: 100%;
        content-align: center middle;
        text-align: center;
        color: $muted;
        background: $background;
    }
    """

    def fit(self) -> None:
        """Come or go, by the size that the terminal has now."""
        there = self.app.size
        self.display = not has_room(there)
        if self.display:
            self.update(f"{there.width}x{there.height} is too small.\nAt least {LEAST.width}x{LEAST.height} is needed.")
