"""What becomes of a member's invites when the member may no longer give what they offer (I7)."""

from collections.abc import Iterable

from tui.domain.activity import TargetType
from tui.domain.acts import ActId, Circumstances, invite_role_refusal, refusal
from tui.domain.invites import INVITER_LOST_RIGHTS, InviteStatus
from tui.domain.roles import Kind, Role
from tui.server.change import Change, Target
from tui.server.reading import standing
from tui.server.storage import invites, members
from tui.server.storage.invites import InviteRow
from tui.server.storage.members import MemberRow

_SHARED = Circumstances(Kind.SHARED, active_owners=1)
"""Only a shared workspace has invites."""


def lost_rights(change: Change, workspace_pk: int, seats: Iterable[members.Change]) -> None:
    """Revokes the pending invites that members, as they are now, could not send any more.

    The workspace must be locked; the entries stand in the same call's group.
    """
    present = {before.user_id: after for before, after in seats}
    sent = invites.pending_of(change.connection, workspace_pk, present, change.now)
    revoke(
        change,
        [row for row in sent if not _may_give(present[row.inviter_id], row.role)],
        revoked_by=INVITER_LOST_RIGHTS,
    )


def revoke(change: Change, rows: Iterable[InviteRow], revoked_by: str) -> list[InviteRow]:
    """The invites revoked, each with an entry. The workspace must be locked."""
    revoked = [row._replace(state=InviteStatus.REVOKED, revoked_by=revoked_by, version=row.version + 1) for row in rows]
    invites.save(change.connection, revoked)
    for row in revoked:
        change.record(
            ActId.INVITES_REVOKE,
            target(row),
            before={"role": row.role.value},
            after={"revoked_by": revoked_by},
            workspace_pk=row.workspace_pk,
        )
    return revoked


def target(row: InviteRow) -> Target:
    """An invite, as the log names it."""
    return Target(TargetType.INVITE, row.id, row.name)


def _may_give(inviter: MemberRow | None, role: Role) -> bool:
    if inviter is None:
        return False
    who = standing(inviter)
    return not (refusal(ActId.INVITES_SEND, who, _SHARED) or invite_role_refusal(role, who, by_link=False))
