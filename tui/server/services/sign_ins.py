"""Signing in, and linking an account, by a code that a person enters at GitHub (S4, U1)."""

from typing import NamedTuple

import msgspec

from tui.domain.activity import TargetType
from tui.domain.acts import ActId
from tui.domain.errors import Refused
from tui.domain.names import name_problem, text_problem
from tui.domain.sign_ins import Pending, PollAsk, SignIn, SignInAsk
from tui.domain.users import DeviceAsk, SignUpAsk, Welcome
from tui.domain.workspaces import Workspace
from tui.server.caller import Caller
from tui.server.change import Change, Target, changing
from tui.server.outside.github import DeviceCode, Github, GithubUser, Memberships, Waiting
from tui.server.reading import Reading, reading
from tui.server.services import github as accounts
from tui.server.services import me, newcomers, shown
from tui.server.services.readable import readable_name
from tui.server.storage import bookkeeping, github_users, joinable, sign_ins, users
from tui.server.storage.engine import Store
from tui.server.storage.github_users import Link
from tui.server.storage.secrets import matches
from tui.server.storage.times import MINUTE, SECOND, moment, now

METHOD = "github"
STARTED = "sign_ins.start"
LIFETIME = 10 * MINUTE
"""Microseconds that a person has at GitHub."""


class _Came(NamedTuple):
    """Who approved at GitHub, with the sealed token; `welcome`: whether a new account may be made for them."""

    user: GithubUser
    token: bytes
    welcome: bool


def start(store: Store, caller: Caller, ask: SignInAsk, github: Github | None) -> SignIn:
    """A sign-in that waits for a person at GitHub (S4).

    Raises `method_unavailable`, `github_unavailable`, and `rate_limited` after 20 calls a minute
    from one address.
    """
    newcomers.check_device(ask.device)
    if ask.method != METHOD:
        raise Refused("method_unavailable")
    return _asked(store, caller, ask.device, github, links=False)


def link(store: Store, caller: Caller, device: DeviceAsk, github: Github | None) -> SignIn:
    """As `start`, to link a GitHub account to the caller's own, in place of one linked before (U1)."""
    newcomers.check_device(device)
    _check_session(store, caller)
    return _asked(store, caller, device, github, links=True)


def poll(
    store: Store, caller: Caller, sign_in_id: str, ask: PollAsk, github: Github | None, *, open_sign_up: bool
) -> Welcome | Pending:
    """What came of a sign-in or a link: still waiting, or the welcome; a link's has no session.

    A new account is made where sign-up is open, and for a member of an organization whose auto-join
    is on (S4). Raises `sign_in_denied`, `sign_in_expired`, `sign_up_closed`, `github_unavailable`,
    and `github_taken` when another account has this GitHub account.
    """
    waiting = _waiting(store, sign_in_id, ask.poll_secret)
    if waiting is None or github is None:
        return _expired(store, caller)
    answer = github.poll(_opened(github, waiting), waiting.interval)
    if isinstance(answer, Waiting):
        return _still(store, waiting, answer)
    came = _came(store, answer.token, github, open_sign_up=open_sign_up)
    if waiting.user_id is not None:
        return _link(store, caller, waiting, came)
    try:
        return _sign_in(store, caller, waiting, came)
    except Refused as refused:
        if refused.code not in {"github_taken", "username_taken"}:
            raise
    # Somebody else took the name at this moment, or the same person came by two devices at once.
    return _sign_in(store, caller, waiting, came)


@reading
def _check_session(read: Reading) -> None:
    _ = read.session


def _asked(store: Store, caller: Caller, device: DeviceAsk, github: Github | None, *, links: bool) -> SignIn:
    if github is None:
        raise Refused("method_unavailable")
    bookkeeping.count_call(store, STARTED, caller.ip)
    return _begin(store, caller, device, github, accounts.heard(github.begin), links=links)


def _new_poll_secret(change: Change, kept: SignIn) -> SignIn:
    """A repeat gets a secret in place of the first, while nobody has come in by that one."""
    return msgspec.structs.replace(kept, poll_secret=sign_ins.new_secret_if_waiting(change.connection, kept.id))


@changing(renew=_new_poll_secret)
def _begin(change: Change, device: DeviceAsk, github: Github, code: DeviceCode | Refused, *, links: bool) -> SignIn:
    user_id = me.locked(change, None).id if links else None
    if isinstance(code, Refused):
        raise code
    expires_at = change.now + min(LIFETIME, code.expires_in * SECOND)
    sign_in_id, poll_secret = sign_ins.add(
        change.connection,
        user_id=user_id,
        device_code=github.seal.closed(code.device_code),
        device=device,
        interval=code.interval,
        expires_at=expires_at,
    )
    return SignIn(
        id=sign_in_id,
        method=METHOD,
        poll_secret=poll_secret,
        user_code=code.user_code,
        verification_uri=code.verification_uri,
        interval=code.interval,
        expires_at=moment(expires_at),
    )


def _waiting(store: Store, sign_in_id: str, poll_secret: str) -> sign_ins.Waiting | None:
    with store.reading() as connection:
        found = sign_ins.read(connection, sign_in_id)
    good = matches(poll_secret, found.poll_hash if found else None)
    return found if found and good and found.expires_at > now() else None


def _opened(github: Github, waiting: sign_ins.Waiting) -> str:
    device_code = github.seal.opened(waiting.device_code)
    if device_code is None:
        raise Refused("sign_in_expired")  # The key is another one since it began.
    return device_code


def _still(store: Store, waiting: sign_ins.Waiting, answer: Waiting) -> Pending:
    if answer.interval != waiting.interval:
        with store.writing() as connection:
            sign_ins.slow_down(connection, waiting.id, answer.interval)
    return Pending(status="pending", interval=answer.interval)


def _came(store: Store, token: str, github: Github, *, open_sign_up: bool) -> _Came:
    user = github.user(token)
    with store.reading() as connection:
        known = github_users.is_linked(connection, user.id)
    welcome = open_sign_up or (not known and _may_join(store, github.memberships(token)))
    return _Came(user, github.seal.closed(token), welcome)


def _may_join(store: Store, said: Memberships) -> bool:
    """Whether any workspace is open to the members of these organizations."""
    with store.reading() as connection:
        return joinable.any_open(connection, [org.id for org in said.organizations])


@changing(renew=newcomers.new_secret)
def _expired(_change: Change) -> Welcome:
    """The kept answer of the same request, if it had one before (api.md "Idempotency-Key")."""
    raise Refused("sign_in_expired")


@changing(renew=newcomers.new_secret)
def _sign_in(change: Change, waiting: sign_ins.Waiting, came: _Came) -> Welcome:
    if not sign_ins.take(change.connection, waiting.id):
        raise Refused("sign_in_expired")
    known_id = github_users.lock_user_of(change.connection, came.user.id)
    if known_id:
        user = users.read(change.connection, known_id)
        github_users.renew(change.connection, Link(user.id, came.user.id, came.user.login, came.token))
        change.act_as(user.id, user.username)
        user_id, workspace = user.id, shown.personal_workspace(change, user.id)
    elif came.welcome:
        user_id, workspace = _new_user(change, waiting.device, came)
    else:
        raise Refused("sign_up_closed")
    session, secret = newcomers.sign_in(change, user_id, waiting.device)
    return Welcome(user=users.read(change.connection, user_id), workspace=workspace, session=session, secret=secret)


def _new_user(change: Change, device: DeviceAsk, came: _Came) -> tuple[str, Workspace]:
    """Called as at GitHub where that is a username and free, else at random (W1, W2)."""
    login = came.user.login
    username = login.lower()
    while name_problem(username) or users.is_taken(change.connection, username):
        username = readable_name()
    display_name = None if text_problem(login) else login
    ask = SignUpAsk(username=username, display_name=display_name, device=device)
    user_id, workspace = newcomers.new_user(change, ask, github_login=login)
    if not github_users.link(change.connection, Link(user_id, came.user.id, login, came.token)):
        raise Refused("github_taken")
    return user_id, workspace


@changing()
def _link(change: Change, waiting: sign_ins.Waiting, came: _Came) -> Welcome:
    before = me.locked(change, None)
    if before.id != waiting.user_id or not sign_ins.take(change.connection, waiting.id):
        raise Refused("sign_in_expired")
    if not github_users.link(change.connection, Link(before.id, came.user.id, came.user.login, came.token)):
        raise Refused("github_taken")
    change.record(
        ActId.ACCOUNT_LINK_GITHUB,
        Target(TargetType.USER, before.id, before.username),
        before={"github": before.github_login},
        after={"github": came.user.login},
        account=True,
    )
    return Welcome(
        user=users.read(change.connection, before.id),
        workspace=shown.personal_workspace(change, before.id),
        session=None,
        secret=None,
    )
