"""What is known of something: labels in one column, and beside each its value, as many lines as that takes."""

from collections.abc import Sequence
from typing import NamedTuple

from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget


class Fact(NamedTuple):
    """The label is as wide as the column of labels, its air included."""

    label: Content
    value: Content


class Facts(Widget):
    """A value that is longer than a line goes on under itself."""

    DEFAULT_CSS = """
    Facts { width: 1fr; height: auto; }
    """

    facts: reactive[tuple[Fact, ...]] = reactive((), layout=True)

    def show(self, facts: Sequence[Fact]) -> None:
        """Puts other facts in place of these."""
        self.facts = tuple(facts)

    def line_of(self, label: str) -> int:
        """The line in which a label stands."""
        before = [fact.label.plain.strip() for fact in self.facts].index(label)
        return sum(len(_lines(fact, self.size.width)) for fact in self.facts[:before])

    def render(self) -> Content:
        return Content("\n").join(line for fact in self.facts for line in _lines(fact, self.size.width))

    def get_content_height(self, _container: Size, _viewport: Size, width: int) -> int:
        return sum(len(_lines(fact, width)) for fact in self.facts)


def _lines(fact: Fact, width: int) -> list[Content]:
    beside = fact.label.cell_length
    first, *more = fact.value.wrap(max(width - beside, 1)) or [Content("")]
    return [fact.label + first, *(line.pad_left(beside) for line in more)]
