"""A person's sessions (S3)."""

from tui.domain.activity import TargetType
from tui.domain.acts import ActId
from tui.domain.errors import Refused
from tui.domain.queries import Page, Place
from tui.domain.users import Ended, Session
from tui.server.change import Change, Target, changing
from tui.server.reading import Reading, reading
from tui.server.storage import sessions


@reading
def list(read: Reading, place: Place) -> Page[Session]:
    """The caller's sessions, the newest first."""
    actor = read.session
    return sessions.page(read.connection, actor.user_id, actor.credential_id, read.now, place)


@changing()
def end(change: Change, session_id: str) -> None:
    """Ends one of the caller's sessions: it is refused at its next call. Raises `Refused("not_found")`."""
    device = sessions.end(change.connection, change.session.user_id, session_id)
    if device is None:
        raise Refused("not_found")
    change.record(ActId.SESSIONS_END, Target(TargetType.SESSION, session_id, device), account=True)


@changing()
def end_others(change: Change) -> Ended:
    """Ends all of the caller's sessions but the one that calls."""
    ended = sessions.end_others(change.connection, change.session.user_id, change.session.credential_id)
    for session_id, device in ended:
        change.record(ActId.SESSIONS_END_OTHERS, Target(TargetType.SESSION, session_id, device), account=True)
    return Ended(ended=len(ended))
