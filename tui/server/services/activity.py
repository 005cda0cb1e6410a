"""Reading the activity logs (A1)."""

from tui.domain.activity import Activity
from tui.domain.acts import ActId
from tui.domain.queries import ActivityQuery, Page, Place
from tui.server.reading import Reading, reading
from tui.server.storage import activity
from tui.server.storage.activity import Log


@reading
def list(read: Reading, workspace_id: str, query: ActivityQuery, place: Place) -> Page[Activity]:
    """A workspace's log, the newest first, for its Owners and Managers."""
    here = read.enter(workspace_id)
    here.may(ActId.ACTIVITY_LIST)
    return activity.read(read.connection, Log(workspace_pk=here.workspace.pk), query, place)


@reading
def of_me(read: Reading, query: ActivityQuery, place: Place) -> Page[Activity]:
    """The caller's own log: the acts of the account, the newest first."""
    return activity.read(read.connection, Log(account_id=read.session.user_id), query, place)
