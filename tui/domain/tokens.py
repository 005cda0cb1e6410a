"""API tokens: a member's keys to one workspace (T1-T5)."""

from datetime import datetime
from typing import Annotated

import msgspec

from tui.domain.errors import Problem
from tui.domain.invites import Lifetime
from tui.domain.roles import AskedStatus
from tui.domain.structs import Answer, Ask, OpenEnum

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
    id: str
    version: int | None


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
