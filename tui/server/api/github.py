"""The caller's GitHub account (W4, U1)."""

from litestar import Response, delete, get, post
from litestar.di import NamedDependency
from litestar.params import JSONBody

from tui.domain.github import GithubOrgs
from tui.domain.sign_ins import SignIn
from tui.domain.users import LinkGithubAsk, User
from tui.server.api.etags import ETAG, tagged
from tui.server.api.problems import POSTED, refusals
from tui.server.caller import Caller
from tui.server.outside.github import Github
from tui.server.services import github as accounts
from tui.server.services import sign_ins
from tui.server.storage.engine import Store

OWN = ("unauthenticated", "session_required")


@get(
    "/github/orgs",
    responses=refusals(*OWN, "github_unlinked", "github_unavailable"),
    sync_to_thread=True,
)
def list_github_orgs(
    store: NamedDependency[Store], caller: NamedDependency[Caller], github: NamedDependency[Github | None]
) -> GithubOrgs:
    """The organizations that a workspace can be made from, asked of GitHub now."""
    return accounts.orgs(store, caller, github)


@post(
    "/me/github",
    responses=refusals(*OWN, "method_unavailable", "github_unavailable", *POSTED),
    sync_to_thread=True,
)
def link_github(
    data: JSONBody[LinkGithubAsk],
    store: NamedDependency[Store],
    caller: NamedDependency[Caller],
    github: NamedDependency[Github | None],
) -> SignIn:
    """Ask for a code to enter at GitHub, which links that account; then poll as for a sign-in."""
    return sign_ins.link(store, caller, data.device, github)


@delete(
    "/me/github",
    status_code=200,
    response_headers=ETAG,
    responses=refusals(*OWN, "last_way_in"),
    sync_to_thread=True,
)
def unlink_github(store: NamedDependency[Store], caller: NamedDependency[Caller]) -> Response[User]:
    """Take the GitHub account off."""
    return tagged(accounts.unlink(store, caller))


ROUTES = (list_github_orgs, link_github, unlink_github)
