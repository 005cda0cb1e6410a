"""What the list of workspaces shows (W6)."""

from collections.abc import Callable
from datetime import datetime

from tui.domain.roles import Source, Status
from tui.domain.workspaces import Workspace
from tui.lists.column import WIDE, WIDEST, Cell, Column
from tui.lists.members import role_cell
from tui.lists.time import date

SORT_KEYS = ("name", "role", "active_members", "joined_at")
"""The fields by which the service sorts workspaces, its default first."""


def source_words(workspace: Workspace) -> str:
    """Where a workspace came from: `scratch`, `GitHub acme`, `SSO`, or `-` where that is not told."""
    if workspace.github_org:
        return f"GitHub {workspace.github_org.login}"
    names = {Source.GITHUB: "GitHub", Source.SSO: "SSO"}
    return names.get(workspace.source, workspace.source) if workspace.source else "-"


def _day(when: datetime | None) -> Cell:
    return Cell(date(when) if when else "-", "muted")


def _members(workspace: Workspace, now: datetime) -> Cell:
    return Cell("-" if workspace.active_members is None else f"{workspace.active_members:,}", "muted")


def columns(active: str, profile: Callable[[str], str | None]) -> tuple[Column[Workspace], ...]:
    """The columns, for a person whose active workspace has this id; `profile` gives a workspace's profile's name."""

    def mark(workspace: Workspace, now: datetime) -> Cell:
        return Cell("*" if workspace.id == active else "", "accent")

    def status(workspace: Workspace, now: datetime) -> Cell:
        if workspace.status == Status.DISABLED:
            return Cell("disabled", "danger")
        return Cell("in use", "accent") if workspace.id == active else Cell("")

    return (
        Column("active", "", mark, 1),
        Column("name", "Name", lambda w, now: Cell(w.name, "bright"), 20, 8, 3, sort="name"),
        Column("kind", "Kind", lambda w, now: Cell(w.kind, "muted"), 8),
        Column("source", "Source", lambda w, now: Cell(source_words(w), "muted"), 13, 7, 1),
        Column("role", "Role", lambda w, now: role_cell(w.role), 8, sort="role", value=lambda w: w.role),
        Column(
            "active_members",
            "Members",
            _members,
            9,
            align="right",
            sort="active_members",
            value=lambda w: w.active_members,
        ),
        Column("status", "Status", status, 8, value=lambda w: w.status),
        Column("profile", "Profile", lambda w, now: Cell(profile(w.id) or "-", "muted"), 14, 8, 1, from_width=WIDE),
        Column(
            "created_at",
            "Created",
            lambda w, now: _day(w.created_at),
            10,
            from_width=WIDEST,
            value=lambda w: w.created_at,
        ),
        Column(
            "joined_at",
            "Joined",
            lambda w, now: _day(w.joined_at),
            10,
            from_width=WIDEST,
            sort="joined_at",
            value=lambda w: w.joined_at,
        ),
    )
