"""Workspaces (W1-W9)."""

from typing import Annotated

from litestar import Response, delete, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, HeaderParameter, JSONBody

from tui.domain.github import Joinable
from tui.domain.members import Member
from tui.domain.queries import Page
from tui.domain.roles import ROLES, Kind, Status
from tui.domain.workspaces import RenameAsk, Revision, Workspace, WorkspaceAsk
from tui.server.api.etags import ETAG, tagged
from tui.server.api.pages import TEXT, Asked, Listing, one_of
from tui.server.api.problems import CHANGED, POSTED, UNDER, refusals
from tui.server.caller import Caller
from tui.server.outside.github import Github
from tui.server.services import joining, workspaces
from tui.server.storage.engine import Store

WORKSPACES = Listing(
    filters={"name": TEXT, "kind": one_of(*Kind), "status": one_of(*Status), "role": one_of(*ROLES)},
    sorts=("name", "role", "active_members", "joined_at"),
    searched=True,
)
JOINABLE = Listing(filters={})
OWN = ("unauthenticated", "session_required")
GITHUB = ("github_unlinked", "github_unavailable")


@get(
    "/workspaces",
    opt={"listing": WORKSPACES},
    responses=refusals("unauthenticated", "cursor_invalid"),
    sync_to_thread=True,
)
def list_workspaces(
    asked: NamedDependency[Asked], store: NamedDependency[Store], caller: NamedDependency[Caller]
) -> Page[Workspace]:
    """The caller's workspaces (W6)."""
    return workspaces.list(store, caller, asked.query, asked.place)


@post(
    "/workspaces",
    response_headers=ETAG,
    responses=refusals(*OWN, "sso_managed", "name_taken", "name_invalid", "github_not_member", *GITHUB, *POSTED),
    sync_to_thread=True,
)
def create_workspace(
    data: JSONBody[WorkspaceAsk],
    store: NamedDependency[Store],
    caller: NamedDependency[Caller],
    github: NamedDependency[Github | None],
) -> Response[Workspace]:
    """Make a shared workspace, owned by the caller: from scratch, or from a GitHub organization (W3, W4)."""
    return tagged(workspaces.create(store, caller, data.name, data.github_org_id, github))


@get(
    "/workspaces/joinable",
    opt={"listing": JOINABLE},
    responses=refusals(*OWN, "cursor_invalid", "github_unavailable"),
    sync_to_thread=True,
)
def list_joinable_workspaces(
    asked: NamedDependency[Asked],
    store: NamedDependency[Store],
    caller: NamedDependency[Caller],
    github: NamedDependency[Github | None],
) -> Page[Joinable]:
    """The workspaces that the caller may join by GitHub (W5)."""
    return joining.list(store, caller, asked.place, github)


@post(
    "/workspaces/{w:str}/join",
    status_code=200,
    response_headers=ETAG,
    responses=refusals(*OWN, *UNDER, "github_not_member", *GITHUB, "auto_join_off", "idempotency_mismatch"),
    sync_to_thread=True,
)
def join_workspace(
    w: FromPath[str],
    store: NamedDependency[Store],
    caller: NamedDependency[Caller],
    github: NamedDependency[Github | None],
) -> Response[Member]:
    """Become a User of a workspace from a GitHub organization that the caller is a member of (W5)."""
    return tagged(joining.join(store, caller, w, github))


@get("/workspaces/{w:str}", response_headers=ETAG, responses=refusals(*UNDER), sync_to_thread=True)
def get_workspace(
    w: FromPath[str], store: NamedDependency[Store], caller: NamedDependency[Caller]
) -> Response[Workspace]:
    """One workspace as the caller sees it."""
    return tagged(workspaces.get(store, caller, w))


@get("/workspaces/{w:str}/revision", response_headers=ETAG, responses=refusals(*UNDER), sync_to_thread=True)
def get_revision(
    w: FromPath[str],
    store: NamedDependency[Store],
    caller: NamedDependency[Caller],
    seen: Annotated[str | None, HeaderParameter(name="If-None-Match")] = None,
) -> Response[Revision | None]:
    """How often a workspace has changed (A2); 304 when it is what the caller has seen."""
    revision = workspaces.revision(store, caller, w)
    headers = {"ETag": f'"r{revision.revision}"'}
    if seen == headers["ETag"]:
        return Response(None, status_code=304, headers=headers)
    return Response(revision, headers=headers)


@patch(
    "/workspaces/{w:str}",
    response_headers=ETAG,
    responses=refusals(*UNDER, "role_forbidden", "name_taken", "name_invalid", *CHANGED),
    sync_to_thread=True,
)
def rename_workspace(
    w: FromPath[str],
    data: JSONBody[RenameAsk],
    version: NamedDependency[int | None],
    store: NamedDependency[Store],
    caller: NamedDependency[Caller],
) -> Response[Workspace]:
    """Give a workspace another name (W9)."""
    return tagged(workspaces.rename(store, caller, w, data.name, version))


@delete(
    "/workspaces/{w:str}",
    responses=refusals(*UNDER, "session_required", "role_forbidden", "personal_workspace", *CHANGED),
    sync_to_thread=True,
)
def delete_workspace(
    w: FromPath[str],
    version: NamedDependency[int | None],
    store: NamedDependency[Store],
    caller: NamedDependency[Caller],
) -> None:
    """Delete a shared workspace with all that is under it (W9)."""
    workspaces.delete(store, caller, w, version)


@post(
    "/workspaces/{w:str}/leave",
    status_code=204,
    responses=refusals(*UNDER, "session_required", "last_owner", "personal_workspace", "idempotency_mismatch"),
    sync_to_thread=True,
)
def leave_workspace(w: FromPath[str], store: NamedDependency[Store], caller: NamedDependency[Caller]) -> None:
    """Give up the caller's seat (W7)."""
    workspaces.leave(store, caller, w)


ROUTES = (
    list_workspaces,
    list_joinable_workspaces,
    create_workspace,
    join_workspace,
    get_workspace,
    get_revision,
    rename_workspace,
    delete_workspace,
    leave_workspace,
)
