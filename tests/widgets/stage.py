"""A bare app in our themes, for one widget at a time."""

from textual.app import App, ComposeResult
from textual.geometry import Size
from textual.widget import Widget

from tests.widgets.people import COLUMNS, People, Person, window
from tui.app.themes import THEMES
from tui.domain.errors import Failure
from tui.widgets.table_lines import RowLook
from tui.widgets.window_table import WindowTable


class Stage(App[None]):
    """Shows these widgets."""

    def __init__(self, *shown: Widget, theme: str = "workspaces-dark") -> None:
        super().__init__()
        for each in THEMES:
            self.register_theme(each)
        self.theme = theme
        self._shown = shown

    def compose(self) -> ComposeResult:
        yield from self._shown


class TableStage(Stage):
    """A table of people, and what it told."""

    def __init__(self, count: int = 132, theme: str = "workspaces-dark") -> None:
        self.people = People(count)
        look = RowLook[Person](dimmed=lambda row: row.status == "disabled", dropdown="role")
        self.table = WindowTable(COLUMNS, window(self.people), look=look)
        self.activated: list[Person] = []
        self.sorts: list[str] = []
        self.dropdowns: list[Person] = []
        self.failures: list[Failure] = []
        super().__init__(self.table, theme=theme)

    def on_mount(self) -> None:
        self.table.show_sort("username", descending=False)
        self.table.reload()

    def on_window_table_row_activated(self, event: WindowTable.RowActivated) -> None:
        self.activated.append(event.row)

    def on_window_table_sort_asked(self, event: WindowTable.SortAsked) -> None:
        self.sorts.append(event.field)

    def on_window_table_dropdown_asked(self, event: WindowTable.DropdownAsked) -> None:
        self.dropdowns.append(event.row)

    def on_window_table_failed(self, event: WindowTable.Failed) -> None:
        self.failures.append(event.failure)


def shown(app: App[None]) -> list[str]:
    """The lines of the screen as a reader sees them."""
    width, height = app.size
    return [strip.text for strip in app.screen._compositor.render_strips(Size(width, height))]
