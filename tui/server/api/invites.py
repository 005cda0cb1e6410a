"""Invites to a workspace, and accepting one (I1-I7)."""

from litestar import Response, delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from tui.domain.invites import (
    AcceptAsk,
    CodeAsk,
    Invite,
    InviteKind,
    InviteLink,
    InviteLinkAsk,
    InvitesAsk,
    InviteStatus,
    InviteVerdicts,
    Offer,
    ResendAsk,
)
from tui.domain.queries import Page
from tui.domain.roles import ROLES
from tui.domain.users import Welcome
from tui.server.api.etags import ETAG, tagged
from tui.server.api.pages import TEXT, Asked, Listing, one_of
from tui.server.api.problems import CHANGED, POSTED, UNDER, refusals
from tui.server.api.schema import BEARER, PUBLIC
from tui.server.caller import Caller
from tui.server.outside.mail import Mailer
from tui.server.services import accepting, invites
from tui.server.services.letters import Way
from tui.server.settings import Settings
from tui.server.storage.engine import Store

INVITES = Listing(
    filters={
        "is": TEXT,
        "kind": one_of(*InviteKind),
        "role": one_of(*ROLES),
        "status": one_of(*InviteStatus),
        "inviter": TEXT,
    },
    sorts=("-created_at", "email", "role", "expires_at"),
    searched=True,
)
DEAD = ("invite_unknown", "invite_expired", "invite_used_up", "invite_revoked")
"""Why a code does not work."""


async def way(settings: NamedDependency[Settings], mail: NamedDependency[Mailer | None]) -> Way:
    """How codes reach people. Links begin with the address that this server was told it has, never with one that
    a request names: who calls could put their own into other people's letters.
    """
    return Way(settings.links, mail)


@get(
    "/workspaces/{w:str}/invites",
    opt={"listing": INVITES},
    responses=refusals(*UNDER, "role_forbidden", "cursor_invalid"),
    sync_to_thread=True,
)
def list_invites(
    w: FromPath[str], asked: NamedDependency[Asked], store: NamedDependency[Store], caller: NamedDependency[Caller]
) -> Page[Invite]:
    """One page of a workspace's invites: the pending ones, unless others are asked for (I4)."""
    return invites.list(store, caller, w, asked.query, asked.place)


@post(
    "/workspaces/{w:str}/invites",
    status_code=200,
    responses=refusals(*UNDER, "role_forbidden", "personal_workspace", *POSTED),
    sync_to_thread=True,
)
def send_invites(
    w: FromPath[str],
    data: JSONBody[InvitesAsk],
    store: NamedDependency[Store],
    caller: NamedDependency[Caller],
    way: NamedDependency[Way],
) -> InviteVerdicts:
    """Invite addresses, each with its own result (I1)."""
    return invites.send(store, caller, w, data, way=way)


@post(
    "/workspaces/{w:str}/invite-links",
    responses=refusals(*UNDER, "role_forbidden", "personal_workspace", *POSTED),
    sync_to_thread=True,
)
def make_invite_link(
    w: FromPath[str],
    data: JSONBody[InviteLinkAsk],
    store: NamedDependency[Store],
    caller: NamedDependency[Caller],
    way: NamedDependency[Way],
) -> InviteLink:
    """Make a link that whoever has it can join by (I2)."""
    return invites.link(store, caller, w, data, way=way)


@post(
    "/workspaces/{w:str}/invites/{i:str}/resend",
    status_code=200,
    responses=refusals(
        *UNDER, "role_forbidden", "already_member", "already_invited", "invite_used_up", "invite_revoked", *POSTED
    ),
    sync_to_thread=True,
)
def resend_invite(
    w: FromPath[str],
    i: FromPath[str],
    data: JSONBody[ResendAsk],
    *,
    store: NamedDependency[Store],
    caller: NamedDependency[Caller],
    way: NamedDependency[Way],
) -> InviteLink:
    """Send an invite again: a new code, the old one dead (I4)."""
    return invites.resend(store, caller, w, i, data, way=way)


@delete(
    "/workspaces/{w:str}/invites/{i:str}",
    status_code=200,
    response_headers=ETAG,
    responses=refusals(*UNDER, "role_forbidden", "invite_used_up", *CHANGED),
    sync_to_thread=True,
)
def revoke_invite(
    w: FromPath[str],
    i: FromPath[str],
    version: NamedDependency[int | None],
    store: NamedDependency[Store],
    caller: NamedDependency[Caller],
) -> Response[Invite]:
    """Make an invite worthless (I4)."""
    return tagged(invites.revoke(store, caller, w, i, version))


@post("/invites/find", status_code=200, responses=refusals(*DEAD, *POSTED), security=PUBLIC, sync_to_thread=True)
def find_invite(data: JSONBody[CodeAsk], store: NamedDependency[Store], caller: NamedDependency[Caller]) -> Offer:
    """What a code offers (I3)."""
    return accepting.find(store, caller, data.code)


@post(
    "/invites/accept",
    status_code=200,
    responses=refusals(
        *DEAD,
        *("unauthenticated", "session_required", "email_mismatch", "member_disabled", "username_taken", "email_taken"),
        *("username_invalid", "email_invalid"),
        *POSTED,
    ),
    security=[*PUBLIC, {BEARER: []}],
    sync_to_thread=True,
)
def accept_invite(
    data: JSONBody[AcceptAsk],
    store: NamedDependency[Store],
    caller: NamedDependency[Caller],
    mail: NamedDependency[Mailer | None],
) -> Welcome:
    """Join a workspace by an invite, as the caller or as a new user (I3)."""
    return accepting.accept(store, caller, data, mails=mail is not None)


ROUTES = (list_invites, send_invites, make_invite_link, resend_invite, revoke_invite, find_invite, accept_invite)
