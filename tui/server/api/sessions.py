"""A user's sessions (S3)."""

from litestar import delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from tui.domain.queries import Page
from tui.domain.users import Ended, Session
from tui.server.api.pages import Asked, Listing
from tui.server.api.problems import refusals
from tui.server.caller import Caller
from tui.server.services import sessions
from tui.server.storage.engine import Store

SESSIONS = Listing(filters={})
OWN = ("unauthenticated", "session_required")


@get("/sessions", opt={"listing": SESSIONS}, responses=refusals(*OWN, "cursor_invalid"), sync_to_thread=True)
def list_sessions(
    asked: NamedDependency[Asked], store: NamedDependency[Store], caller: NamedDependency[Caller]
) -> Page[Session]:
    """Where the caller is signed in."""
    return sessions.list(store, caller, asked.place)


@delete("/sessions/{s:str}", responses=refusals(*OWN, "not_found"), sync_to_thread=True)
def end_session(s: FromPath[str], store: NamedDependency[Store], caller: NamedDependency[Caller]) -> None:
    """End one session; it is refused at its next call."""
    sessions.end(store, caller, s)


@post("/sessions/end-others", status_code=200, responses=refusals(*OWN, "idempotency_mismatch"), sync_to_thread=True)
def end_other_sessions(store: NamedDependency[Store], caller: NamedDependency[Caller]) -> Ended:
    """End all of the caller's sessions but this one."""
    return sessions.end_others(store, caller)


ROUTES = (list_sessions, end_session, end_other_sessions)
