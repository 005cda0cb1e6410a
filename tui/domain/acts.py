"""The acts' ids, and who may do them: the table of "Roles and members" in `workspaces.md`.

The server refuses by these functions and fills every object's `refusals` with them, so the
reason that is shown is the refusal that would come (M1).
"""

from enum import StrEnum
from typing import NamedTuple

from tui.domain.ownership import leaves_no_owner
from tui.domain.roles import ROLES, Kind, Role, Source, Status


class ActId(StrEnum):
    """The one vocabulary: permission, capability, refusals, key, command, activity."""

    WORKSPACES_CREATE = "workspaces.create"
    WORKSPACES_JOIN = "workspaces.join"
    WORKSPACES_RENAME = "workspaces.rename"
    WORKSPACES_DELETE = "workspaces.delete"
    WORKSPACES_LEAVE = "workspaces.leave"
    WORKSPACES_ACTIVATE = "workspaces.activate"
    MEMBERS_SET_ROLE = "members.set_role"
    MEMBERS_SET_STATUS = "members.set_status"
    MEMBERS_REMOVE = "members.remove"
    MEMBERS_HAND_OVER = "members.hand_over"
    INVITES_SEND = "invites.send"
    INVITES_LINK = "invites.link"
    INVITES_RESEND = "invites.resend"
    INVITES_REVOKE = "invites.revoke"
    INVITES_ACCEPT = "invites.accept"
    TOKENS_CREATE = "tokens.create"
    TOKENS_RENAME = "tokens.rename"
    TOKENS_SET_STATUS = "tokens.set_status"
    TOKENS_ROTATE = "tokens.rotate"
    TOKENS_DELETE = "tokens.delete"
    SETTINGS_SET = "settings.set"
    ACTIVITY_LIST = "activity.list"
    ACCOUNT_SET = "account.set"
    ACCOUNT_CONFIRM_EMAIL = "account.confirm_email"
    ACCOUNT_LINK_GITHUB = "account.link_github"
    ACCOUNT_UNLINK_GITHUB = "account.unlink_github"
    ACCOUNT_DELETE = "account.delete"
    SESSIONS_END = "sessions.end"
    SESSIONS_END_OTHERS = "sessions.end_others"
    PROFILES_ACTIVATE = "profiles.activate"
    PROFILES_RENAME = "profiles.rename"
    PROFILES_REMOVE = "profiles.remove"
    PROFILES_IMPORT = "profiles.import"
    SECRETS_FORGET = "secrets.forget"


LOCAL_ACTS = frozenset(
    {
        ActId.WORKSPACES_ACTIVATE,
        ActId.PROFILES_ACTIVATE,
        ActId.PROFILES_RENAME,
        ActId.PROFILES_REMOVE,
        ActId.PROFILES_IMPORT,
        ActId.SECRETS_FORGET,
    }
)
"""Acts on this machine only: no route, no permission row."""


class Permission(NamedTuple):
    """The lowest role that may act at all, on an Owner, and on oneself; and whether a token will do (S2).

    `on_self` None: oneself is a target as any other.
    """

    least: Role
    on_owner: Role = Role.OWNER
    on_self: Role | None = None
    session_only: bool = False
    shared_only: bool = False


_ON_TOKENS = Permission(Role.MANAGER, on_owner=Role.MANAGER, on_self=Role.USER)
_OF_ACCOUNT = Permission(Role.USER, session_only=True)

PERMISSIONS: dict[ActId, Permission] = {
    ActId.WORKSPACES_CREATE: Permission(Role.USER, session_only=True),
    ActId.WORKSPACES_JOIN: Permission(Role.USER, session_only=True),
    ActId.WORKSPACES_RENAME: Permission(Role.OWNER),
    ActId.WORKSPACES_DELETE: Permission(Role.OWNER, session_only=True, shared_only=True),
    ActId.WORKSPACES_LEAVE: Permission(Role.USER, session_only=True, shared_only=True),
    ActId.MEMBERS_SET_ROLE: Permission(Role.MANAGER, shared_only=True),
    ActId.MEMBERS_SET_STATUS: Permission(Role.MANAGER, shared_only=True),
    ActId.MEMBERS_REMOVE: Permission(Role.MANAGER, shared_only=True),
    ActId.MEMBERS_HAND_OVER: Permission(Role.OWNER, session_only=True, shared_only=True),
    ActId.INVITES_SEND: Permission(Role.MANAGER, shared_only=True),
    ActId.INVITES_LINK: Permission(Role.MANAGER, shared_only=True),
    ActId.INVITES_RESEND: Permission(Role.MANAGER, shared_only=True),
    ActId.INVITES_REVOKE: Permission(Role.MANAGER, shared_only=True),
    ActId.INVITES_ACCEPT: Permission(Role.USER, session_only=True),
    ActId.TOKENS_CREATE: Permission(Role.USER, session_only=True),
    ActId.TOKENS_RENAME: _ON_TOKENS,
    ActId.TOKENS_SET_STATUS: _ON_TOKENS,
    ActId.TOKENS_ROTATE: _ON_TOKENS,
    ActId.TOKENS_DELETE: _ON_TOKENS,
    ActId.SETTINGS_SET: Permission(Role.MANAGER),
    ActId.ACTIVITY_LIST: Permission(Role.MANAGER),
    ActId.ACCOUNT_SET: _OF_ACCOUNT,
    ActId.ACCOUNT_CONFIRM_EMAIL: _OF_ACCOUNT,
    ActId.ACCOUNT_LINK_GITHUB: _OF_ACCOUNT,
    ActId.ACCOUNT_UNLINK_GITHUB: _OF_ACCOUNT,
    ActId.ACCOUNT_DELETE: _OF_ACCOUNT,
    ActId.SESSIONS_END: _OF_ACCOUNT,
    ActId.SESSIONS_END_OTHERS: _OF_ACCOUNT,
}
"""Each act on the service. An act without a target ignores `on_owner` and `on_self`.

The target of an act on an invite is whoever would join by it: an Owner's invite is an Owner's to manage.
"""


class Standing(NamedTuple):
    """Who a person is in a workspace, as far as permission goes."""

    user_id: str
    role: Role
    status: Status = Status.ACTIVE


class Circumstances(NamedTuple):
    """What permission must know of a workspace and of the way in."""

    kind: Kind
    active_owners: int
    by_session: bool = True
    source: Source = Source.SCRATCH


def at_least(role: Role, least: Role) -> bool:
    """Whether a role is that one or a more powerful one; an unknown role is neither."""
    return role in ROLES and ROLES.index(role) <= ROLES.index(least)


def refusal(act: ActId, actor: Standing, circumstances: Circumstances, target: Standing | None = None) -> str | None:
    """The code that an act would be refused with, or None when it is allowed.

    A target is the member acted on. Assigning a role asks `role_refusal` besides.
    """
    permission = PERMISSIONS[act]
    if permission.session_only and not circumstances.by_session:
        return "session_required"
    if actor.status != Status.ACTIVE:
        return "member_disabled"
    if not at_least(actor.role, _least(permission, actor, target)):
        return "role_forbidden"
    if permission.shared_only and circumstances.kind == Kind.PERSONAL:
        return "personal_workspace"
    return _state_refusal(act, actor, circumstances, target)


def _least(permission: Permission, actor: Standing, target: Standing | None) -> Role:
    if target is None:
        return permission.least
    if permission.on_self is not None and target.user_id == actor.user_id:
        return permission.on_self
    return permission.on_owner if target.role == Role.OWNER else permission.least


def _state_refusal(act: ActId, actor: Standing, circumstances: Circumstances, target: Standing | None) -> str | None:
    """What the state of members forbids, once the role would allow it."""
    if act == ActId.WORKSPACES_LEAVE:
        return "last_owner" if leaves_no_owner(actor.role, actor.status, circumstances.active_owners) else None
    if act == ActId.SETTINGS_SET and circumstances.source != Source.GITHUB:
        return "not_github"
    if target is None:
        return None
    itself = target.user_id == actor.user_id
    if act == ActId.TOKENS_ROTATE and not itself:
        return "role_forbidden"
    if act == ActId.MEMBERS_SET_STATUS and itself:
        return "self_disable"
    if act == ActId.MEMBERS_REMOVE and itself:
        return "self_remove"
    if act == ActId.MEMBERS_HAND_OVER and itself:
        return "input_invalid"
    if act == ActId.MEMBERS_HAND_OVER and target.status != Status.ACTIVE:
        return "member_disabled"
    return None


def role_refusal(role: Role, actor: Standing, circumstances: Circumstances, target: Standing) -> str | None:
    """The code that assigning `role` to a member would be refused with, or None (M1, M2, W8)."""
    refused = refusal(ActId.MEMBERS_SET_ROLE, actor, circumstances, target)
    if refused:
        return refused
    if role == Role.OWNER and actor.role != Role.OWNER:
        return "role_forbidden"
    if role != Role.OWNER and leaves_no_owner(target.role, target.status, circumstances.active_owners):
        return "last_owner"
    return None


def invite_role_refusal(role: Role, actor: Standing, *, by_link: bool) -> str | None:
    """The code that inviting for `role` would be refused with, or None (I1, I2)."""
    if role == Role.OWNER and (by_link or actor.role != Role.OWNER):
        return "role_forbidden"
    return None
