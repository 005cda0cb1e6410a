"""What every dialog is: a plane that covers the screen, asks one question and gives a typed answer."""

from collections.abc import Awaitable, Callable, Iterator
from typing import ClassVar, Generic, TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Button, Input, Static

from tui.lists.text import harmless
from tui.widgets.closing import Closing
from tui.widgets.keys_row import KeyHint, KeysRow
from tui.widgets.too_small import TooSmall

Answer = TypeVar("Answer")
Asked = TypeVar("Asked")

HEIGHTS = [(0, "-short"), (24, "-tall")]
"""Below 24 rows a dialog takes all there are."""

ASKING = "Asking the server…"
CANNOT_STOP = "It was sent and cannot be called back. Waiting for the answer…"


class Body(VerticalScroll, can_focus=False):
    """What is between title and buttons; a thing to stand on only where it has to scroll."""

    def watch_show_vertical_scrollbar(self, shown: bool) -> None:
        self.can_focus = shown


class Dialog(Closing, ModalScreen[Answer | None], Generic[Answer]):
    """Asks one question: the answer, or None for Cancel.

    The focus starts on the first field, with no field on Cancel, so that a key typed ahead is
    text or does no harm.
    """

    CSS_PATH: ClassVar = ["dialog.tcss"]
    AUTO_FOCUS = "Input, Choices, #cancel"
    VERTICAL_BREAKPOINTS = HEIGHTS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "Cancel", show=False),
        Binding("up,left", "app.focus_previous", "Previous", show=False),
        Binding("down,right", "app.focus_next", "Next", show=False),
        Binding("pageup", "scroll_body(-1)", "Back", show=False),
        Binding("pagedown", "scroll_body(1)", "Read on", show=False),
    ]
    CANCEL: ClassVar[str] = "Cancel"

    def __init__(self, title: str, confirm: str = "", *, danger: bool = False, ready: bool = True) -> None:
        """`confirm` is the word on the main button; without one there is only a way out.

        `ready` says whether it can be pressed from the start.
        """
        super().__init__()
        self._heading = title
        self._confirm = confirm
        self._danger = danger
        self._starts_ready = ready
        self.is_asking = False

    def compose(self) -> ComposeResult:
        with Vertical(classes="around"), Vertical(classes="plane"):
            yield Static(plain(self._heading), classes="title")
            with Body():
                yield from self.body()
            with Vertical(classes="foot"):
                yield Static(classes="said")
                with Horizontal(classes="buttons"):
                    yield button(self.CANCEL, "cancel")
                    yield from self.more_buttons()
                    if self._confirm:
                        yield button(self._confirm, "confirm", self._weight, ready=self._starts_ready)
        yield KeysRow(self.keys())
        yield TooSmall()

    def on_resize(self) -> None:
        self.query_one(TooSmall).fit()

    def body(self) -> Iterator[Widget]:
        """What stands between the title and the buttons."""
        raise NotImplementedError

    def more_buttons(self) -> Iterator[Button]:
        """Further buttons, between the way out and the main one."""
        return iter(())

    def answer(self) -> None:
        """The main button was pressed: close with the answer, or stay and say why not."""
        raise NotImplementedError

    def keys(self) -> list[KeyHint]:
        """What the last row says of the keys."""
        return [KeyHint("Tab", "Next"), KeyHint("Enter", "Press"), KeyHint("Esc", self.CANCEL)]

    def close(self, answer: Answer | None) -> None:
        """Close once, however often a button was pressed."""
        if self.is_current:
            self.dismiss(answer)

    def say(self, text: str, tone: str = "danger") -> None:
        """Put a sentence above the buttons; an empty one takes it away."""
        said = self.query_one(".said", Static)
        said.set_classes(f"said -{tone}")
        said.update(plain(text))
        said.display = bool(text)

    def relabel(self, word: str) -> None:
        """Put another word on the main button."""
        main = self.query_one("#confirm", Button)
        main.label = plain(word)
        main.refresh(layout=True)

    def ready(self, ready: bool) -> None:
        """Whether the main button can be pressed."""
        self.query_one("#confirm", Button).disabled = not ready

    def submit(self, perform: Callable[[], Awaitable[str | None]], answer: Answer) -> None:
        """Perform, then close with the answer, or stay open with the refusal's sentence.

        A change that was sent cannot be called back, so the dialog waits for what becomes of it.
        """

        async def attempt() -> None:
            refused = await self.asked(ASKING, perform())
            if refused is None:
                self.close(answer)
            else:
                self.say(refused)

        self.run_worker(attempt())

    async def asked(self, saying: str, coming: Awaitable[Asked]) -> Asked:
        """What comes of something that cannot be called back; until then there is nothing to press."""
        focused, plane, keys = self.focused, self.query_one(".plane"), self.query_one(KeysRow)
        self.is_asking = plane.disabled = True
        self.say(saying, "muted")
        keys.show([KeyHint("Ctrl+Q", "Quit")])
        came = await coming
        self.is_asking = plane.disabled = False
        self.say("")
        keys.show(self.keys())
        self.set_focus(focused)
        return came

    def action_cancel(self) -> None:
        if self.is_asking:
            self.say(CANNOT_STOP, "muted")
        else:
            self.close(None)

    def may_leave(self) -> bool:
        """Whether the app may end now; what would be lost with it is said first."""
        return True

    def action_scroll_body(self, pages: int) -> None:
        body = self.query_one(Body)
        body.scroll_relative(y=pages * body.size.height, animate=False)

    @on(Button.Pressed, "#cancel")
    def _cancel(self) -> None:
        self.action_cancel()

    @on(Button.Pressed, "#confirm")
    def _answer(self) -> None:
        self.answer()

    def on_key(self, event: events.Key) -> None:
        """A letter typed before there was a field comes here: the field gets it after all."""
        if isinstance(self.focused, Input) and event.is_printable:
            event.stop()
            self.focused.post_message(events.Key(event.key, event.character))

    @property
    def _weight(self) -> str:
        return "-danger" if self._danger else "-main"


def button(word: str, id: str, weight: str = "", *, ready: bool = True) -> Button:
    """A button that does not flash when it is pressed: over SSH that would be sent, twice."""
    button = Button(plain(word), id=id, classes=weight, compact=True, disabled=not ready)
    button.active_effect_duration = 0
    return button


def plain(text: str) -> Content:
    """A text of anybody's, as nothing but text: no markup, no codes for the terminal."""
    return Content(harmless(text))


def labelled(label: str, text: str, tone: str = "") -> Horizontal:
    """A row with what it is about at its left; the texts of several stand under each other."""
    return Horizontal(Static(plain(label), classes="label"), Static(plain(text), classes=f"text {tone}"), classes="row")


def sentence(text: str, tone: str = "") -> Static:
    """A paragraph of a dialog."""
    return Static(plain(text), classes=f"sentence {tone}")
