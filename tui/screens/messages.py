"""What screens say to the app. A screen posts; the app acts, and calls the screen back."""

from typing import TYPE_CHECKING

from textual.message import Message

from tui.domain.acts import ActId
from tui.domain.errors import Failure

if TYPE_CHECKING:
    from tui.screens.acting import Acting
    from tui.screens.shell import Shell


class Wanted(Message):
    """Something for whoever knows where the person stands."""


class ActAsked(Wanted):
    """A person wants an act performed; on which rows, the screen tells as soon as they are here."""

    def __init__(self, screen: "Acting", act: ActId) -> None:
        self.screen = screen
        self.act = act
        super().__init__()


class MenuAsked(Wanted):
    """All that can be done with the rows of a screen is to be shown."""

    def __init__(self, screen: "Acting") -> None:
        self.screen = screen
        super().__init__()


class UndoAsked(Wanted):
    """The last change of role or status is to be taken back."""

    def __init__(self, screen: "Acting") -> None:
        self.screen = screen
        super().__init__()


class PanelAsked(Wanted):
    """Something is to be opened on top of the screen that asks."""

    def __init__(self, panel: "Shell") -> None:
        self.panel = panel
        super().__init__()


class SectionAsked(Wanted):
    """Another section, by its number, and what is to be said there."""

    def __init__(self, number: int, said: str = "") -> None:
        self.number = number
        self.said = said
        super().__init__()


class HistoryAsked(Wanted):
    """All that was done to somebody or something is to be shown, by the name that people know."""

    def __init__(self, id: str, name: str) -> None:
        self.id = id
        self.name = name
        super().__init__()


class BackAsked(Wanted):
    """Nothing is left to close on this screen."""


class WorkspacesAsked(Wanted):
    """The workspace selector is wanted."""


class SignOutAsked(Wanted):
    """The person wants this machine to forget who they are on this server."""


class PaletteAsked(Wanted):
    """The palette is wanted."""


class HelpAsked(Wanted):
    """The keys of this screen are wanted."""


class KeyAsked(Message):
    """A key is to be pressed that was chosen by another one, or by the mouse."""

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__()


class OpenAsked(Message):
    """What is needed to start is to be opened once more."""


class LeaveAsked(Message):
    """The app is to end."""


class Copied(Wanted):
    """A text for the clipboard of the terminal."""

    def __init__(self, text: str) -> None:
        self.text = text
        super().__init__()


class Shown(Message):
    """What was asked for is on the screen, be it rows or why there are none."""


class Answered(Wanted):
    """The server has answered a reading."""


class NotAnswered(Wanted):
    """A reading or an act came to nothing; the screen has shown its own part of it."""

    def __init__(self, failure: Failure) -> None:
        self.failure = failure
        super().__init__()
