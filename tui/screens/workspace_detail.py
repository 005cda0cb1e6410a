"""What the list of workspaces says of the one under the cursor."""

from collections.abc import Iterator, Mapping

from tui.domain.github import GithubOrg, Joinable
from tui.domain.roles import Status
from tui.domain.workspaces import Workspace
from tui.lists.column import Cell
from tui.lists.joinable import Row
from tui.lists.text import cut, fit, harmless
from tui.lists.time import date
from tui.lists.workspaces import source_words
from tui.profiles.row import ProfileRow
from tui.screens.workspace_profiles import words
from tui.widgets.facts import Fact
from tui.widgets.tones import toned

LABEL_WIDTH = 10
LOGIN_WIDTH = 39
"""Cells of an organization's login: what GitHub allows, in ASCII."""


def detail_of(row: Row, profiles: Mapping[str, ProfileRow], auto_join: bool | None) -> Iterator[Fact]:
    """A line a fact; one sentence for a person who is disabled there.

    `profiles` are by workspace; `auto_join` is None where it is not known, or no such thing.
    """
    if isinstance(row, Joinable):
        yield from _of_joinable(row)
    elif row.status == Status.DISABLED:
        yield _fact("Status", "You are disabled here. Ask an Owner or a Manager to enable you.")
    else:
        yield from _of_workspace(row, profiles.get(row.id), auto_join)


def _of_workspace(workspace: Workspace, profile: ProfileRow | None, auto_join: bool | None) -> Iterator[Fact]:
    yield _fact("Profile", words(profile))
    yield _fact("Members", _members(workspace))
    if workspace.github_org:
        switch = {None: "", True: ", auto-join on", False: ", auto-join off"}[auto_join]
        yield _fact("GitHub", f"organization {_login(workspace.github_org)}{switch}")
    else:
        yield _fact("Source", f"{workspace.kind}, {source_words(workspace)}")
    yield _fact("Created", f"{date(workspace.created_at)}, you joined {date(workspace.joined_at)}")


def _of_joinable(joinable: Joinable) -> Iterator[Fact]:
    yield _fact("GitHub", f"organization {_login(joinable.github_org)}, of which you are a member")
    yield _fact("Owners", ", ".join(joinable.owners))
    yield _fact("Members", f"{joinable.active_members:,} active; you would join as User")


def _fact(label: str, text: str) -> Fact:
    return Fact(toned(Cell(fit(label, LABEL_WIDTH), "muted")), toned(Cell(text)))


def _login(org: GithubOrg) -> str:
    return cut(harmless(org.login), LOGIN_WIDTH)


def _members(workspace: Workspace) -> str:
    disabled = sum(each.disabled for each in (workspace.counts or {}).values())
    said = f"{workspace.active_members or 0:,} active, {disabled:,} disabled"
    pending = workspace.pending_invites
    return f"{said}, {pending:,} invited" if pending else said
