"""API tokens: a member's keys to one workspace (T1-T5)."""

from datetime import datetime
from typing import Annotated, NamedTuple

import msgspec

from tui.domain.acts import PERMISSIONS, ActId, Circumstances, Standing, at_least, refusal
from tui.domain.errors import Problem
from tui.domain.invites import Lifetime
from tui.domain.roles import AskedStatus, Status
from tui.domain.structs import Answer, Ask, OpenEnum, SeenVersion

TOKEN_LIMIT = 100
"""Tokens that a member has at most in a workspace."""


class TokenStatus(OpenEnum):
    ACTIVE = "active"
    DISABLED = "disabled"
    EXPIRED = "expired"


class Token(Answer, frozen=True):
    id: str
    name: str
    workspace_id: str
    user_id: str
    username: str
    status: TokenStatus
    disabled_by: str | None
    created_at: datetime
    last_used_at: datetime | None
    expires_at: datetime | None
    version: int | None
    refusals: dict[str, str]


class TokenAsk(Ask, frozen=True):
    """A new token; `expires_in` in seconds, null: never."""

    name: str
    expires_in: Lifetime | None


class TokenPatch(Ask, frozen=True):
    name: str | None = None
    status: AskedStatus | None = None


class RotateAsk(Ask, frozen=True):
    """A new secret; without `expires_in` the token's first lifetime starts anew."""

    expires_in: Lifetime | msgspec.UnsetType | None = msgspec.UNSET


class TokenSecret(Answer, frozen=True):
    """A token with its secret, which is shown this once; null in a late repeat."""

    token: Token
    secret: str | None


class TokenChange(Ask, frozen=True):
    """Exactly one of the two: a status, or deletion."""

    status: AskedStatus | None = None
    delete: bool = False


class TokenItem(Ask, frozen=True):
    """A token to change; with `version` null, whatever is there is changed (M5)."""

    id: str
    version: SeenVersion | None


class TokenBulkAsk(Ask, frozen=True):
    change: TokenChange
    items: Annotated[list[TokenItem], msgspec.Meta(min_length=1, max_length=200)]


class TokenVerdict(Answer, frozen=True):
    """What came of one token: as it is now (null once deleted), or the problem."""

    id: str
    token: Token | None
    problem: Problem | None


class TokenVerdicts(Answer, frozen=True):
    results: list[TokenVerdict]


class Condition(NamedTuple):
    """What decides, beside roles, what may be done to a token.

    `set_to` is what a person made it, `disabled_by` the id of who disabled it; `calls` says that it
    is the credential of this very call.
    """

    set_to: Status
    expired: bool
    disabled_by: str | None
    calls: bool

    @property
    def status(self) -> TokenStatus:
        """What a token is shown as: disabled, even if it has expired since."""
        if self.set_to == Status.DISABLED:
            return TokenStatus.DISABLED
        return TokenStatus.EXPIRED if self.expired else TokenStatus.ACTIVE


def token_refusal(
    act: ActId, actor: Standing, circumstances: Circumstances, member: Standing, token: Condition
) -> str | None:
    """The code that an act on a member's token would be refused with, or None (T3, S2)."""
    if act == ActId.TOKENS_ROTATE and not (circumstances.by_session or token.calls):
        return "session_required"
    if code := refusal(act, actor, circumstances, member):
        return code
    if act == ActId.TOKENS_ROTATE and token.set_to == Status.DISABLED:
        return "token_disabled"
    if act != ActId.TOKENS_SET_STATUS:
        return None
    if token.disabled_by not in {None, actor.user_id} and not at_least(actor.role, PERMISSIONS[act].least):
        return "role_forbidden"
    return "token_expired" if token.expired else None
