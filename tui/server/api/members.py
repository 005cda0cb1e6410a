"""Members of a workspace (M1-M9)."""

from litestar import Response, delete, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from tui.domain.members import HandedOver, HandOverAsk, Member, MemberBulkAsk, MemberPatch, MemberVerdicts
from tui.domain.queries import Page
from tui.domain.roles import ROLES, Status
from tui.server.api.etags import ETAG, tagged
from tui.server.api.pages import TEXT, Asked, Listing, one_of
from tui.server.api.problems import CHANGED, POSTED, UNDER, refusals
from tui.server.caller import Caller
from tui.server.services import members
from tui.server.storage.engine import Store

MEMBERS = Listing(
    filters={"is": TEXT, "role": one_of(*ROLES), "status": one_of(*Status)},
    sorts=("username", "display_name", "email", "role", "status", "joined_at", "last_active_at"),
    searched=True,
)


@get(
    "/workspaces/{w:str}/members",
    opt={"listing": MEMBERS},
    responses=refusals(*UNDER, "cursor_invalid"),
    sync_to_thread=True,
)
def list_members(
    w: FromPath[str], asked: NamedDependency[Asked], store: NamedDependency[Store], caller: NamedDependency[Caller]
) -> Page[Member]:
    """One page of a workspace's members (M4)."""
    return members.list(store, caller, w, asked.query, asked.place)


@get("/workspaces/{w:str}/members/{u:str}", response_headers=ETAG, responses=refusals(*UNDER), sync_to_thread=True)
def get_member(
    w: FromPath[str], u: FromPath[str], store: NamedDependency[Store], caller: NamedDependency[Caller]
) -> Response[Member]:
    """One member as the caller sees it."""
    return tagged(members.get(store, caller, w, u))


@patch(
    "/workspaces/{w:str}/members/{u:str}",
    response_headers=ETAG,
    responses=refusals(*UNDER, "role_forbidden", "last_owner", "self_disable", "personal_workspace", *CHANGED),
    sync_to_thread=True,
)
def update_member(
    w: FromPath[str],
    u: FromPath[str],
    data: JSONBody[MemberPatch],
    *,
    version: NamedDependency[int | None],
    store: NamedDependency[Store],
    caller: NamedDependency[Caller],
) -> Response[Member]:
    """Give a member another role or status (M1-M3)."""
    return tagged(members.update(store, caller, w, u, data, version))


@delete(
    "/workspaces/{w:str}/members/{u:str}",
    responses=refusals(*UNDER, "role_forbidden", "last_owner", "self_remove", "personal_workspace", *CHANGED),
    sync_to_thread=True,
)
def remove_member(
    w: FromPath[str],
    u: FromPath[str],
    version: NamedDependency[int | None],
    store: NamedDependency[Store],
    caller: NamedDependency[Caller],
) -> None:
    """Take a member's seat away (M7)."""
    members.remove(store, caller, w, u, version)


@post(
    "/workspaces/{w:str}/members/bulk",
    status_code=200,
    responses=refusals(*UNDER, "role_forbidden", "personal_workspace", *POSTED),
    sync_to_thread=True,
)
def change_members(
    w: FromPath[str], data: JSONBody[MemberBulkAsk], store: NamedDependency[Store], caller: NamedDependency[Caller]
) -> MemberVerdicts:
    """Change or remove many members, each with its own result (M6)."""
    return members.bulk(store, caller, w, data)


@post(
    "/workspaces/{w:str}/hand-over",
    status_code=200,
    responses=refusals(*UNDER, "session_required", "role_forbidden", "personal_workspace", "version_conflict", *POSTED),
    sync_to_thread=True,
)
def hand_over(
    w: FromPath[str], data: JSONBody[HandOverAsk], store: NamedDependency[Store], caller: NamedDependency[Caller]
) -> HandedOver:
    """Make a member Owner and step down, in one act (M8)."""
    return members.hand_over(store, caller, w, data)


ROUTES = (list_members, get_member, update_member, remove_member, change_members, hand_over)
