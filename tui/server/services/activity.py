from tui.domain.activity import Activity
from tui.domain.queries import ActivityQuery, Page, Place
from tui.server.caller import Caller
from tui.server.storage.engine import Store


def list(store: Store, caller: Caller, workspace_id: str, query: ActivityQuery, place: Place) -> Page[Activity]:
    raise NotImplementedError


def of_me(store: Store, caller: Caller, query: ActivityQuery, place: Place) -> Page[Activity]:
    raise NotImplementedError
