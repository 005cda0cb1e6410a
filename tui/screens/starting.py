"""What is shown until it is known where the person stands."""

from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult

from tui.domain.errors import Failure
from tui.screens.messages import OpenAsked
from tui.screens.sections import WORKSPACES
from tui.screens.shell import Shell
from tui.widgets.state import State, StateText

SHELL_SHEET = Path(__file__).with_name("shell.tcss")


class Starting(Shell):
    """The plane of a list that is being read; where opening fails, why, and the key to try again.

    The app reads its sheet together with Textual's own: a screen's would have all read once more.
    """

    CSS_PATH: ClassVar = []
    SECTION = WORKSPACES
    FOOTER: ClassVar = ("app.read_again", "app.quit")
    NEVER_EARLY: ClassVar = FOOTER

    def __init__(self) -> None:
        super().__init__(None)

    def body(self) -> ComposeResult:
        yield State()

    def on_mount(self) -> None:
        super().on_mount()
        self.query_one(State).show(StateText("Opening…", tone="muted"))

    @property
    def is_reading(self) -> bool:
        return True

    def refused(self, failure: Failure) -> None:
        """Opening came to nothing."""
        key = self.key_spoken("app.read_again")
        self.query_one(State).show(StateText(failure.detail, key, "Try again", "danger"))

    def read_again(self) -> None:
        self.query_one(State).show(StateText("Opening…", tone="muted"))
        self.post_message(OpenAsked())
