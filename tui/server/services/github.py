"""A person's GitHub account: its organizations, what it proves, and taking it off again (W4, W5, U1).

GitHub is always asked between transactions, never inside one: while it thinks, others may write.
"""

from collections.abc import Callable
from typing import NamedTuple, TypeVar

from tui.domain.activity import TargetType
from tui.domain.acts import ActId
from tui.domain.errors import Refused
from tui.domain.github import GithubOrg, GithubOrgChoice, GithubOrgs
from tui.domain.users import User
from tui.server.caller import Caller
from tui.server.change import Change, Target, changing
from tui.server.outside.github import Github
from tui.server.reading import Reading, reading
from tui.server.services import me
from tui.server.storage import bookkeeping, github_users, server, users
from tui.server.storage.engine import Store
from tui.server.storage.github_users import Link

Said = TypeVar("Said")


class Proof(NamedTuple):
    """What GitHub said a moment ago: whoever has this GitHub id is an active member of the organization."""

    github_id: str
    org: GithubOrg

    def check(self, change: Change) -> None:
        """Raises `Refused("github_unlinked")` where the caller is no longer that person."""
        link = github_users.of_user(change.connection, change.actor.user_id)
        if link is None or link.github_id != self.github_id:
            raise Refused("github_unlinked")


class Account(NamedTuple):
    """A linked account whose token can be used."""

    github: Github
    github_id: str
    token: str


def heard(ask: Callable[[], Said]) -> Said | Refused:
    """What comes of asking GitHub before a change, or why nothing does.

    That is for the change to raise: a repeat of what was done gets its answer even while GitHub is away.
    """
    try:
        return ask()
    except Refused as refused:
        return refused


def orgs(store: Store, caller: Caller, github: Github | None) -> GithubOrgs:
    """The organizations that the caller may make a workspace from, asked of GitHub now (W4).

    Raises `github_unlinked`, `github_unavailable`.
    """
    account = _usable(_link(store, caller), github)
    said = account.github.memberships(account.token)
    return GithubOrgs(items=[GithubOrgChoice(id=org.id, login=org.login, name=org.login) for org in said.organizations])


def proof(store: Store, caller: Caller, github: Github | None, org_id: str) -> Proof:
    """That the caller is an active member of an organization, asked of GitHub now (W4, W5).

    Raises `github_unlinked`, `github_not_member`, `github_unavailable`.
    """
    account = _usable(_link(store, caller), github)
    org = account.github.memberships(account.token).of(org_id)
    if org is None:
        raise Refused("github_not_member")
    bookkeeping.note_organization(store, org.id, org.login)
    return Proof(account.github_id, GithubOrg(id=org.id, login=org.login))


def recent_orgs(store: Store, caller: Caller, github: Github | None) -> dict[str, GithubOrg]:
    """The caller's organizations by id, as GitHub said in the last ten minutes; none without an account (W5).

    Raises `github_unavailable`.
    """
    link = _link(store, caller)
    try:
        account = _usable(link, github)
        said = account.github.recent_memberships(account.token)
    except Refused as refused:
        if refused.code != "github_unlinked":
            raise
        return {}
    return {org.id: GithubOrg(id=org.id, login=org.login) for org in said.organizations}


@reading
def _link(read: Reading) -> Link | None:
    return github_users.of_user(read.connection, read.session.user_id)


def _usable(link: Link | None, github: Github | None) -> Account:
    token = github.seal.opened(link.token) if github and link else None
    if github is None or link is None or token is None:
        raise Refused("github_unlinked")
    return Account(github, link.github_id, token)


@changing()
def unlink(change: Change) -> User:
    """Takes the caller's GitHub account off; without one nothing changes (U1).

    Raises `last_way_in`, unless the person can come in again without GitHub, as the owner of the
    embedded data folder. A session that is alive somewhere is no way in: it ends.
    """
    user = me.locked(change, None)
    if user.github_login is None:
        return user
    if server.embedded_user(change.connection) != user.id:
        raise Refused("last_way_in")
    github_users.unlink(change.connection, user.id)
    change.record(
        ActId.ACCOUNT_UNLINK_GITHUB,
        Target(TargetType.USER, user.id, user.username),
        before={"github": user.github_login},
        account=True,
    )
    return users.read(change.connection, user.id)
