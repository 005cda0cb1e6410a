"""Stored rows as the caller may see them, with the refusals that would come (M1)."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from tui.domain.acts import ActId, Circumstances, Standing, at_least, refusal, role_refusal
from tui.domain.github import GithubOrg
from tui.domain.invites import Invite, Inviter, InviteStatus, invite_refusal
from tui.domain.members import Member
from tui.domain.roles import ROLES, Role, Status
from tui.domain.tokens import Condition, Token, token_refusal
from tui.domain.workspaces import StatusCounts, Workspace
from tui.server.reading import Here, Reading, standing
from tui.server.storage import invites, members, tokens, workspace_pages
from tui.server.storage.invites import InviteRow
from tui.server.storage.members import Counts, MemberRow
from tui.server.storage.times import moment, moment_or_none
from tui.server.storage.tokens import TokenRow
from tui.server.storage.workspaces import WorkspaceRow

_ON_MEMBERS = (ActId.MEMBERS_SET_ROLE, ActId.MEMBERS_SET_STATUS, ActId.MEMBERS_REMOVE, ActId.MEMBERS_HAND_OVER)
_ON_INVITES = (ActId.INVITES_RESEND, ActId.INVITES_REVOKE)
_ON_TOKENS = (ActId.TOKENS_RENAME, ActId.TOKENS_SET_STATUS, ActId.TOKENS_ROTATE, ActId.TOKENS_DELETE)
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


def workspace(
    row: WorkspaceRow, own: MemberRow, counts: Counts, *, pending_invites: int = 0, by_session: bool = True
) -> Workspace:
    """A workspace as its member sees it; one who is disabled sees that it is there (M3)."""
    active = own.status == Status.ACTIVE
    circumstances = Circumstances(row.kind, members.active_owners(counts), by_session=by_session, source=row.source)
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
        pending_invites=pending_invites if active and at_least(own.role, Role.MANAGER) else None,
        created_at=moment(row.created_at) if active else None,
        joined_at=moment(own.joined_at) if active else None,
        revision=row.revision if active else None,
        version=row.version if active else None,
        refusals=_named((act, refusal(act, standing(own), circumstances)) for act in _ON_WORKSPACES),
    )


def workspace_here(read: Reading, here: Here) -> Workspace:
    """The workspace that the caller stands in."""
    pk = here.workspace.pk
    pending = invites.pending_counts(read.connection, [pk], read.now).get(pk, 0)
    return workspace(here.workspace, here.own, here.counts, pending_invites=pending, by_session=here.by_session)


def personal_workspace(read: Reading, user_id: str) -> Workspace:
    """A user's own workspace, as they see it by a session (W1)."""
    row, own = workspace_pages.personal(read.connection, user_id)
    return workspace(row, own, members.counts(read.connection, row.pk))


def member(row: MemberRow, here: Here, active_tokens: int | None) -> Member:
    """A member as the caller sees it."""
    refusals = _refusals(here.actor, here.circumstances, standing(row))
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
        active_tokens=active_tokens,
        is_self=row.user_id == here.own.user_id,
        version=row.version,
        changed_by=row.changed_by,
        changed_at=moment_or_none(row.changed_at),
        refusals=refusals.acts,
        role_refusals=refusals.roles,
    )


def token(row: TokenRow, here: Here, now: int) -> Token:
    """A token as the caller sees it at `now`, in microseconds."""
    state, member = condition(row, here, now), token_member(row)
    return Token(
        id=row.id,
        name=row.name,
        workspace_id=here.workspace.id,
        user_id=row.user_id,
        username=row.username,
        status=state.status,
        disabled_by=row.disabled_by,
        created_at=moment(row.created_at),
        last_used_at=moment_or_none(row.last_used_at),
        expires_at=moment_or_none(row.expires_at),
        version=row.version,
        refusals=_named((act, token_refusal(act, here.actor, here.circumstances, member, state)) for act in _ON_TOKENS),
    )


def condition(row: TokenRow, here: Here, now: int) -> Condition:
    """What decides, beside roles, what may be done to a token."""
    return Condition(
        row.status, tokens.has_expired(row.expires_at, now), row.disabled_by_id, calls=row.id == here.token_id
    )


def token_member(row: TokenRow) -> Standing:
    """Whose a token is, as far as permission goes."""
    return Standing(row.user_id, row.member_role, row.member_status)


def sees_tokens_of(here: Here, member: Standing) -> bool:
    """Whether the caller sees a member's tokens: whoever may end them does (T3)."""
    return here.refusal(ActId.TOKENS_DELETE, member) is None


def one_member(read: Reading, here: Here, row: MemberRow) -> Member:
    """A member as the caller sees it, with the number of active tokens looked up."""
    return member(row, here, active_tokens(read, here, [row])[row.user_id])


def active_tokens(read: Reading, here: Here, rows: Iterable[MemberRow]) -> Mapping[str, int | None]:
    """How many active tokens these members have, by user id; None where the caller may not know."""
    seen = {row.user_id: sees_tokens_of(here, standing(row)) for row in rows}
    found = tokens.active_of(
        read.connection, here.workspace.pk, [user_id for user_id in seen if seen[user_id]], read.now
    )
    return {user_id: found.get(user_id, 0) if sees else None for user_id, sees in seen.items()}


def invite(row: InviteRow, here: Here, now: int) -> Invite:
    """An invite as an Owner or Manager sees it."""
    status = row.status(now)
    return Invite(
        id=row.id,
        kind=row.kind,
        email=row.email,
        label=row.label,
        role=row.role,
        status=status,
        revoked_by=row.revoked_by,
        mail=row.mail,
        inviter=Inviter(user_id=row.inviter_id, username=row.inviter_name),
        created_at=moment(row.created_at),
        sent_at=moment_or_none(row.sent_at),
        expires_at=moment_or_none(row.expires_at),
        uses=row.uses,
        max_uses=row.max_uses,
        version=row.version,
        refusals=_invite_refusals(here.actor, here.circumstances, row.role, status),
    )


@lru_cache(maxsize=256)
def _invite_refusals(actor: Standing, circumstances: Circumstances, role: Role, status: InviteStatus) -> dict[str, str]:
    return _named((act, invite_refusal(act, actor, circumstances, role, status)) for act in _ON_INVITES)


def _refusals(actor: Standing, circumstances: Circumstances, target: Standing) -> _Refusals:
    """Few differ on one page: they depend on role, status and on whether it is the caller."""
    return _refusals_of(
        actor, circumstances, target if target.user_id == actor.user_id else target._replace(user_id="")
    )


@lru_cache(maxsize=1024)
def _refusals_of(actor: Standing, circumstances: Circumstances, target: Standing) -> _Refusals:
    return _Refusals(
        _named((act, refusal(act, actor, circumstances, target)) for act in _ON_MEMBERS),
        _named((role, role_refusal(role, actor, circumstances, target)) for role in ROLES),
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
