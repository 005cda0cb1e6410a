"""An app of Textual with one word in it: `python -m tests.benchmarks.empty_app`."""

from textual.app import App, ComposeResult
from textual.widgets import Static


class Empty(App[None]):
    def compose(self) -> ComposeResult:
        yield Static("Opening…")


if __name__ == "__main__":
    Empty().run()
