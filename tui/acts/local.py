"""Acts on this machine only: they ask no server, and are performed without one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from tui.acts.act import Act, Parts
from tui.acts.consequences import Consequences
from tui.context.machine import Machine

Row = TypeVar("Row")
Answer = TypeVar("Answer")


@dataclass(frozen=True)
class LocalAct(Act[Row, Answer]):
    """An act that needs no more than the machine."""

    consequences: Callable[[Machine, Sequence[Row], Answer], Consequences]
    perform: Callable[[Machine, Sequence[Row], Answer], Parts[Row]]
