"""Roles and statuses of members, and what a workspace is."""

from typing import Literal

from tui.domain.structs import OpenEnum


class Role(OpenEnum):
    OWNER = "owner"
    MANAGER = "manager"
    USER = "user"


class Status(OpenEnum):
    ACTIVE = "active"
    DISABLED = "disabled"


class Kind(OpenEnum):
    PERSONAL = "personal"
    SHARED = "shared"


class Source(OpenEnum):
    SCRATCH = "scratch"
    GITHUB = "github"
    SSO = "sso"


class JoinedBy(OpenEnum):
    CREATED = "created"
    EMAIL = "email"
    LINK = "link"
    AUTO_JOIN = "auto_join"


ROLES = (Role.OWNER, Role.MANAGER, Role.USER)
"""Every role, the most powerful first."""

AskedRole = Literal["owner", "manager", "user"]
AskedStatus = Literal["active", "disabled"]
