"""Who is calling, their own log, and what they may change of their account (U1)."""

from litestar import Response, delete, get, patch, post
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import JSONBody

from tui.domain.activity import Activity
from tui.domain.queries import Page
from tui.domain.users import EmailAsk, EmailCodeAsk, Me, User, UserPatch
from tui.server.api.activity import asked_of
from tui.server.api.etags import ETAG, tagged
from tui.server.api.pages import ONE_TEXT, TIME, Asked, Listing
from tui.server.api.problems import CHANGED, POSTED, refusals
from tui.server.api.server import about
from tui.server.caller import Caller
from tui.server.outside.mail import Mailer
from tui.server.services import activity, addresses, me
from tui.server.settings import Settings
from tui.server.storage.engine import Store

OWN_ACTIVITY = Listing(filters={"action": ONE_TEXT, "since": TIME, "until": TIME})
OWN = ("unauthenticated", "session_required")


@get("/me", responses=refusals("unauthenticated"), sync_to_thread=True)
def get_me(store: NamedDependency[Store], caller: NamedDependency[Caller], settings: NamedDependency[Settings]) -> Me:
    """The caller, the credential in use, and the server."""
    return me.get(store, caller, about(store, settings))


@get(
    "/me/activity",
    opt={"listing": OWN_ACTIVITY},
    responses=refusals("unauthenticated", "session_required", "cursor_invalid"),
    sync_to_thread=True,
)
def list_own_activity(
    asked: NamedDependency[Asked], store: NamedDependency[Store], caller: NamedDependency[Caller]
) -> Page[Activity]:
    """The caller's own acts of the account, newest first (A1)."""
    return activity.of_me(store, caller, asked_of(asked), asked.place)


@patch(
    "/me",
    response_headers=ETAG,
    responses=refusals(*OWN, "username_taken", "username_invalid", *CHANGED),
    sync_to_thread=True,
)
def update_me(
    data: JSONBody[UserPatch],
    version: NamedDependency[int | None],
    store: NamedDependency[Store],
    caller: NamedDependency[Caller],
) -> Response[User]:
    """Change the caller's username, display name or both (U1)."""
    return tagged(me.update(store, caller, data, version))


@delete("/me", responses=refusals(*OWN, "last_owner", *CHANGED), sync_to_thread=True)
def delete_me(
    version: NamedDependency[int | None], store: NamedDependency[Store], caller: NamedDependency[Caller]
) -> None:
    """Delete the caller's account with its personal workspace (U1)."""
    me.delete(store, caller, version)


@post(
    "/me/email",
    status_code=200,
    response_headers=ETAG,
    responses={
        **refusals(*OWN, "email_invalid", *POSTED),
        202: ResponseSpec(User, description="A code was mailed; the old address stays.", generate_examples=False),
    },
    sync_to_thread=True,
)
def set_email(
    data: JSONBody[EmailAsk],
    store: NamedDependency[Store],
    caller: NamedDependency[Caller],
    mail: NamedDependency[Mailer | None],
) -> Response[User]:
    """Give the caller another address; where mail is sent, once the code in it comes back (S5)."""
    asked = addresses.set_email(store, caller, data.email, mail)
    return tagged(asked.user, status=202 if asked.must_prove else 200)


@post(
    "/me/email/confirm",
    status_code=200,
    response_headers=ETAG,
    responses=refusals(*OWN, "code_wrong", "email_taken", *POSTED),
    sync_to_thread=True,
)
def confirm_email(
    data: JSONBody[EmailCodeAsk],
    store: NamedDependency[Store],
    caller: NamedDependency[Caller],
    mail: NamedDependency[Mailer | None],
) -> Response[User]:
    """Prove an address with the code that was mailed to it (S5)."""
    return tagged(addresses.confirm_email(store, caller, data.code, mail))


ROUTES = (get_me, list_own_activity, update_me, delete_me, set_email, confirm_email)
