"""A text as a QR code, for a telephone's camera."""

from collections.abc import Sequence
from itertools import zip_longest
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.geometry import Size
from textual.widgets import Static

from tui.dialogs.dialog import Dialog
from tui.widgets.keys_row import KeyHint, KeysRow
from tui.widgets.too_small import TooSmall

QUIET = 2
"""Light modules around the code: readers of telephones need no more."""

_HALVES = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}


def half_blocks(text: str) -> list[str]:
    """The lines of a text's QR code: every character is two modules, one over the other."""
    # What is shown once is seldom shown as a picture.
    import segno  # noqa: PLC0415

    rows = [[bool(module) for module in row] for row in segno.make_qr(text, error="l").matrix_iter(border=QUIET)]
    light = [False] * len(rows[0])
    pairs = zip_longest(rows[::2], rows[1::2], fillvalue=light)
    return ["".join(_HALVES[both] for both in zip(upper, lower, strict=True)) for upper, lower in pairs]


def too_large(lines: Sequence[str], terminal: Size) -> str:
    """Why a code cannot be shown, as a sentence; empty where it fits, with a row for the keys."""
    width, height = len(lines[0]), len(lines) + 1
    if width <= terminal.width and height <= terminal.height:
        return ""
    return f"The QR code needs a terminal of {width}x{height}."


class Code(Static, can_focus=True):
    """The picture, dark on light in every theme."""


class QrCode(Dialog[None]):
    """Shows a code until it is closed."""

    CSS_PATH: ClassVar = ["dialog.tcss", "qr.tcss"]
    AUTO_FOCUS = "Code"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,space", "cancel", "Close", show=False)]
    CANCEL = "Close"

    def __init__(self, lines: Sequence[str]) -> None:
        super().__init__("")
        self._lines = lines

    def compose(self) -> ComposeResult:
        with Vertical(classes="around"):
            yield Code("\n".join(self._lines), markup=False)
        yield KeysRow(self.keys())
        yield TooSmall()

    def on_resize(self) -> None:
        """Part of a code is of no use to anybody."""
        self.query_one(Code).update(too_large(self._lines, self.app.size) or "\n".join(self._lines))

    def action_cancel(self) -> None:
        self.close(None)

    def keys(self) -> list[KeyHint]:
        return [KeyHint("Esc", self.CANCEL)]
