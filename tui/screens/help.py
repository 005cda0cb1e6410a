"""The keys that work, from the key map in force."""

from collections.abc import Iterable, Iterator, Sequence
from typing import ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen

from tui.lists.text import fit
from tui.screens.acting import Acting
from tui.screens.keys import ACT_KEYS, BETWEEN, CURSOR, EVERYWHERE, PANEL, ROWS
from tui.widgets.facts import Fact, Facts
from tui.widgets.keys_row import KeyHint, KeysRow

KEY_WIDTH = 16
CLOSE = KeyHint("Esc", "Close")


class KeyLine(NamedTuple):
    """Keys as people call them, and what they do; without keys it is a heading."""

    keys: str
    label: str


def key_lines(screen: Acting) -> Iterator[KeyLine]:
    """The keys of a screen, by what they are for; nothing stands here that does not work there."""
    keys = screen.keys_by_id()
    for title, ids in (
        ("This section", [*(act for act in screen.ACTS if act in ACT_KEYS), *(local.id for local in PANEL)]),
        ("The rows", [local.id for local in ROWS]),
        ("Moving", [local.id for local in (*CURSOR, *BETWEEN)]),
        ("Everywhere", [local.id for local in EVERYWHERE]),
    ):
        lines = [KeyLine(_latin(keys[id]), screen.label_of(id)) for id in ids if id in keys]
        if lines:
            yield from (KeyLine("", title), *lines)


class Help(ModalScreen[None]):
    """Every key of the screen that it lies on."""

    CSS_PATH = "help.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,question_mark,q,enter", "dismiss", show=False),
        Binding("j", "scroll(1)", show=False),
        Binding("k", "scroll(-1)", show=False),
    ]

    def __init__(self, lines: Iterable[KeyLine]) -> None:
        super().__init__()
        self._lines = list(lines)

    def compose(self) -> ComposeResult:
        with VerticalScroll():
            facts = Facts()
            facts.show([_fact(line) for line in self._lines])
            yield facts
        yield KeysRow([KeyHint("Up Down", "Scroll"), CLOSE])

    @on(KeysRow.Pressed)
    def _key_pressed(self, event: KeysRow.Pressed) -> None:
        if event.key == CLOSE.key:
            self.dismiss()

    def action_scroll(self, lines: int) -> None:
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)


def _latin(keys: Sequence[str]) -> str:
    """The keys without those that stand for them in other scripts."""
    return "  ".join(key for key in keys if key.isascii())


def _fact(line: KeyLine) -> Fact:
    if not line.keys:
        return Fact(Content(""), Content.assemble("\n", (line.label, "bold")))
    keys = f"{fit(line.keys, KEY_WIDTH - 1)} "
    return Fact(Content.styled(keys, "bold $accent"), Content.styled(line.label, "$muted"))
