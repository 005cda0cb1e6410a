"""What the list of workspaces says of the one under the cursor."""

from collections.abc import Iterator, Mapping

from textual.content import Content

from tui.domain.roles import Status
from tui.domain.settings import Joinable
from tui.domain.workspaces import Workspace
from tui.lists.column import Cell
from tui.lists.joinable import Row
from tui.lists.text import cut, fit, harmless
from tui.lists.time import date
from tui.lists.workspaces import source_words
from tui.profiles.row import ProfileRow
from tui.screens.workspace_profiles import words
from tui.widgets.tones import toned

LABEL_WIDTH = 10
LOGIN_WIDTH = 39
"""Cells of an organization's login: what GitHub allows, in ASCII."""


def detail_lines(row: Row, profiles: Mapping[str, ProfileRow]) -> Iterator[Content]:
    """A line a fact; one sentence for a person who is disabled there. `profiles` are by workspace."""
    if isinstance(row, Joinable):
        yield from _of_joinable(row)
    elif row.status == Status.DISABLED:
        yield toned(Cell("You are disabled here. Ask an Owner or a Manager to enable you.", "muted"))
    else:
        yield from _of_workspace(row, profiles.get(row.id))


def _of_workspace(workspace: Workspace, profile: ProfileRow | None) -> Iterator[Content]:
    yield _line("Profile", words(profile))
    yield _line("Members", _members(workspace))
    yield _line("Source", f"{workspace.kind}, {source_words(workspace)}")
    yield _line("Created", f"{date(workspace.created_at)}, you joined {date(workspace.joined_at)}")


def _of_joinable(joinable: Joinable) -> Iterator[Content]:
    org = cut(harmless(joinable.github_org.login), LOGIN_WIDTH)
    yield _line("GitHub", f"organization {org}, of which you are a member")
    yield _line("Owners", ", ".join(joinable.owners))
    yield _line("Members", f"{joinable.active_members:,} active; you would join as User")


def _line(label: str, text: str) -> Content:
    return toned(Cell(fit(label, LABEL_WIDTH), "muted")) + toned(Cell(text))


def _members(workspace: Workspace) -> str:
    disabled = sum(each.disabled for each in (workspace.counts or {}).values())
    said = f"{workspace.active_members or 0:,} active, {disabled:,} disabled"
    pending = workspace.pending_invites
    return f"{said}, {pending:,} invited" if pending else said
