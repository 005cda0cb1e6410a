"""What each act asks before it is done, and by which dialog."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from msgspec.structs import replace
from textual.app import App

from tui.acts.act import Act, Weight
from tui.acts.members import other_status
from tui.context.context import Context
from tui.dialogs.confirm import Confirm, Question
from tui.dialogs.hand_over import HandOver, HandOverQuestion
from tui.dialogs.name import NameDialog, NameQuestion
from tui.dialogs.type_name import TypeName
from tui.domain.acts import ActId
from tui.domain.names import name_problem
from tui.screens.acting import Acting
from tui.screens.rows import row_name


@dataclass(frozen=True)
class Wish:
    """An act that a person wants on rows of a screen, from where they stood then."""

    act: Act[Any, Any]
    context: Context
    screen: Acting
    targets: Sequence[Any]

    @property
    def title(self) -> str:
        """The act and whom it is about: `Disable barbara.lake`."""
        return f"{self.act.word(self.targets)} {self.subject}".strip()

    @property
    def subject(self) -> str:
        if not self.targets:
            return ""
        return row_name(self.targets[0]) if len(self.targets) == 1 else f"{len(self.targets):,} members"


class Answer(NamedTuple):
    """What a person has answered. `meant`: their dialog has also said what follows."""

    value: Any
    meant: bool = False


Submit = Callable[[Any], Awaitable[str | None]]
"""Performs an act while its dialog is open: why it was refused, as a sentence, or None once it is done."""

Ask = Callable[[App[int], Wish, Submit], Awaitable[Answer | None]]
"""Asks for what an act needs to know; None when there is nothing left to do."""


async def ask(app: App[int], wish: Wish, submit: Submit) -> Answer | None:
    """What a person answers to what an act asks, which for many acts is nothing."""
    return await _ASKS.get(wish.act.id, _nothing)(app, wish, submit)


async def means_it(app: App[int], wish: Wish, answer: Answer) -> bool:
    """Whether a person goes on, having read what follows."""
    weight = Weight.LIGHT if answer.meant else wish.act.weight(wish.targets, answer.value)
    if weight == Weight.LIGHT:
        return True
    told = wish.act.consequences(wish.context, wish.targets, answer.value)
    question = Question(wish.title, wish.act.word(wish.targets), told, danger=bool(told.stops or told.for_good))
    if weight == Weight.CONFIRM:
        return await app.push_screen_wait(Confirm(question)) is True
    return await app.push_screen_wait(TypeName(question, _name_to_type(wish))) is True


def expected(act: ActId, row: Any, value: Any) -> Any | None:
    """A row as it will be if the act goes well, to show at once; None where one has to wait and see."""
    match act:
        case ActId.MEMBERS_SET_ROLE:
            return replace(row, role=value)
        case ActId.MEMBERS_SET_STATUS:
            return replace(row, status=value)
    return None


def _name_to_type(wish: Wish) -> str:
    """The workspace's name: the row's, where workspaces are the rows."""
    of_workspaces = wish.act.id.startswith("workspaces.")
    return wish.subject if of_workspaces else wish.context.workspace.name


async def _nothing(app: App[int], wish: Wish, submit: Submit) -> Answer:
    return Answer(None)


async def _other_status(app: App[int], wish: Wish, submit: Submit) -> Answer:
    return Answer(other_status(wish.targets))


async def _role(app: App[int], wish: Wish, submit: Submit) -> Answer | None:
    role = await wish.screen.choose_role(wish.targets)
    return Answer(role) if role else None


async def _own_role(app: App[int], wish: Wish, submit: Submit) -> Answer | None:
    question = HandOverQuestion(
        f"Hand {wish.context.workspace.name} over to {wish.subject}",
        lambda own: wish.act.consequences(wish.context, wish.targets, own),
    )
    role = await app.push_screen_wait(HandOver(question))
    return Answer(role, meant=True) if role else None


async def _new_name(app: App[int], wish: Wish, submit: Submit) -> None:
    question = NameQuestion("New workspace", "Create", notes=["It is shared, and you are its Owner."])
    await app.push_screen_wait(NameDialog(question, name_problem, submit))


async def _other_name(app: App[int], wish: Wish, submit: Submit) -> None:
    told = wish.act.consequences(wish.context, wish.targets, wish.subject)
    question = NameQuestion(wish.title, "Rename", value=wish.subject, notes=[told.stays])
    await app.push_screen_wait(NameDialog(question, name_problem, submit))


_ASKS: Mapping[ActId, Ask] = {
    ActId.WORKSPACES_CREATE: _new_name,
    ActId.WORKSPACES_RENAME: _other_name,
    ActId.MEMBERS_SET_ROLE: _role,
    ActId.MEMBERS_SET_STATUS: _other_status,
    ActId.MEMBERS_HAND_OVER: _own_role,
}
