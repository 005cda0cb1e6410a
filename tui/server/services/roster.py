"""Deciding what becomes of members, one after the other, before anything is written (M1-M8, W8).

The workspace is locked, so what was read stays so: each decision is made against the state that
the ones before it left, in memory, and the changes are written together.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Self

from tui.domain.acts import ActId, refusal, role_refusal
from tui.domain.errors import Refused, invalid
from tui.domain.members import Member
from tui.domain.roles import Role, Status
from tui.server.change import Change
from tui.server.reading import Here, standing
from tui.server.services import shown
from tui.server.services.refusing import refuse
from tui.server.storage import members, tokens
from tui.server.storage.members import MemberRow


class Roster:
    """The members that one call is about, as they are and as they were.

    Whoever disables or removes an Owner is another active one (M1, M2): only a lower role can leave none (W8).
    """

    def __init__(self, here: Here, rows: dict[str, MemberRow], active_tokens: Mapping[str, int], now: int) -> None:
        self.here = here
        self._rows = {**rows, here.own.user_id: here.own}
        self._before: dict[str, MemberRow] = {}
        self._active_tokens = active_tokens
        self._now = now

    @classmethod
    def read(cls, change: Change, workspace_id: str, user_ids: Sequence[str]) -> Self:
        """Enters a workspace to change these members. Those who are none are found out when it is their turn."""
        here = change.enter(workspace_id)
        workspace_pk = here.workspace.pk
        rows = members.of_users(change.connection, workspace_pk, user_ids)
        active = tokens.active_of(change.connection, workspace_pk, {*user_ids, here.own.user_id}, change.now)
        return cls(here, rows, active, change.now)

    def holds(self, user_id: str) -> bool:
        """Whether this is a member, as things stand."""
        return user_id in self._rows

    def member(self, user_id: str) -> Member:
        """A member as the caller sees it, as things stand."""
        row = self._rows[user_id]
        sees = shown.sees_tokens_of(self.here, standing(row))
        return shown.member(row, self.here, self._active_tokens.get(user_id, 0) if sees else None)

    def changes(self) -> list[members.Change]:
        """What was decided, in order."""
        return [members.Change(before, self._rows.get(user_id)) for user_id, before in self._before.items()]

    def alter(self, user_id: str, version: int | None, *, role: str | None = None, status: str | None = None) -> None:
        """Gives a member a role, a status, or both. Raises `Refused`, `Conflict`."""
        row = self._found(user_id)
        actor, circumstances, target = self.here.actor, self.here.circumstances, standing(row)
        codes = []
        if role is not None:
            codes.append(role_refusal(Role(role), actor, circumstances, target))
        if status is not None:
            codes.append(refusal(ActId.MEMBERS_SET_STATUS, actor, circumstances, target))
        refuse(codes, version, self.member(user_id))
        self._set(row, Role(role or row.role), Status(status or row.status))

    def remove(self, user_id: str, version: int | None) -> None:
        """Takes a member's seat. Raises `Refused`, `Conflict`."""
        row = self._found(user_id)
        code = refusal(ActId.MEMBERS_REMOVE, self.here.actor, self.here.circumstances, standing(row))
        refuse([code], version, self.member(user_id))
        self._keep(row, None)

    def hand_over(self, user_id: str, version: int | None, own_role: Role) -> None:
        """Makes a member Owner and the caller `own_role`. Raises `Refused`, `Conflict`."""
        row = self._found(user_id)
        code = refusal(ActId.MEMBERS_HAND_OVER, self.here.actor, self.here.circumstances, standing(row))
        if code == "input_invalid":
            raise invalid("user_id", "Hand over to somebody else than yourself.")
        refuse([code], version, self.member(user_id))
        self._set(row, Role.OWNER, row.status)
        self._set(self.here.own, own_role, self.here.own.status)

    def _found(self, user_id: str) -> MemberRow:
        if user_id not in self._rows:
            raise Refused("not_found")
        return self._rows[user_id]

    def _set(self, row: MemberRow, role: Role, status: Status) -> None:
        if (role, status) == (row.role, row.status):
            return
        after = row._replace(
            role=role,
            status=status,
            version=row.version + 1,
            changed_by=self._author,
            changed_at=self._now,
        )
        if status != row.status:
            disabled = status == Status.DISABLED
            after = after._replace(
                disabled_at=self._now if disabled else None, disabled_by=self._author if disabled else None
            )
        self._keep(row, after)

    @property
    def _author(self) -> str:
        return self.here.own.username

    def _keep(self, row: MemberRow, after: MemberRow | None) -> None:
        self._before.setdefault(row.user_id, row)
        counts = Counter(self.here.counts)
        counts[row.role, row.status] -= 1
        if after is None:
            del self._rows[row.user_id]
        else:
            counts[after.role, after.status] += 1
            self._rows[row.user_id] = after
        own = after if after and row.user_id == self.here.own.user_id else self.here.own
        self.here = self.here._replace(own=own, counts=dict(counts))
