"""The screens of the present section, panels too, and the line in which the app speaks."""

from textual.app import App

from tui.screens.shell import Shell


def shells(app: App[int]) -> list[Shell]:
    """Those that stand on one another, the top one last."""
    return [screen for screen in app.screen_stack if isinstance(screen, Shell)]


def say(app: App[int], text: str, *, failed: bool = False) -> None:
    """Puts the last message on all of them: the top one may be about to close."""
    for screen in shells(app):
        screen.say(text, failed=failed)
