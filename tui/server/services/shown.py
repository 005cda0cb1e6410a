"""Stored rows as the caller may see them, with the refusals that would come (M1)."""

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from tui.domain.acts import ActId, Place, Standing, refusal, role_refusal
from tui.domain.members import Member
from tui.domain.roles import ROLES, Role, Status
from tui.domain.workspaces import GithubOrg, StatusCounts, Workspace
from tui.server.reading import Here, Reading, standing
from tui.server.storage import members, workspace_pages
from tui.server.storage.members import Counts, MemberRow
from tui.server.storage.times import moment, moment_or_none
from tui.server.storage.workspaces import WorkspaceRow

_ON_MEMBERS = (ActId.MEMBERS_SET_ROLE, ActId.MEMBERS_SET_STATUS, ActId.MEMBERS_REMOVE, ActId.MEMBERS_HAND_OVER)
_ON_WORKSPACES = (
    ActId.WORKSPACES_RENAME,
    ActId.WORKSPACES_DELETE,
    ActId.WORKSPACES_LEAVE,
    ActId.MEMBERS_HAND_OVER,
    ActId.INVITES_SEND,
    ActId.INVITES_LINK,
    ActId.TOKENS_CREATE,
    ActId.SETTINGS_SET,
    ActId.ACTIVITY_LIST,
)


class _Refusals(NamedTuple):
    acts: dict[str, str]
    roles: dict[str, str]


def workspace(row: WorkspaceRow, own: MemberRow, counts: Counts, *, by_session: bool = True) -> Workspace:
    """A workspace as its member sees it; one who is disabled sees that it is there (M3)."""
    active = own.status == Status.ACTIVE
    place = Place(row.kind, members.active_owners(counts), by_session=by_session, source=row.source)
    org = GithubOrg(id=row.github_org_id, login=row.github_org_login or "") if row.github_org_id else None
    return Workspace(
        id=row.id,
        name=row.name,
        kind=row.kind,
        source=row.source if active else None,
        github_org=org if active else None,
        role=own.role if active else None,
        status=own.status,
        active_members=active_members(counts) if active else None,
        counts=_by_role(counts) if active else None,
        pending_invites=None,
        created_at=moment(row.created_at) if active else None,
        joined_at=moment(own.joined_at) if active else None,
        revision=row.revision if active else None,
        version=row.version if active else None,
        refusals=_named((act, refusal(act, standing(own), place)) for act in _ON_WORKSPACES),
    )


def workspace_here(here: Here) -> Workspace:
    return workspace(here.workspace, here.own, here.counts, by_session=here.by_session)


def personal_workspace(read: Reading, user_id: str) -> Workspace:
    """A user's own workspace, as they see it by a session (W1)."""
    row, own = workspace_pages.personal(read.connection, user_id)
    return workspace(row, own, members.counts(read.connection, row.pk))


def member(row: MemberRow, here: Here) -> Member:
    """A member as the caller sees it."""
    refusals = _refusals(here.actor, here.place, standing(row))
    return Member(
        user_id=row.user_id,
        username=row.username,
        display_name=row.display_name,
        email=row.email,
        role=row.role,
        status=row.status,
        joined_by=row.joined_by,
        joined_at=moment(row.joined_at),
        last_active_at=moment_or_none(row.last_active_at),
        disabled_at=moment_or_none(row.disabled_at),
        disabled_by=row.disabled_by,
        active_tokens=None,
        is_self=row.user_id == here.own.user_id,
        version=row.version,
        changed_by=row.changed_by,
        changed_at=moment_or_none(row.changed_at),
        refusals=refusals.acts,
        role_refusals=refusals.roles,
    )


def _refusals(actor: Standing, place: Place, target: Standing) -> _Refusals:
    """Few differ on one page: they depend on role, status and on whether it is the caller."""
    return _refusals_of(actor, place, target if target.user_id == actor.user_id else target._replace(user_id=""))


@lru_cache(maxsize=1024)
def _refusals_of(actor: Standing, place: Place, target: Standing) -> _Refusals:
    return _Refusals(
        _named((act, refusal(act, actor, place, target)) for act in _ON_MEMBERS),
        _named((role, role_refusal(role, actor, place, target)) for role in ROLES),
    )


def _named(codes: Iterable[tuple[str, str | None]]) -> dict[str, str]:
    return {str(name): code for name, code in codes if code}


def active_members(counts: Counts) -> int:
    return sum(n for (_, status), n in counts.items() if status == Status.ACTIVE)


def _by_role(counts: Counts) -> dict[Role, StatusCounts]:
    return {
        role: StatusCounts(active=counts.get((role, Status.ACTIVE), 0), disabled=counts.get((role, Status.DISABLED), 0))
        for role in ROLES
    }
