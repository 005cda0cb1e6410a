"""Coming in: open sign-up, the set-up link of an empty server, the owner of an embedded one (W1, S4)."""

import re

import msgspec

from tui.domain.activity import From, TargetType
from tui.domain.errors import Refused, invalid
from tui.domain.folding import fold
from tui.domain.names import NAME_LIMIT, email_problem, name_problem, text_problem, tidy
from tui.domain.roles import Kind
from tui.domain.users import DeviceAsk, SignUpAsk, Welcome
from tui.domain.workspaces import Workspace
from tui.server.caller import Caller
from tui.server.change import Change, Target, changing
from tui.server.reading import Reading
from tui.server.services import shown, workspaces
from tui.server.services.readable import readable_name
from tui.server.storage import bookkeeping, members, server, sessions, users, workspace_pages
from tui.server.storage import workspaces as workspace_rows
from tui.server.storage.engine import Store
from tui.server.storage.secrets import new_secret
from tui.server.storage.times import DAY, now

CREATED = "users.create"
SIGNED_IN = "sessions.create"

SET_UP_LIFETIME = DAY
"""Microseconds that a set-up code is good for."""


def sign_up(store: Store, caller: Caller, ask: SignUpAsk, *, open_sign_up: bool) -> Welcome:
    """A new user with a personal workspace, signed in (W1): by open sign-up, or with the set-up code (S4).

    Raises `username_invalid`, `email_invalid`, `code_wrong`, `sign_up_closed`, `username_taken`,
    and `rate_limited` after 20 calls a minute from one address.
    """
    clean = _clean(ask)
    bookkeeping.count_call(store, CREATED, caller.ip)
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


def _new_secret(change: Change, welcome: Welcome) -> Welcome:
    """A repeat gets a secret in place of the first, if that one was never used."""
    if welcome.session is None:
        return welcome
    secret = sessions.new_secret_if_unused(change.connection, welcome.session.id)
    return Welcome(user=welcome.user, workspace=welcome.workspace, session=welcome.session, secret=secret)


@changing(renew=_new_secret)
def _sign_up(change: Change, ask: SignUpAsk, *, open_sign_up: bool) -> Welcome:
    if ask.setup_code is not None:
        if not server.use_set_up_code(change.connection, ask.setup_code, change.now):
            raise invalid("setup_code", "This set-up code is wrong, used or expired.", "code_wrong")
    elif not open_sign_up:
        raise Refused("sign_up_closed")
    user_id, workspace = _new_user(change, ask)
    session_id, secret = sessions.create(change.connection, user_id, ask.device, change.caller.ip, change.now)
    change.record(SIGNED_IN, Target(TargetType.SESSION, session_id, ask.device.name), account=True)
    return _welcome(change, user_id, workspace, session_id, secret)


@changing()
def _embedded_session(change: Change, username_hint: str, device: DeviceAsk) -> Welcome:
    bookkeeping.sweep_embedded(change.connection, change.now)
    user_id = server.embedded_user(change.connection)
    if user_id is None:
        username = _username_from(username_hint)
        while users.is_taken(change.connection, username):
            username = readable_name()
        user_id, workspace = _new_user(change, SignUpAsk(username=username, display_name=username, device=device))
        server.set_embedded_user(change.connection, user_id)
    else:
        workspace = _personal_workspace(change, user_id)
    session_id, secret = sessions.create(change.connection, user_id, device, None, change.now, embedded=True)
    return _welcome(change, user_id, workspace, session_id, secret)


def _welcome(change: Change, user_id: str, workspace: Workspace, session_id: str, secret: str) -> Welcome:
    return Welcome(
        user=users.read(change.connection, user_id),
        workspace=workspace,
        session=sessions.read(change.connection, session_id, current=True),
        secret=secret,
    )


def _new_user(change: Change, ask: SignUpAsk) -> tuple[str, Workspace]:
    """A new user's id and personal workspace. Raises `username_taken`."""
    display_name = ask.display_name or ask.username
    user_id = users.add(change.connection, ask.username, display_name, ask.email, change.now)
    if user_id is None:
        raise Refused("username_taken")
    change.act_as(user_id, ask.username)
    change.record(CREATED, Target(TargetType.USER, user_id, ask.username), account=True)
    row = workspace_rows.add(change.connection, Kind.PERSONAL, ask.username, change.now)
    while row is None:
        row = workspace_rows.add(change.connection, Kind.PERSONAL, readable_name(), change.now)
    return user_id, workspaces.furnish(change, row, user_id)


def _personal_workspace(read: Reading, user_id: str) -> Workspace:
    row, own = workspace_pages.personal(read.connection, user_id)
    return shown.workspace(row, own, members.counts(read.connection, row.pk))


def _clean(ask: SignUpAsk) -> SignUpAsk:
    """What was asked, as it is stored. Raises `Refused` naming the field."""
    display_name = tidy(ask.display_name) if ask.display_name is not None else None
    if wrong := name_problem(ask.username):
        raise invalid("username", wrong, "username_invalid")
    if ask.email is not None and (wrong := email_problem(ask.email)):
        raise invalid("email", wrong, "email_invalid")
    if display_name is not None and (wrong := text_problem(display_name)):
        raise invalid("display_name", wrong)
    for field, said in msgspec.structs.asdict(ask.device).items():
        if said and (wrong := text_problem(said)):
            raise invalid(f"device.{field}", wrong)
    return SignUpAsk(
        username=ask.username,
        device=ask.device,
        email=ask.email,
        display_name=display_name,
        setup_code=ask.setup_code,
    )


def _username_from(hint: str) -> str:
    """A username that is like the hint and follows W2; a random one where the hint makes none."""
    made = re.sub(r"[^a-z0-9]+", "-", fold(hint))[:NAME_LIMIT].strip("-")
    return made if name_problem(made) is None else readable_name()
