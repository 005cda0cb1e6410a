"""Every act by its id."""

from collections.abc import Mapping
from typing import Any

from tui.acts import account, invites, members, profiles, secrets, sessions, settings, tokens, workspaces
from tui.acts.act import Act
from tui.domain.acts import ActId

READS = frozenset({ActId.ACTIVITY_LIST})
"""Permissions to look at something: a list in its own right, with nothing to perform."""

ACTS: Mapping[ActId, Act[Any, Any]] = {
    act.id: act
    for act in (
        workspaces.CREATE,
        workspaces.JOIN,
        workspaces.RENAME,
        workspaces.DELETE,
        workspaces.LEAVE,
        workspaces.ACTIVATE,
        members.SET_ROLE,
        members.SET_STATUS,
        members.REMOVE,
        members.HAND_OVER,
        invites.SEND,
        invites.LINK,
        invites.RESEND,
        invites.REVOKE,
        invites.ACCEPT,
        account.SET,
        account.CONFIRM_EMAIL,
        account.LINK_GITHUB,
        account.UNLINK_GITHUB,
        account.DELETE,
        tokens.CREATE,
        tokens.RENAME,
        tokens.SET_STATUS,
        tokens.ROTATE,
        tokens.DELETE,
        settings.SET,
        sessions.END,
        sessions.END_OTHERS,
        profiles.ACTIVATE,
        profiles.RENAME,
        profiles.REMOVE,
        profiles.IMPORT,
        secrets.FORGET,
    )
}
