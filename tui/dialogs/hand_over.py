"""Handing a workspace over: who becomes Owner, and what the present one becomes (M8)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from textual import on
from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import Static

from tui.dialogs.confirm import Told, consequences
from tui.dialogs.dialog import Dialog
from tui.domain.roles import Role
from tui.widgets.choices import CHOSEN_MARK, OPEN_MARK, Choice, Choices

OWN_ROLES = (Role.MANAGER, Role.USER)


@dataclass(frozen=True)
class HandOverQuestion:
    """`told` says what follows when the person keeps a role."""

    title: str
    told: Callable[[Role], Told]


class HandOver(Dialog[Role]):
    """The role that the person keeps, once confirmed. The focus is on Cancel."""

    AUTO_FOCUS = "#cancel"

    def __init__(self, question: HandOverQuestion) -> None:
        super().__init__(question.title, "Hand over", danger=True)
        self._told = question.told
        self._own = Role.MANAGER

    def body(self) -> Iterator[Widget]:
        yield Vertical(*consequences(self._told(self._own)), id="told")
        yield Static("Afterwards you are:", classes="prompt")
        yield Choices([self._line(role) for role in OWN_ROLES], start=self._own)

    def answer(self) -> None:
        self.close(self._own)

    @on(Choices.Chosen)
    async def _keep(self, event: Choices.Chosen) -> None:
        self._own = Role(event.id)
        for role in OWN_ROLES:
            self.query_one(Choices).replace(self._line(role))
        told = self.query_one("#told")
        await told.remove_children()
        await told.mount(*consequences(self._told(self._own)))

    def _line(self, role: Role) -> Choice:
        return Choice(role, role.capitalize(), mark=CHOSEN_MARK if role == self._own else OPEN_MARK)
