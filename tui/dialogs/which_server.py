"""Which server to sign in to: its address, or a link that leads there (S4)."""

from textual import on
from textual.widgets import Input

from tui.dialogs.name import NameDialog


class WhichServer(NameDialog):
    """As a name; but a link holds a code, which nobody is to read from the screen."""

    @on(Input.Changed)
    def _cover_link(self, event: Input.Changed) -> None:
        event.input.password = "#" in event.value
