"""Coming in: open sign-up, the set-up link of an empty server, the owner of an embedded one (W1, S4)."""

from tui.domain.activity import From
from tui.domain.errors import Refused, invalid
from tui.domain.names import name_like
from tui.domain.users import DeviceAsk, SignUpAsk, Welcome
from tui.server.caller import Caller
from tui.server.change import Change, changing
from tui.server.services import newcomers, shown
from tui.server.services.readable import readable_name
from tui.server.storage import bookkeeping, server, sessions, users
from tui.server.storage.engine import Store
from tui.server.storage.secrets import new_secret
from tui.server.storage.times import DAY, now

SET_UP_LIFETIME = DAY
"""Microseconds that a set-up code is good for."""


def sign_up(store: Store, caller: Caller, ask: SignUpAsk, *, open_sign_up: bool) -> Welcome:
    """A new user with a personal workspace, signed in (W1): by open sign-up, or with the set-up code (S4).

    Raises `username_invalid`, `email_invalid`, `code_wrong`, `sign_up_closed`, `username_taken`,
    and `rate_limited` after 20 calls a minute from one address.
    """
    clean = newcomers.clean(ask)
    bookkeeping.count_call(store, newcomers.CREATED, caller.ip)
    return _sign_up(store, caller, clean, open_sign_up=open_sign_up)


def needs_set_up(store: Store) -> bool:
    """Whether nobody has an account yet."""
    with store.reading() as connection:
        return not users.any_exist(connection)


def set_up_code(store: Store) -> str | None:
    """A new code for the set-up link, good once and for 24 hours; None when somebody has an account.

    The code given before is dead.
    """
    with store.writing() as connection:
        if users.any_exist(connection):
            return None
        code = new_secret("su")
        server.set_set_up_code(connection, code, now() + SET_UP_LIFETIME)
        return code


def embedded_session(store: Store, username_hint: str, device: DeviceAsk) -> Welcome:
    """A session for the owner of this data folder, who gets an account at the first call (S4).

    Only for use inside the process: there is no route to it. The session itself is not logged.
    """
    caller = Caller(source=From.SERVER, request_id="embedded", device=device.name)
    return _embedded_session(store, caller, username_hint, device)


def end_embedded_session(store: Store, session_id: str) -> None:
    """Ends a session that `embedded_session` made; quiet when it is gone already."""
    with store.writing() as connection:
        sessions.end_embedded(connection, session_id)


@changing(renew=newcomers.new_secret)
def _sign_up(change: Change, ask: SignUpAsk, *, open_sign_up: bool) -> Welcome:
    if ask.setup_code is not None:
        # The link is that of an empty server: whoever has it must not come in beside those who are there.
        used = server.use_set_up_code(change.connection, ask.setup_code, change.now)
        if not used or users.any_exist(change.connection):
            raise invalid("setup_code", "This set-up code is wrong, used or expired.", "code_wrong")
    elif not open_sign_up:
        raise Refused("sign_up_closed")
    user_id, workspace = newcomers.new_user(change, ask)
    session, secret = newcomers.sign_in(change, user_id, ask.device)
    return Welcome(user=users.read(change.connection, user_id), workspace=workspace, session=session, secret=secret)


@changing()
def _embedded_session(change: Change, username_hint: str, device: DeviceAsk) -> Welcome:
    bookkeeping.sweep_embedded(change.connection, change.now)
    user_id = server.embedded_user(change.connection)
    if user_id is None:
        username = name_like(username_hint) or readable_name()
        while users.is_taken(change.connection, username):
            username = readable_name()
        user_id, workspace = newcomers.new_user(change, SignUpAsk(username=username, device=device))
        server.set_embedded_user(change.connection, user_id)
    else:
        workspace = shown.personal_workspace(change, user_id)
    # This one is not logged: it is made at every start of a program on this computer.
    session_id, secret = sessions.create(change.connection, user_id, device, None, change.now, embedded=True)
    return Welcome(
        user=users.read(change.connection, user_id),
        workspace=workspace,
        session=sessions.read(change.connection, session_id, current=True),
        secret=secret,
    )
