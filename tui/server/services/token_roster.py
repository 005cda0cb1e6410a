"""Deciding what becomes of tokens before anything is written (T3).

The workspace is locked, so what was read stays so.
"""

from collections.abc import Collection, Iterable
from typing import Self

import msgspec

from tui.domain.acts import ActId
from tui.domain.errors import Refused
from tui.domain.roles import Status
from tui.domain.tokens import Token, token_refusal
from tui.server.change import Change
from tui.server.reading import Here
from tui.server.services import shown
from tui.server.services.refusing import refuse
from tui.server.storage import tokens
from tui.server.storage.tokens import TokenRow

Lifetime = int | None | msgspec.UnsetType


class TokenRoster:
    """The tokens that one call is about, as they are and as they were."""

    def __init__(self, here: Here, rows: dict[str, TokenRow], now: int) -> None:
        self.here = here
        self._rows = {row.id: row for row in rows.values() if shown.sees_tokens_of(here, shown.token_member(row))}
        self._before: dict[str, TokenRow] = {}
        self._now = now

    @classmethod
    def read(cls, change: Change, workspace_id: str, ids: Collection[str]) -> Self:
        """Enters a workspace to change these tokens. Those that are not there, for this caller, are found out later."""
        here = change.enter(workspace_id)
        return cls(here, tokens.by_id(change.connection, here.workspace.pk, ids), change.now)

    def holds(self, token_id: str) -> bool:
        """Whether this is a token that the caller sees, as things stand."""
        return token_id in self._rows

    def token(self, token_id: str) -> Token:
        """A token as the caller sees it, as things stand."""
        return shown.token(self._rows[token_id], self.here, self._now)

    def changes(self) -> list[tokens.Change]:
        """What was decided, in order."""
        return [tokens.Change(before, self._rows.get(token_id)) for token_id, before in self._before.items()]

    def alter(self, token_id: str, version: int | None, *, name: str | None = None, status: str | None = None) -> None:
        """Gives a token a name, a status, or both. What is so already changes nothing. Raises `Refused`, `Conflict`."""
        row = self._found(token_id)
        asked = ((ActId.TOKENS_RENAME, name), (ActId.TOKENS_SET_STATUS, status))
        self._may((act for act, wanted in asked if wanted is not None), row, version)
        after = row._replace(name=name or row.name)
        if status is not None and status != row.status:
            disabled = status == Status.DISABLED
            after = after._replace(
                status=Status(status),
                disabled_by_id=self.here.own.user_id if disabled else None,
                disabled_by=self.here.own.username if disabled else None,
            )
        if after != row:
            self._keep(row, after._replace(version=row.version + 1))

    def rotate(self, token_id: str, lifetime: Lifetime) -> TokenRow:
        """Gives a token a lifetime anew, its first one if unset, for another secret: the token after that.

        Raises `Refused`.
        """
        row = self._found(token_id)
        self._may([ActId.TOKENS_ROTATE], row, None)
        seconds = row.lifetime if lifetime is msgspec.UNSET else lifetime
        after = row._replace(expires_at=tokens.expiry(seconds, self._now), version=row.version + 1)
        self._keep(row, after)
        return after

    def delete(self, token_id: str, version: int | None) -> None:
        """Ends a token. Raises `Refused`, `Conflict`."""
        row = self._found(token_id)
        self._may([ActId.TOKENS_DELETE], row, version)
        self._keep(row, None)

    def _found(self, token_id: str) -> TokenRow:
        if token_id not in self._rows:
            raise Refused("not_found")
        return self._rows[token_id]

    def _may(self, acts: Iterable[ActId], row: TokenRow, version: int | None) -> None:
        condition = shown.condition(row, self.here, self._now)
        member = shown.token_member(row)
        codes = [token_refusal(act, self.here.actor, self.here.circumstances, member, condition) for act in acts]
        refuse(codes, version, self.token(row.id))

    def _keep(self, row: TokenRow, after: TokenRow | None) -> None:
        self._before.setdefault(row.id, row)
        if after is None:
            del self._rows[row.id]
        else:
            self._rows[row.id] = after
