"""The first start: what is made where, before it is made (P5)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from textual import on
from textual.widget import Widget
from textual.widgets import Button

from tui.dialogs.dialog import Dialog, button, labelled, sentence


@dataclass(frozen=True)
class FirstStartFacts:
    """`active_profile` is the one that the config file already has; empty where it has none."""

    data_folder: str
    workspace: str
    config_file: str
    active_profile: str = ""


class FirstStart(Dialog[Literal["here", "server"]]):
    """Whether to start here or to sign in to a server; None to leave without having made anything."""

    CANCEL = "Quit"
    AUTO_FOCUS = "#confirm"

    def __init__(self, facts: FirstStartFacts) -> None:
        super().__init__("Welcome", "Start here")
        self._facts = facts

    def body(self) -> Iterator[Widget]:
        yield sentence(
            "Workspaces keeps its data on this computer, in a folder of yours, with a first workspace in it."
        )
        yield labelled("Folder", self._facts.data_folder)
        yield labelled("Workspace", self._facts.workspace)
        stays = f" {self._facts.active_profile} stays the active one." if self._facts.active_profile else ""
        yield labelled("Profile", f"Of the same name, in {self._facts.config_file}.{stays}")

    def answer(self) -> None:
        self.close("here")

    def more_buttons(self) -> Iterator[Button]:
        yield button("Sign in to a server", "server")

    @on(Button.Pressed, "#server")
    def _sign_in(self) -> None:
        self.close("server")
