"""Shown once: a secret or links that nobody can show again (T1, I5)."""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import ClassVar, NamedTuple

from textual import on, work
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Button, Static

from tui.dialogs.dialog import Dialog, button, plain, sentence
from tui.dialogs.qr import QrCode, half_blocks, too_large
from tui.lists.text import harmless
from tui.widgets.keys_row import KeyHint, KeysRow

COVER = "•" * 24
"""Stands for every covered text, however long it is."""


@dataclass(frozen=True)
class ShownOnce:
    """A row: `text` is a secret or a link, `said` what else came of it (`sent`, a refusal)."""

    label: str
    text: str = field(default="", repr=False)
    said: str = ""
    failed: bool = False


class Kept(NamedTuple):
    """Where it was stored, or why it was not."""

    done: bool
    said: str


UNKEPT = Kept(done=False, said="")


@dataclass(frozen=True)
class Once:
    """`noun` is what a text is called: `secret`, `link`. `kept` says whether and where it was stored already.

    `keep` stores it; without one, storing is not offered.
    """

    title: str
    noun: str
    rows: Sequence[ShownOnce]
    notes: Sequence[str] = ()
    kept: Kept = UNKEPT
    keep: Callable[[], Awaitable[Kept]] | None = None

    @property
    def texts(self) -> list[ShownOnce]:
        """The rows that have something to cover."""
        return [row for row in self.rows if row.text]

    @property
    def nouns(self) -> str:
        return self.noun if len(self.texts) == 1 else f"{self.noun}s"


class Row(Static):
    """A label and what it stands for. One of several texts can be stood on."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "copy", "Copy", show=False),
        Binding("up", "app.focus_previous", "Previous", show=False),
        Binding("down", "app.focus_next", "Next", show=False),
    ]

    class CopyAsked(Message):
        """Enter on the row of a text."""

    def __init__(self, row: ShownOnce) -> None:
        super().__init__(_lines(row, shown=False))
        self.row = row

    def show(self, *, shown: bool) -> None:
        """The text itself, or its cover."""
        self.update(_lines(self.row, shown=shown))

    def action_copy(self) -> None:
        self.post_message(self.CopyAsked())


def _lines(row: ShownOnce, *, shown: bool) -> Content:
    """One widget a row, for there may be hundreds."""
    said = ("  " + harmless(row.said), "$danger" if row.failed else "") if row.said else ""
    first = Content.assemble((harmless(row.label), "$muted"), said)
    if not row.text:
        return first
    return Content.assemble(first, "\n", harmless(row.text) if shown else (COVER, "$hint"))


class SecretOnce(Dialog[None]):
    """Covered until `Show`. Close asks again while the texts are neither stored, copied nor shown.

    With several texts, Copy and the QR code are about the row that was stood on last.
    """

    CSS_PATH: ClassVar = ["dialog.tcss", "secret_once.tcss"]
    AUTO_FOCUS = "#cancel"
    CANCEL = "Close"

    def __init__(self, once: Once) -> None:
        super().__init__(once.title, "Copy" if once.texts else "")
        self._once = once
        self._present = next(iter(once.texts), None)
        self._is_shown = False
        self._nobodys = [] if once.kept.done else once.texts
        self._was_warned = False

    def body(self) -> Iterator[Widget]:
        for note in self._once.notes:
            yield sentence(note)
        if self._once.texts:
            yield Static(plain(self._where()), id="where", classes="sentence -muted")
        several = len(self._once.texts) > 1
        for each in self._once.rows:
            row = Row(each)
            row.set_class(several, "-listed")
            row.can_focus = several and bool(each.text)
            yield row

    def more_buttons(self) -> Iterator[Button]:
        texts = self._once.texts
        if texts:
            yield button("Show", "show")
            yield button("QR", "qr")
        if self._once.keep:
            yield button("Store", "keep")
        if len(texts) > 1:
            yield button("Copy all", "copy-all")

    def _where(self) -> str:
        kept = self._once.kept
        return kept.said if kept.done else f"{kept.said} The {self._once.nouns} cannot be shown again.".strip()

    # Leaving

    def action_cancel(self) -> None:
        if self.is_asking or self.may_leave("Close"):
            super().action_cancel()

    def may_leave(self, word: str = "Quit") -> bool:
        if not self._nobodys or self._was_warned:
            return True
        self._was_warned = True
        left, all_ = len(self._nobodys), len(self._once.texts)
        which = f"the {self._once.nouns}" if left == all_ else f"{left:,} of the {self._once.nouns}"
        lose = f"{word} once more to lose {'it' if left == 1 else 'them'} for good."
        self.say(f"Nobody has {which} yet: neither stored, copied nor shown. {lose}")
        return False

    def _somebody_has(self, *rows: ShownOnce) -> None:
        """These texts are no longer lost with the dialog; the others still are."""
        self._nobodys = [row for row in self._nobodys if row not in rows]
        self._was_warned = False

    # What can be done with them

    def on_descendant_focus(self) -> None:
        if isinstance(self.focused, Row):
            self._present = self.focused.row
        self.query_one(KeysRow).show(self.keys())

    def keys(self) -> list[KeyHint]:
        enter = "Copy" if isinstance(self.focused, Row) else "Press"
        return [KeyHint("Tab", "Next"), KeyHint("Enter", enter), KeyHint("Esc", self.CANCEL)]

    @on(Button.Pressed, "#show")
    def _show(self, event: Button.Pressed) -> None:
        self._is_shown = not self._is_shown
        self._somebody_has(*self._once.texts)
        event.button.label = "Hide" if self._is_shown else "Show"
        for row in self.query(Row):
            row.show(shown=self._is_shown)

    @on(Row.CopyAsked)
    def answer(self) -> None:
        if self._present:
            self._copy(self._present.text, f"The {self._once.noun}{self._of_present()} was")
            self._somebody_has(self._present)

    @on(Button.Pressed, "#copy-all")
    def _copy_all(self) -> None:
        texts = self._once.texts
        self._copy("\n".join(f"{row.label} {row.text}" for row in texts), f"{len(texts)} {self._once.nouns} were")
        self._somebody_has(*texts)

    def _copy(self, text: str, what: str) -> None:
        self.app.copy_to_clipboard(text)
        self.say(f"{what} sent to your terminal.", "muted")

    @on(Button.Pressed, "#qr")
    def _show_qr(self) -> None:
        if self._present is None:
            return
        lines = half_blocks(self._present.text)
        if reason := too_large(lines, self.app.size):
            self.say(reason)
            return
        self._somebody_has(self._present)
        self.app.push_screen(QrCode(lines))

    @on(Button.Pressed, "#keep")
    @work
    async def _store(self) -> None:
        if self._once.keep is None:
            return
        kept = await self.asked("Storing…", self._once.keep())
        if kept.done:
            self._somebody_has(*self._once.texts)
            self.query_one("#where", Static).update(plain(kept.said))
            self.query_one("#keep").remove()
        else:
            self.say(kept.said)
        self.query_one("#cancel").focus()

    def _of_present(self) -> str:
        return f" of {self._present.label}" if self._present and len(self._once.texts) > 1 else ""
