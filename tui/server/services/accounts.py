from tui.domain.users import DeviceAsk, SignUpAsk, Welcome
from tui.server.caller import Caller
from tui.server.storage.engine import Store


def sign_up(store: Store, caller: Caller, ask: SignUpAsk, *, open_sign_up: bool) -> Welcome:
    raise NotImplementedError


def needs_set_up(store: Store) -> bool:
    raise NotImplementedError


def set_up_code(store: Store) -> str | None:
    raise NotImplementedError


def embedded_session(store: Store, username_hint: str, device: DeviceAsk) -> Welcome:
    raise NotImplementedError


def end_embedded_session(store: Store, session_id: str) -> None:
    raise NotImplementedError
