"""Who is calling, and their own log."""

from litestar import get
from litestar.di import NamedDependency

from tui.domain.activity import Activity
from tui.domain.queries import Page
from tui.domain.users import Me
from tui.server.api.activity import asked_of
from tui.server.api.pages import ONE_TEXT, TIME, Asked, Listing
from tui.server.api.problems import refusals
from tui.server.api.server import about
from tui.server.caller import Caller
from tui.server.services import activity, me
from tui.server.settings import Settings
from tui.server.storage.engine import Store

OWN_ACTIVITY = Listing(filters={"action": ONE_TEXT, "since": TIME, "until": TIME})


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


ROUTES = (get_me, list_own_activity)
