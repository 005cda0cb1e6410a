"""Workspaces: listing, creating, renaming, deleting, leaving (W3, W6, W7, W9)."""

from tui.domain.activity import TargetType
from tui.domain.acts import ActId
from tui.domain.errors import Conflict, Refused, invalid
from tui.domain.names import name_problem
from tui.domain.queries import ListQuery, Page, Place
from tui.domain.roles import JoinedBy, Kind, Role, Status
from tui.domain.workspaces import Revision, Workspace
from tui.server.caller import Caller
from tui.server.change import Change, Target, changing
from tui.server.outside.github import Github
from tui.server.reading import Here, Reading, reading
from tui.server.services import asked, shown
from tui.server.services import github as github_accounts
from tui.server.services.invite_rights import lost_rights
from tui.server.storage import invites, members, workspace_pages, workspaces
from tui.server.storage.engine import Store
from tui.server.storage.members import MemberRow
from tui.server.storage.times import DAY
from tui.server.storage.workspace_pages import SORTS, WorkspaceFilter
from tui.server.storage.workspaces import WorkspaceRow

HELD = 30 * DAY
"""Microseconds that a workspace can go back to a name it gave up, and nobody else can take it (W9)."""


@reading
def list(read: Reading, query: ListQuery, place: Place) -> Page[Workspace]:
    """The workspaces of the caller, those included in which they are disabled (W6); a token's own only (S2)."""
    asked.only(query, "kind", "status", "role", "name")
    actor = read.actor
    found = WorkspaceFilter(
        user_id=actor.user_id,
        workspace_id=actor.workspace_id,
        kinds=asked.values(query, "kind", Kind),
        statuses=asked.values(query, "status", Status),
        roles=asked.values(query, "role", Role),
        names=frozenset(query.filters.get("name", ())),
        q=query.q,
        sort=asked.sort(query, SORTS),
        descending=query.descending,
    )
    page = workspace_pages.read(read.connection, found, place)
    pks = [row.pk for row, _ in page.items]
    counts = members.counts_of_many(read.connection, pks)
    pending = invites.pending_counts(read.connection, pks, read.now)

    def show(item: tuple[WorkspaceRow, MemberRow]) -> Workspace:
        row, own = item
        return shown.workspace(
            row, own, counts[row.pk], pending_invites=pending.get(row.pk, 0), by_session=actor.by_session
        )

    return asked.shown(page, show)


@reading
def get(read: Reading, workspace_id: str) -> Workspace:
    """One workspace, for its active members."""
    return shown.workspace_here(read, read.enter(workspace_id))


@reading
def revision(read: Reading, workspace_id: str) -> Revision:
    """How often a workspace has changed: a list on screen is old when this grows (A2)."""
    return Revision(revision=read.enter(workspace_id).workspace.revision)


def create(
    store: Store, caller: Caller, name: str, github_org_id: str | None = None, github: Github | None = None
) -> Workspace:
    """A new shared workspace with the caller as its Owner (W3): from scratch, or from a GitHub organization (W4).

    Raises `name_invalid`, `sso_managed`, `name_taken`; from an organization also `github_unlinked`,
    `github_not_member`, `github_unavailable`.
    """
    _check_name(name)
    if github_org_id is None:
        return _create(store, caller, name, None)
    _may_create(store, caller)
    proof = github_accounts.heard(lambda: github_accounts.proof(store, caller, github, github_org_id))
    return _create(store, caller, name, proof)


@reading
def _may_create(read: Reading) -> None:
    if read.session.sso_managed:
        raise Refused("sso_managed")


@changing()
def _create(change: Change, name: str, proof: github_accounts.Proof | Refused | None) -> Workspace:
    if change.session.sso_managed:
        raise Refused("sso_managed")
    if isinstance(proof, Refused):
        raise proof
    if proof:
        proof.check(change)
    row = workspaces.add(change.connection, Kind.SHARED, name, change.now, proof.org if proof else None)
    if row is None:
        raise Refused("name_taken")
    return furnish(change, row, change.actor.user_id)


def furnish(change: Change, row: workspaces.WorkspaceRow, user_id: str) -> Workspace:
    """A workspace just added, with its creator as Owner and the entry of its making."""
    org = row.github_org_login
    members.add(change.connection, row.pk, user_id, Role.OWNER, joined_by=JoinedBy.CREATED, now=change.now)
    change.record(
        ActId.WORKSPACES_CREATE,
        target(row),
        after={"name": row.name, "kind": row.kind.value, **({"github_org": org} if org else {})},
        workspace_pk=row.pk,
        account=True,
    )
    own = members.of_users(change.connection, row.pk, [user_id])[user_id]
    made = row._replace(revision=row.revision + 1)
    return shown.workspace(made, own, members.counts(change.connection, row.pk))


@changing()
def rename(change: Change, workspace_id: str, name: str, version: int | None) -> Workspace:
    """Gives a workspace another name; the old one is held for it (W9). The same name changes nothing.

    Raises `name_invalid`, `role_forbidden`, `Conflict` with the workspace, `name_taken`.
    """
    _check_name(name)
    here = change.enter(workspace_id)
    here.may(ActId.WORKSPACES_RENAME)
    _check_version(change, here, version)
    old = here.workspace
    if name == old.name:
        return shown.workspace_here(change, here)
    if not workspaces.claim(change.connection, old.pk, name, change.now):
        raise Refused("name_taken")
    workspaces.rename(change.connection, old, name, change.now + HELD)
    change.record(
        ActId.WORKSPACES_RENAME, target(old), before={"name": old.name}, after={"name": name}, workspace_pk=old.pk
    )
    return shown.workspace_here(change, change.enter(workspace_id))


@changing()
def delete(change: Change, workspace_id: str, version: int | None) -> None:
    """Deletes a shared workspace and all under it; its name is free at once (W9)."""
    here = change.enter(workspace_id)
    here.may(ActId.WORKSPACES_DELETE)
    _check_version(change, here, version)
    workspaces.remove(change.connection, here.workspace.pk, change.now)
    change.record(ActId.WORKSPACES_DELETE, target(here.workspace), account=True)


@changing()
def leave(change: Change, workspace_id: str) -> None:
    """Gives up the caller's own seat (W7). Raises `last_owner`, `personal_workspace`."""
    here = change.enter(workspace_id)
    here.may(ActId.WORKSPACES_LEAVE)
    seat = [members.Change(here.own, None)]
    members.save(change.connection, here.workspace.pk, seat)
    change.record(
        ActId.WORKSPACES_LEAVE,
        target(here.workspace),
        before={"role": here.own.role.value},
        workspace_pk=here.workspace.pk,
        account=True,
    )
    lost_rights(change, here.workspace.pk, seat)


def _check_name(name: str) -> None:
    if wrong := name_problem(name):
        raise invalid("name", wrong, "name_invalid")


def _check_version(change: Change, here: Here, version: int | None) -> None:
    if version is not None and version != here.workspace.version:
        raise Conflict(shown.workspace_here(change, here))


def target(row: workspaces.WorkspaceRow) -> Target:
    """A workspace, as the log names it."""
    return Target(TargetType.WORKSPACE, row.id, row.name)
