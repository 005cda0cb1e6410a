"""Joining a workspace by GitHub: what may be joined, and doing it (W5)."""

from tui.domain.activity import TargetType
from tui.domain.errors import Refused
from tui.domain.github import GithubOrg, Joinable
from tui.domain.members import Member
from tui.domain.queries import Page, Place
from tui.domain.roles import JoinedBy, Role, Source, Status
from tui.server.caller import Caller
from tui.server.change import Change, Target, changing
from tui.server.outside.github import Github
from tui.server.reading import Reading, reading
from tui.server.services import asked, me, newcomers, shown
from tui.server.services import github as accounts
from tui.server.storage import joinable, members, workspaces
from tui.server.storage.engine import Store
from tui.server.storage.members import Counts
from tui.server.storage.workspaces import WorkspaceRow


def list(store: Store, caller: Caller, place: Place, github: Github | None) -> Page[Joinable]:
    """The workspaces that the caller may join, by name, from what GitHub said in the last ten minutes (W5).

    Nobody without a GitHub account may join any. Raises `github_unavailable`.
    """
    return _list(store, caller, accounts.recent_orgs(store, caller, github), place)


def join(store: Store, caller: Caller, workspace_id: str, github: Github | None) -> Member:
    """The caller as a User of the workspace, once GitHub says that they are a member of its organization now (W5).

    Already in: the same. Raises `not_found` for what does not come from GitHub, `member_disabled`,
    `auto_join_off`, `github_unlinked`, `github_not_member`, `github_unavailable`.
    """
    return _join(store, caller, workspace_id, accounts.heard(lambda: _proof(store, caller, workspace_id, github)))


def _proof(store: Store, caller: Caller, workspace_id: str, github: Github | None) -> accounts.Proof | None:
    org_id = _org_to_prove(store, caller, workspace_id)
    return accounts.proof(store, caller, github, org_id) if org_id else None


@reading
def _list(read: Reading, orgs: dict[str, GithubOrg], place: Place) -> Page[Joinable]:
    page = joinable.page(read.connection, read.session.user_id, orgs, place)
    counts = members.counts_of_many(read.connection, [row.pk for row in page.items])
    return asked.shown(page, lambda row: _joinable(read, row, orgs[row.github_org_id or ""], counts[row.pk]))


def _joinable(read: Reading, row: WorkspaceRow, org: GithubOrg, counts: Counts) -> Joinable:
    return Joinable(
        workspace_id=row.id,
        name=row.name,
        github_org=org,
        active_members=shown.active_members(counts),
        owners=joinable.owners(read.connection, row.pk),
    )


@reading
def _org_to_prove(read: Reading, workspace_id: str) -> str | None:
    """The organization that the caller must be a member of; None for one who has a seat already."""
    user_id = read.session.user_id
    workspace = _found(read, workspace_id)
    if members.of_users(read.connection, workspace.pk, [user_id]):
        return None
    return _joinable_org(workspace)


@changing()
def _join(change: Change, workspace_id: str, proof: accounts.Proof | Refused | None) -> Member:
    user_id = me.locked(change, None).id  # before the workspace, as accepting does: neither waits for the other
    change.lock(workspace_id)
    workspace = _found(change, workspace_id)
    own = members.of_users(change.connection, workspace.pk, [user_id]).get(user_id)
    if own is None:
        _seat(change, workspace, proof)
    elif own.status != Status.ACTIVE:
        raise Refused("member_disabled")
    here = change.enter(workspace_id)
    return shown.one_member(change, here, here.own)


def _seat(change: Change, workspace: WorkspaceRow, proof: accounts.Proof | Refused | None) -> None:
    org_id = _joinable_org(workspace)
    if isinstance(proof, Refused):
        raise proof
    if proof is None or proof.org.id != org_id:
        raise Refused("not_found")  # The seat that was there a moment ago is gone.
    proof.check(change)
    actor = change.session
    members.add(change.connection, workspace.pk, actor.user_id, Role.USER, joined_by=JoinedBy.AUTO_JOIN, now=change.now)
    change.record(
        newcomers.JOINED,
        Target(TargetType.MEMBER, actor.user_id, actor.username),
        after={"workspace": workspace.name, "role": Role.USER.value, "joined_by": JoinedBy.AUTO_JOIN.value},
        workspace_pk=workspace.pk,
        account=True,
    )


def _found(read: Reading, workspace_id: str) -> WorkspaceRow:
    workspace = workspaces.read(read.connection, workspace_id)
    if workspace is None:
        raise Refused("not_found")
    return workspace


def _joinable_org(workspace: WorkspaceRow) -> str | None:
    """The id of the organization whose members may join. Of other workspaces nobody is told that they are there."""
    if workspace.source != Source.GITHUB:
        raise Refused("not_found")
    if not workspace.auto_join:
        raise Refused("auto_join_off")
    return workspace.github_org_id
