"""What a list shows: boxes in groups, and how many match while they change."""

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget

from tui.dialogs.dialog import Dialog
from tui.widgets.choices import Choice, Choices
from tui.widgets.keys_row import KeyHint

CHOSEN_MARK, OPEN_MARK = "●", "○"


@dataclass(frozen=True)
class FilterOption:
    value: str
    label: str
    note: str = ""


@dataclass(frozen=True)
class FilterGroup:
    """Options of which none, some or all are chosen; none means that nothing is left out."""

    id: str
    title: str
    options: Sequence[FilterOption]


Chosen = Mapping[str, frozenset[str]]
"""The chosen values of each group, by its id; an empty set leaves nothing out."""


class Boxes(Choices):
    """Space or a click changes a box, Enter applies them all."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "screen.apply", "Apply", show=False)]


class Filter(Dialog[Chosen]):
    """What was chosen. `count` gives the sentence on how many match."""

    def __init__(
        self, title: str, groups: Sequence[FilterGroup], chosen: Chosen, count: Callable[[Chosen], Awaitable[str]]
    ) -> None:
        super().__init__(title, "Apply")
        self._groups = groups
        self._chosen = {group.id: set(chosen.get(group.id, ())) for group in groups}
        self._count = count

    def body(self) -> Iterator[Widget]:
        air = Choice("", "", heading=True)
        yield Boxes([line for group in self._groups for line in (air, *self._lines(group))][1:])

    def on_mount(self) -> None:
        self._say_count()

    def answer(self) -> None:
        self.close(self._now())

    def action_apply(self) -> None:
        self.answer()

    def keys(self) -> list[KeyHint]:
        return [KeyHint("Space", "Mark"), KeyHint("Enter", "Apply"), KeyHint("Tab", "Next"), KeyHint("Esc", "Cancel")]

    @on(Choices.Chosen)
    def _change(self, event: Choices.Chosen) -> None:
        id, value = event.id.split(" ", 1)
        self._chosen[id] ^= {value}
        group = next(group for group in self._groups if group.id == id)
        for line in self._lines(group):
            self.query_one(Boxes).replace(line)
        self._say_count()

    def _say_count(self) -> None:
        async def ask() -> None:
            self.say(await self._count(self._now()), "muted")

        self.run_worker(ask(), group="count", exclusive=True)

    def _now(self) -> Chosen:
        return {id: frozenset(values) for id, values in self._chosen.items()}

    def _lines(self, group: FilterGroup) -> Iterator[Choice]:
        chosen = self._chosen[group.id]
        yield Choice(group.id, group.title, "" if chosen else "all", heading=True)
        for option in group.options:
            mark = CHOSEN_MARK if option.value in chosen else OPEN_MARK
            yield Choice(f"{group.id} {option.value}", option.label, option.note, mark=mark)
