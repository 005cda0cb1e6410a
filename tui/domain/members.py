"""Members, what is asked of them and what came of it (M1-M9)."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec

from tui.domain.errors import Problem
from tui.domain.roles import AskedRole, AskedStatus, JoinedBy, Role, Status
from tui.domain.structs import Answer, Ask, SeenVersion


class Member(Answer, frozen=True):
    """A user in a workspace, as the caller may see it.

    `refusals` maps an act on this member to the code it would be refused with, and
    `role_refusals` a role to the code that assigning it would be refused with (M1).
    """

    user_id: str
    username: str
    display_name: str
    email: str | None
    role: Role
    status: Status
    joined_by: JoinedBy
    joined_at: datetime
    last_active_at: datetime | None
    disabled_at: datetime | None
    disabled_by: str | None
    active_tokens: int | None
    is_self: bool
    version: int | None
    changed_by: str | None
    changed_at: datetime | None
    refusals: dict[str, str]
    role_refusals: dict[str, str]


class MemberPatch(Ask, frozen=True):
    role: AskedRole | None = None
    status: AskedStatus | None = None


class MemberChange(Ask, frozen=True):
    """Exactly one of the three: a role, a status, or removal."""

    role: AskedRole | None = None
    status: AskedStatus | None = None
    remove: bool = False


class MemberItem(Ask, frozen=True):
    """A member to change; with `version` null, whatever is there is changed (M5)."""

    user_id: str
    version: SeenVersion | None


class MemberBulkAsk(Ask, frozen=True):
    change: MemberChange
    items: Annotated[list[MemberItem], msgspec.Meta(min_length=1, max_length=200)]
    dry_run: bool = False


class MemberVerdict(Answer, frozen=True):
    """What came of one member: `member` as it is now (null once removed), or the problem."""

    user_id: str
    member: Member | None
    problem: Problem | None


class MemberVerdicts(Answer, frozen=True):
    results: list[MemberVerdict]


class HandOverAsk(Ask, frozen=True):
    """The member who becomes Owner, and the role that the caller keeps (M8)."""

    user_id: str
    version: SeenVersion | None
    own_role: Literal["manager", "user"] = "manager"


class HandedOver(Answer, frozen=True, rename={"own": "self"}):
    """The new Owner, and the caller with the role kept (M8)."""

    owner: Member
    own: Member
