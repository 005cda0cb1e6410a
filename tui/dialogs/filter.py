"""What a list shows: boxes in groups, and how many match while they change."""

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import Input

from tui.dialogs.dialog import Dialog
from tui.dialogs.form import field_row
from tui.domain.errors import Failure
from tui.widgets.choices import CHOSEN_MARK, OPEN_MARK, Choice, Choices
from tui.widgets.field import Field
from tui.widgets.keys_row import KeyHint


@dataclass(frozen=True)
class FilterOption:
    value: str
    label: str
    note: str = ""


@dataclass(frozen=True)
class FilterGroup:
    """Options of which none, some or all are chosen; none means that nothing is left out.

    Of a `single` group one is chosen at most.
    """

    id: str
    title: str
    options: Sequence[FilterOption]
    single: bool = False


@dataclass(frozen=True)
class FilterField:
    """What is typed instead of chosen; empty leaves nothing out."""

    id: str
    title: str
    placeholder: str


Chosen = Mapping[str, frozenset[str]]
"""The chosen values of each group and what was typed into each field, by their ids; an empty set leaves nothing out."""

Count = Callable[[Chosen], Awaitable[str]]
"""The sentence on how many match. Raises `Failure` for what was typed and is nothing."""


class Boxes(Choices):
    """Space or a click changes a box, Enter applies them all."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "screen.apply", "Apply", show=False)]


class Typed(Field):
    """Enter applies, Down goes on."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("down", "app.focus_next", show=False)]


class Filter(Dialog[Chosen]):
    """What was chosen and typed. `count` says how many match."""

    def __init__(
        self,
        title: str,
        groups: Sequence[FilterGroup],
        chosen: Chosen,
        count: Count,
        fields: Sequence[FilterField] = (),
    ) -> None:
        super().__init__(title, "Apply")
        self._groups = groups
        self._fields = fields
        ids = [*(field.id for field in fields), *(group.id for group in groups)]
        self._chosen = {id: set(chosen.get(id, ())) for id in ids}
        self._count = count

    def body(self) -> Iterator[Widget]:
        if self._fields:
            yield Vertical(*self._rows(), classes="fields")
        air = Choice("", "", heading=True)
        lines = [line for group in self._groups for line in (air, *self._lines(group))]
        yield Boxes(lines if self._fields else lines[1:])

    def _rows(self) -> Iterator[Widget]:
        for field in self._fields:
            typed = Typed(next(iter(self._chosen[field.id]), ""), placeholder=field.placeholder)
            typed.id = field.id
            yield field_row(field.title, typed)

    def on_mount(self) -> None:
        self._say_count()

    def answer(self) -> None:
        if self._fields:
            self.submit(self._refused, self._now())
        else:
            self.close(self._now())

    def action_apply(self) -> None:
        self.answer()

    def keys(self) -> list[KeyHint]:
        return [KeyHint("Space", "Mark"), KeyHint("Enter", "Apply"), KeyHint("Tab", "Next"), KeyHint("Esc", "Cancel")]

    @on(Choices.Chosen)
    def _change(self, event: Choices.Chosen) -> None:
        id, value = event.id.split(" ", 1)
        group = next(group for group in self._groups if group.id == id)
        self._chosen[id] = {value} - self._chosen[id] if group.single else self._chosen[id] ^ {value}
        for line in self._lines(group):
            self.query_one(Boxes).replace(line)
        self._say_count()

    @on(Input.Changed)
    def _type(self, event: Input.Changed) -> None:
        text = event.value.strip()
        self._chosen[event.input.id or ""] = {text} if text else set()
        self._say_count()

    @on(Input.Submitted)
    def _enter(self) -> None:
        self.answer()

    def _say_count(self) -> None:
        async def ask() -> None:
            try:
                self.say(await self._count(self._now()), "muted")
            except Failure as failure:
                self.say(failure.detail)

        self.run_worker(ask(), group="count", exclusive=True)

    async def _refused(self) -> str | None:
        """Why what was typed cannot be applied; None when it can."""
        try:
            await self._count(self._now())
        except Failure as failure:
            return failure.detail
        return None

    def _now(self) -> Chosen:
        return {id: frozenset(values) for id, values in self._chosen.items()}

    def _lines(self, group: FilterGroup) -> Iterator[Choice]:
        chosen = self._chosen[group.id]
        yield Choice(group.id, group.title, "" if chosen else "all", heading=True)
        for option in group.options:
            mark = CHOSEN_MARK if option.value in chosen else OPEN_MARK
            yield Choice(f"{group.id} {option.value}", option.label, option.note, mark=mark)
