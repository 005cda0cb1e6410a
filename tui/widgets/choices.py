"""A short list to choose from; a refused line can be stood on and its reason read, not chosen (M1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tui.lists.column import Tone
from tui.lists.text import cell_width, fit, harmless
from tui.widgets.tones import STYLES

CURSOR = "▸ "
SCROLL_BAR = 1
CHOSEN_MARK, OPEN_MARK = "●", "○"
"""Before what is chosen of several, and before what is not."""

WIDEST_LABEL, LEAST_LABEL = 40, 12


@dataclass(frozen=True)
class Choice:
    """A line: `mark` stands before the label, `note` behind it; a line with a `reason` is refused."""

    id: str
    label: str
    note: str = ""
    reason: str = ""
    mark: str = ""
    tone: Tone = "text"
    heading: bool = False


class Choices(OptionList):
    """Posts `Chosen` with the id of a line that is not refused."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("space", "select", "Choose", show=False)]
    DEFAULT_CSS = """
    Choices {
        height: auto;
        max-height: 100%;
        padding: 0;
        border: none;
        background: transparent;
        text-wrap: nowrap;
        text-overflow: ellipsis;
        scrollbar-size-vertical: 1;
        scrollbar-background: $panel;
        scrollbar-background-hover: $panel;
        scrollbar-background-active: $panel;
        scrollbar-color: $line;
        &:focus { border: none; background-tint: transparent; }
        & > .option-list--option { padding: 0; }
        & > .option-list--option-highlighted, &:focus > .option-list--option-highlighted {
            color: $foreground;
            background: $cursor;
            text-style: none;
        }
        & > .option-list--option-hover { background: transparent; }
    }
    """

    class Chosen(Message):
        """A line was chosen."""

        def __init__(self, id: str) -> None:
            super().__init__()
            self.id = id

    class Stood(Message):
        """The cursor stands on a line of which `reason` is not seen to its end; it is empty on any other."""

        def __init__(self, reason: str) -> None:
            super().__init__()
            self.reason = reason

    def __init__(self, choices: Sequence[Choice] = (), *, start: str | None = None, room: int = 0) -> None:
        """`start` is the id of the line on which the cursor starts. In so many cells of `room` labels give way."""
        super().__init__(compact=True)
        self._room = room
        self.show(choices, start)

    def show(self, choices: Sequence[Choice], start: str | None = None) -> None:
        """Put other lines in place of these."""
        self._choices = list(choices)
        self._mark_width = max((cell_width(choice.mark) + 1 for choice in choices if choice.mark), default=0)
        widest = max((cell_width(harmless(choice.label)) for choice in choices), default=0)
        self._label_width = min(widest, self._label_room(choices))
        self.clear_options()
        self.add_options([Option(self._line(choice), disabled=choice.heading) for choice in choices])
        lines = [index for index, choice in enumerate(choices) if not choice.heading]
        self.highlighted = next((i for i in lines if choices[i].id == start), lines[0] if lines else None)

    def replace(self, choice: Choice) -> None:
        """Put another line in place of the one with this id."""
        index = next(index for index, present in enumerate(self._choices) if present.id == choice.id)
        self._choices[index] = choice
        self.replace_option_prompt_at_index(index, self._line(choice))

    def wanted(self) -> Size:
        """The cells that all lines take, with a column of air at the right."""
        widest = max((self._line(choice).cell_length for choice in self._choices), default=0)
        return Size(widest + 1, len(self._choices))

    def render_line(self, y: int) -> Strip:
        """Every line is one row high, so a row's place is its line's; the cursor is a sign, not only a colour."""
        strip = super().render_line(y)
        if self.scroll_offset.y + y != self.highlighted:
            return strip
        style = next(iter(strip)).style
        return Strip.join([Strip([Segment(CURSOR, style)]), strip.crop(cell_width(CURSOR))])

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        choice = self._choices[event.option_index]
        if not choice.reason:
            self.post_message(self.Chosen(choice.id))

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        self.call_after_refresh(self._stand)

    def _stand(self) -> None:
        choice = self._choices[self.highlighted] if self.highlighted is not None else None
        is_cut = choice and self._line(choice).cell_length > self.scrollable_content_region.width
        self.post_message(self.Stood(choice.reason if choice and is_cut else ""))

    def _label_room(self, choices: Sequence[Choice]) -> int:
        if not self._room:
            return WIDEST_LABEL
        beside = max((cell_width(harmless(choice.reason or choice.note)) for choice in choices), default=0)
        left = self._room - cell_width(CURSOR) - self._mark_width - len("  ") - beside - SCROLL_BAR
        return min(max(left, LEAST_LABEL), WIDEST_LABEL)

    def _line(self, choice: Choice) -> Content:
        if choice.heading:
            return Content.assemble("  ", (harmless(choice.label).upper(), "$muted"), "  ", (choice.note, "$hint"))
        said = choice.reason or choice.note
        tone: Tone = "hint" if choice.reason else choice.tone
        return Content.assemble(
            "  ",
            (fit(choice.mark, self._mark_width), "$accent"),
            (fit(choice.label, self._label_width), STYLES[tone]),
            ("  " + harmless(said) if said else "", "$muted"),
        )
