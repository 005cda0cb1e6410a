"""What each act asks before it is done, and by which dialog."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from msgspec.structs import replace
from textual.app import App

from tui.acts.act import Act, Result, Weight
from tui.acts.status import other_status
from tui.app import asking_account, asking_activation, asking_invites, asking_tokens, asking_workspaces
from tui.context.context import Context
from tui.dialogs.confirm import Confirm, Question
from tui.dialogs.hand_over import HandOver, HandOverQuestion
from tui.dialogs.name import NameDialog, NameQuestion
from tui.dialogs.type_name import TypeName
from tui.domain.acts import ActId
from tui.domain.names import name_problem
from tui.domain.tokens import TokenStatus
from tui.domain.users import User
from tui.domain.workspaces import Workspace
from tui.screens.acting import Acting
from tui.screens.rows import rows_name


@dataclass(frozen=True)
class Wish:
    """An act that a person wants on rows of a screen, from where they stood then."""

    act: Act[Any, Any]
    context: Context
    screen: Acting
    targets: Sequence[Any]

    @property
    def title(self) -> str:
        """The act and whom it is about: `Disable barbara-lake`."""
        return f"{self.act.word(self.targets)} {self.subject}".strip()

    @property
    def subject(self) -> str:
        return rows_name(self.targets)


class Answer(NamedTuple):
    """What a person has answered. `meant`: their dialog has also said what follows."""

    value: Any
    meant: bool = False


Submit = Callable[[Any], Awaitable[str | None]]
"""Performs an act while its dialog is open: why it was refused, as a sentence, or None once it is done."""


@dataclass(frozen=True)
class Asking:
    """Asks a person on behalf of a wish."""

    app: App[int]
    wish: Wish
    submit_as: Callable[[Wish], Submit]
    """How another wish is performed in place of this one."""
    results: list[Result[Any]]
    """What `submit` has come to, once it was done."""

    @property
    def submit(self) -> Submit:
        """How the wish is performed."""
        return self.submit_as(self.wish)

    async def answer(self) -> Answer | None:
        """What the act needs to know; None when there is nothing left to do."""
        return await _ASKS.get(self.wish.act.id, Asking.nothing)(self)

    async def is_meant(self, answer: Answer) -> bool:
        """Whether the person goes on, having read what follows."""
        wish = self.wish
        weight = Weight.LIGHT if answer.meant else wish.act.weight(wish.targets, answer.value)
        if weight == Weight.LIGHT:
            return True
        told = wish.act.consequences(wish.context, wish.targets, answer.value)
        question = Question(wish.title, wish.act.word(wish.targets), told, danger=bool(told.stops or told.for_good))
        if weight == Weight.CONFIRM:
            return await self.app.push_screen_wait(Confirm(question)) is True
        is_named = isinstance(wish.targets[0], Workspace | User)
        name = wish.subject if is_named else wish.context.workspace.name
        return await self.app.push_screen_wait(TypeName(question, name)) is True

    async def nothing(self) -> Answer:
        return Answer(None)

    async def other_status(self) -> Answer:
        return Answer(other_status(self.wish.targets))

    async def role(self) -> Answer | None:
        role = await self.wish.screen.choose_role(self.wish.targets)
        return Answer(role) if role else None

    async def own_role(self) -> Answer | None:
        wish = self.wish
        question = HandOverQuestion(
            f"Hand {wish.context.workspace.name} over to {wish.subject}",
            lambda role: wish.act.consequences(wish.context, wish.targets, role),
        )
        role = await self.app.push_screen_wait(HandOver(question))
        return Answer(role, meant=True) if role else None

    async def activation(self) -> Answer | None:
        return Answer(None, meant=True) if await asking_activation.is_wanted(self) else None

    async def auto_join(self) -> Answer | None:
        on = await asking_workspaces.other_auto_join(self)
        return None if on is None else Answer(on, meant=True)

    async def code(self) -> Answer | None:
        ask = await asking_invites.acceptance(self)
        return Answer(ask) if ask else None

    async def left_over(self) -> Answer | None:
        left = await asking_tokens.left_over(self)
        return Answer(left, meant=True) if left else None

    async def other_name(self) -> None:
        wish = self.wish
        told = wish.act.consequences(wish.context, wish.targets, wish.subject)
        question = NameQuestion(wish.title, "Rename", value=wish.subject, notes=[told.stays])
        await self.app.push_screen_wait(NameDialog(question, name_problem, self.submit))


_ASKS: Mapping[ActId, Callable[[Asking], Awaitable[Answer | None]]] = {
    ActId.WORKSPACES_CREATE: asking_workspaces.new_workspace,
    ActId.WORKSPACES_RENAME: Asking.other_name,
    ActId.WORKSPACES_ACTIVATE: Asking.activation,
    ActId.SETTINGS_SET: Asking.auto_join,
    ActId.MEMBERS_SET_ROLE: Asking.role,
    ActId.MEMBERS_SET_STATUS: Asking.other_status,
    ActId.MEMBERS_HAND_OVER: Asking.own_role,
    ActId.INVITES_SEND: asking_invites.invitation,
    ActId.INVITES_LINK: asking_invites.invitation,
    ActId.INVITES_ACCEPT: Asking.code,
    ActId.TOKENS_CREATE: asking_tokens.new_token,
    ActId.TOKENS_RENAME: asking_tokens.other_name,
    ActId.TOKENS_SET_STATUS: Asking.other_status,
    ActId.TOKENS_ROTATE: asking_tokens.rotation,
    ActId.SECRETS_FORGET: Asking.left_over,
    ActId.ACCOUNT_SET: asking_account.edit,
    ActId.ACCOUNT_CONFIRM_EMAIL: asking_account.mailed_code,
    ActId.ACCOUNT_LINK_GITHUB: asking_account.github_account,
    ActId.PROFILES_RENAME: asking_account.other_profile_name,
}
"""The acts that ask something; the others go straight to what follows from them."""


def expected(act: ActId, row: Any, value: Any) -> Any | None:
    """A row as it will be if the act goes well, to show at once; None where one has to wait and see."""
    match act:
        case ActId.MEMBERS_SET_ROLE:
            return replace(row, role=value)
        case ActId.MEMBERS_SET_STATUS:
            return replace(row, status=value)
        case ActId.TOKENS_SET_STATUS:
            return replace(row, status=TokenStatus(value))
    return None
