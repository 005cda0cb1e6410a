from tui.domain.queries import Page, Place
from tui.domain.users import Ended, Session
from tui.server.caller import Caller
from tui.server.storage.engine import Store


def list(store: Store, caller: Caller, place: Place) -> Page[Session]:
    raise NotImplementedError


def end(store: Store, caller: Caller, session_id: str) -> None:
    raise NotImplementedError


def end_others(store: Store, caller: Caller) -> Ended:
    raise NotImplementedError
