"""The first rows of every screen: where one stands, how the server does, and the sections."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from tui.domain.roles import Role
from tui.lists.column import Cell, Tone
from tui.lists.members import role_cell
from tui.lists.text import cell_width, cut, harmless
from tui.widgets.tones import toned

AWAY = "away"
"""The word of a connection that is lost."""

_LEAST_NAME = 8
_AIR = 2
_GAP = "   "


class HeaderFacts(NamedTuple):
    """What row 1 says. `connection` is a word of that tone, `since` and `shown` the rest of its sentence."""

    workspace: str
    role: Role | None
    server: str
    connection: str
    since: str
    tone: Tone
    secrets: str = ""
    shown: str = ""


class SectionTab(NamedTuple):
    """A section, greyed unless it is enabled."""

    number: int
    title: str
    enabled: bool = True


class Header(Widget):
    """Told where one stands and which section is shown; it posts what was clicked."""

    DEFAULT_CSS = """
    Header {
        height: 3;
        width: 100%;
        background: $panel;
    }
    """

    standing: reactive[HeaderFacts | None] = reactive(None)
    tabs: reactive[tuple[SectionTab, ...]] = reactive(())
    current: reactive[int] = reactive(0)

    class WorkspaceClicked(Message):
        """The name of the workspace was clicked."""

    class SectionChosen(Message):
        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    def show(self, standing: HeaderFacts) -> None:
        """Where one stands now, and how the server does."""
        self.standing = standing

    def show_sections(self, tabs: Sequence[SectionTab], current: int) -> None:
        """The sections that there are, and the number of the one shown."""
        self.tabs, self.current = tuple(tabs), current

    def render(self) -> Content:
        titles, rule = self._sections()
        return Content("\n").join([self._standing_row(), titles, rule])

    def on_click(self, event: events.Click) -> None:
        if event.y == 0 and self.standing and event.x <= cell_width(harmless(self.standing.workspace)) + 5:
            self.post_message(self.WorkspaceClicked())
        if event.y > 0:
            hit = next((tab for tab, x, width in self._places() if x <= event.x < x + width), None)
            if hit:
                self.post_message(self.SectionChosen(hit.number))

    def _standing_row(self) -> Content:
        if self.standing is None:
            return Content("")
        role = toned(role_cell(self.standing.role)) if self.standing.role else Content("")
        around = len("  ▾ ") + role.cell_length + _AIR * 2
        name = harmless(self.standing.workspace)
        for cut_down in _cuts(self.standing):
            right = _right(cut_down)
            if around + cell_width(name) + right.cell_length <= self.size.width:
                break
        name = cut(name, max(self.size.width - around - right.cell_length, _LEAST_NAME))
        left = Content.assemble((f" {name} ▾ ", "bold $on-accent on $accent"), " " * _AIR, role)
        return left.pad_right(max(self.size.width - left.cell_length - right.cell_length, 1)) + right

    def _sections(self) -> tuple[Content, Content]:
        """The titles, and a hairline that is strong under the current one."""
        titles, rule = Content(""), Content("")
        for tab, x, width in self._places():
            is_current = tab.number == self.current
            word = self._words(tab)[len(str(tab.number)) :]
            number_style, style = ("bold $accent", "bold $foreground") if is_current else ("$muted", "$muted")
            if not tab.enabled:
                number_style = style = "$hint"
            titles = titles.pad_right(x - titles.cell_length)
            titles += Content.assemble((str(tab.number), number_style), (word, style))
            rule += Content.assemble(("─" * (x - rule.cell_length), "$line"))
            rule += Content.assemble(("━" * width, "$accent") if is_current else ("─" * width, "$line"))
        return titles, rule + Content.assemble(("─" * max(self.size.width - rule.cell_length, 0), "$line"))

    def _places(self) -> list[tuple[SectionTab, int, int]]:
        """Each section with its first cell and its width."""
        places, x = [], 1
        for tab in self.tabs:
            width = cell_width(self._words(tab))
            places.append((tab, x, width))
            x += width + 2
        return places

    def _words(self, tab: SectionTab) -> str:
        """A section's number and title; only the current one's title where there is no room for all."""
        room = sum(len(f"{each.number} {each.title}") + 2 for each in self.tabs) - 1 <= self.size.width
        return f"{tab.number} {tab.title}" if room or tab.number == self.current else f"{tab.number}"


def _cuts(standing: HeaderFacts) -> Iterator[HeaderFacts]:
    """Row 1 in full, then with ever less: the age goes first, then the secrets, then the server's domain.

    Since when a server is away is no age: it stays longer.
    """
    yield standing
    if standing.connection == AWAY:
        yield (standing := standing._replace(secrets=""))
        yield (standing := standing._replace(shown=""))
    yield (standing := standing._replace(since=""))
    yield (standing := standing._replace(secrets=""))
    host = standing.server.partition(".")[0]
    yield (standing := standing._replace(server="" if host.isdigit() else host))
    yield standing._replace(server="")


def _right(standing: HeaderFacts) -> Content:
    """The right of row 1: the server, how it does, and where secrets are kept."""
    connection = toned(Cell("● ", standing.tone)) + toned(Cell(standing.connection))
    if standing.since:
        connection += toned(Cell(f" {standing.since}{standing.shown}", "muted"))
    parts = [toned(Cell(standing.server, "muted"))] if standing.server else []
    parts.append(connection)
    if standing.secrets:
        parts.append(toned(Cell("secrets ", "muted")) + toned(Cell(standing.secrets)))
    return Content(_GAP).join(parts) + " "
