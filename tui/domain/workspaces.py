"""Workspaces as their members see them (W6)."""

from datetime import datetime

from tui.domain.github import GithubOrg
from tui.domain.roles import Kind, Role, Source, Status
from tui.domain.structs import Answer, Ask


class StatusCounts(Answer, frozen=True):
    active: int
    disabled: int


class Workspace(Answer, frozen=True):
    """`role`, `status` and `joined_at` are the caller's; for a disabled caller most is null (M3).

    `refusals` maps an act on this workspace to the code that it would be refused with.
    """

    id: str
    name: str
    kind: Kind
    source: Source | None
    github_org: GithubOrg | None
    role: Role | None
    status: Status
    active_members: int | None
    counts: dict[Role, StatusCounts] | None
    pending_invites: int | None
    created_at: datetime | None
    joined_at: datetime | None
    revision: int | None
    version: int | None
    refusals: dict[str, str]


class WorkspaceAsk(Ask, frozen=True):
    """A new shared workspace: from scratch, or from a GitHub organization (W3, W4)."""

    name: str
    github_org_id: str | None = None


class RenameAsk(Ask, frozen=True):
    name: str


class Revision(Answer, frozen=True):
    revision: int
