"""A workspace's activity log (A1)."""

from datetime import datetime

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath

from tui.domain.activity import Activity
from tui.domain.queries import ActivityQuery, Page
from tui.server.api.pages import ONE_TEXT, TIME, Asked, Listing
from tui.server.api.problems import UNDER, refusals
from tui.server.caller import Caller
from tui.server.services import activity
from tui.server.storage.engine import Store

ACTIVITY = Listing(
    filters={"actor": ONE_TEXT, "action": ONE_TEXT, "target": ONE_TEXT, "since": TIME, "until": TIME},
)


@get(
    "/workspaces/{w:str}/activity",
    opt={"listing": ACTIVITY},
    responses=refusals(*UNDER, "role_forbidden", "cursor_invalid"),
    sync_to_thread=True,
)
def list_activity(
    w: FromPath[str], asked: NamedDependency[Asked], store: NamedDependency[Store], caller: NamedDependency[Caller]
) -> Page[Activity]:
    """What was changed in a workspace, newest first."""
    return activity.list(store, caller, w, asked_of(asked), asked.place)


def asked_of(asked: Asked) -> ActivityQuery:
    """The query of an activity log that a list was asked for."""
    given = {name: values[0] for name, values in asked.query.filters.items()}
    since, until = given.get("since"), given.get("until")
    return ActivityQuery(
        actor=given.get("actor"),
        action=given.get("action"),
        target=given.get("target"),
        since=datetime.fromisoformat(since) if since else None,
        until=datetime.fromisoformat(until) if until else None,
    )


ROUTES = (list_activity,)
