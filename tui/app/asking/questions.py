"""What each act asks before it is done, and whether it is meant."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from msgspec.structs import replace

from tui.acts.act import Weight
from tui.acts.status import other_status
from tui.app.asking import account, activation, invites, members, profiles, tokens, workspaces
from tui.app.asking.asking import Answer, Asking
from tui.dialogs.confirm import Confirm, Question
from tui.dialogs.type_name import TypeName
from tui.domain.acts import ActId
from tui.domain.tokens import TokenStatus
from tui.domain.users import User
from tui.domain.workspaces import Workspace


async def answer(asking: Asking) -> Answer | None:
    """What the act needs to know; None when there is nothing left to do."""
    return await _ASKS.get(asking.wish.act.id, _nothing)(asking)


async def is_meant(asking: Asking, answer: Answer) -> bool:
    """Whether the person goes on, having read what follows."""
    wish = asking.wish
    weight = Weight.LIGHT if answer.meant else wish.act.weight(wish.targets, answer.value)
    if weight == Weight.LIGHT:
        return True
    told = wish.act.consequences(wish.context, wish.targets, answer.value)
    question = Question(wish.title, wish.act.word(wish.targets), told, danger=bool(told.stops or told.for_good))
    if weight == Weight.CONFIRM:
        return await asking.app.push_screen_wait(Confirm(question)) is True
    is_named = isinstance(wish.targets[0], Workspace | User)
    name = wish.subject if is_named else wish.context.workspace.name
    return await asking.app.push_screen_wait(TypeName(question, name)) is True


async def _nothing(_: Asking) -> Answer:
    return Answer(None)


async def _other_status(asking: Asking) -> Answer:
    return Answer(other_status(asking.wish.targets))


_ASKS: Mapping[ActId, Callable[[Asking], Awaitable[Answer | None]]] = {
    ActId.WORKSPACES_CREATE: workspaces.new_workspace,
    ActId.WORKSPACES_RENAME: workspaces.other_name,
    ActId.WORKSPACES_ACTIVATE: activation.activation,
    ActId.SETTINGS_SET: workspaces.other_auto_join,
    ActId.MEMBERS_SET_ROLE: members.role,
    ActId.MEMBERS_SET_STATUS: _other_status,
    ActId.MEMBERS_HAND_OVER: members.own_role,
    ActId.INVITES_SEND: invites.invitation,
    ActId.INVITES_LINK: invites.invitation,
    ActId.INVITES_ACCEPT: invites.acceptance,
    ActId.TOKENS_CREATE: tokens.new_token,
    ActId.TOKENS_RENAME: tokens.other_name,
    ActId.TOKENS_SET_STATUS: _other_status,
    ActId.TOKENS_ROTATE: tokens.rotation,
    ActId.SECRETS_FORGET: tokens.left_over,
    ActId.ACCOUNT_SET: account.edit,
    ActId.ACCOUNT_CONFIRM_EMAIL: account.mailed_code,
    ActId.ACCOUNT_LINK_GITHUB: account.github_account,
    ActId.PROFILES_RENAME: profiles.other_name,
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
