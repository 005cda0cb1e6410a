"""How a conflict is told: who changed what meanwhile, and what it is now (M5)."""

from datetime import datetime
from typing import TypeAlias

from tui.acts.refusal import refusal, role_refusal
from tui.app.asking.asking import Answer, Wish
from tui.dialogs.changed import ChangedState, Difference
from tui.domain.acts import ActId
from tui.domain.invites import Invite
from tui.domain.members import Member
from tui.domain.tokens import Token
from tui.domain.workspaces import Workspace
from tui.lists.time import age, moment

Row: TypeAlias = Member | Workspace | Invite | Token
"""What has a version that somebody else can change."""


def changed_state(wish: Wish, now: Row, answer: Answer, moment: datetime) -> ChangedState:
    """What to show of a row that is no longer what the person saw."""
    return ChangedState(
        title=f"{wish.subject} was changed meanwhile",
        who_when=_who_when(now, moment),
        differences=_differences(wish.targets[0], now),
        again="" if _refused(wish, now, answer) else f"{wish.act.word([now])} all the same",
    )


def _who_when(now: Row, moment: datetime) -> str:
    if isinstance(now, Member) and now.changed_by:
        when = age(now.changed_at, moment)
        return f"{now.changed_by} changed this {'just now' if when == 'now' else when}."
    return "Somebody else changed this after you had read it."


def _differences(seen: Row, now: Row) -> list[Difference]:
    if isinstance(now, Member) and isinstance(seen, Member):
        return [
            Difference("Role", seen.role.capitalize(), now.role.capitalize()),
            Difference("Status", seen.status, now.status),
        ]
    if isinstance(now, Workspace) and isinstance(seen, Workspace):
        return [Difference("Name", seen.name, now.name)]
    if isinstance(now, Invite) and isinstance(seen, Invite):
        return [
            Difference("Status", seen.status, now.status),
            Difference("Expires", moment(seen.expires_at), moment(now.expires_at)),
        ]
    if isinstance(now, Token) and isinstance(seen, Token):
        return [Difference("Name", seen.name, now.name), Difference("Status", seen.status, now.status)]
    return []


def _refused(wish: Wish, now: Row, answer: Answer) -> bool:
    if wish.act.id == ActId.MEMBERS_SET_ROLE and isinstance(now, Member):
        return role_refusal(answer.value, now) is not None
    return refusal(wish.act.id, wish.context.backend.capabilities, now) is not None
