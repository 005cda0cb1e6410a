"""Coming in by an invite: what it offers, and accepting it (I3)."""

import msgspec

from tui.domain.activity import TargetType
from tui.domain.acts import ActId
from tui.domain.errors import Refused, Unauthenticated, invalid
from tui.domain.invites import AcceptAsk, InviteKind, InviteStatus, Mail, Offer
from tui.domain.roles import JoinedBy, Status
from tui.domain.users import SignUpAsk, User, Welcome
from tui.server.caller import Caller
from tui.server.change import Change, Target, changing
from tui.server.reading import Here
from tui.server.services import me, newcomers, shown
from tui.server.services.invite_rights import target
from tui.server.storage import bookkeeping, invites, members, users, workspaces
from tui.server.storage.engine import Store
from tui.server.storage.invites import InviteRow
from tui.server.storage.times import moment_or_none
from tui.server.storage.workspaces import WorkspaceRow

FOUND = "invites.find"

_DEAD = {
    InviteStatus.EXPIRED: "invite_expired",
    InviteStatus.REVOKED: "invite_revoked",
    InviteStatus.ACCEPTED: "invite_used_up",
    InviteStatus.USED_UP: "invite_used_up",
}


def find(store: Store, caller: Caller, code: str) -> Offer:
    """What a code offers; whether its address has an account is not said (S4).

    Raises `invite_unknown`, `invite_expired`, `invite_used_up`, `invite_revoked`, and
    `rate_limited` after 20 calls a minute from one address.
    """
    bookkeeping.count_call(store, FOUND, caller.ip)
    return _find(store, caller, code)


def accept(store: Store, caller: Caller, ask: AcceptAsk, *, mails: bool) -> Welcome:
    """Joins a workspace: as the caller, or as a new user with an account, who is signed in by this (I3).

    A member already gets the same welcome, and no use is spent. `mails` is whether this server sends
    mail. Raises as `find` does, and `member_disabled`, `email_mismatch`; of a new user
    `username_invalid`, `username_taken`, and `Unauthenticated` where the invited address has an
    account: nobody is signed in to that by an invite (S5).
    """
    newcomer = _newcomer(ask)
    bookkeeping.count_call(store, ActId.INVITES_ACCEPT, caller.ip)
    return _accept(store, caller, ask.code, newcomer, mails=mails)


@changing()
def _find(change: Change, code: str) -> Offer:
    """Nothing is changed by it but its Idempotency-Key."""
    found = invites.by_code(change.connection, code)
    workspace = workspaces.read(change.connection, found[0]) if found else None
    if found is None or workspace is None:
        raise Refused("invite_unknown")
    row = found[1]
    _check_alive(row, change.now)
    return Offer(
        workspace_name=workspace.name,
        kind=row.kind,
        role=row.role,
        inviter_name=row.inviter_name,
        email=_hinted(row.email) if row.email else None,
        expires_at=moment_or_none(row.expires_at),
        needs_account=change.known is None,
    )


@changing(renew=newcomers.new_secret)
def _accept(change: Change, code: str, newcomer: SignUpAsk | None, *, mails: bool) -> Welcome:
    if newcomer is None:
        return _welcome_caller(change, me.locked(change, None), code, mails=mails)
    if change.caller.credential:
        # Nobody need be signed in to get a new account, but whoever is must be so by a session.
        me.locked(change, None)
    return _welcome_newcomer(change, newcomer, code, mails=mails)


def _welcome_caller(change: Change, user: User, code: str, *, mails: bool) -> Welcome:
    workspace, row = _held(change, code)
    seat = members.of_users(change.connection, workspace.pk, [user.id]).get(user.id)
    if seat is None:
        _check_alive(row, change.now)
        if row.email and not _is_theirs(row.email, user, mails=mails):
            raise Refused("email_mismatch")
        _join(change, workspace, row, user.id, user.username)
    elif seat.status != Status.ACTIVE:
        raise Refused("member_disabled")
    return _welcome(change, workspace.id, user.id)


def _welcome_newcomer(change: Change, ask: SignUpAsk, code: str, *, mails: bool) -> Welcome:
    workspace, row = _held(change, code)
    _check_alive(row, change.now)
    if row.email and ask.email and ask.email.casefold() != row.email.casefold():
        raise Refused("email_mismatch")
    if row.email and invites.has_account(change.connection, row.email.casefold(), proved=mails):
        raise Unauthenticated("This address has an account already. Sign in to it, and accept the invite then.")
    # Where it was mailed, nobody but who reads that mail has the code: it proves the address (S5).
    proved = row.email is not None and row.mail != Mail.SHOWN
    ask = msgspec.structs.replace(ask, email=ask.email or row.email)
    user_id, _ = newcomers.new_user(change, ask, proved=proved)
    _join(change, workspace, row, user_id, ask.username)
    session, secret = newcomers.sign_in(change, user_id, ask.device)
    return msgspec.structs.replace(_welcome(change, workspace.id, user_id), session=session, secret=secret)


def _newcomer(ask: AcceptAsk) -> SignUpAsk | None:
    """The new account that is asked for, if one is. Raises `Refused` naming the field."""
    if ask.new_user is None:
        return None
    if ask.device is None:
        raise invalid("device", "A new account is signed in at once: say on which device.")
    new = ask.new_user
    asked = SignUpAsk(username=new.username, device=ask.device, email=new.email, display_name=new.display_name)
    return newcomers.clean(asked, within="new_user.")


def _held(change: Change, code: str) -> tuple[WorkspaceRow, InviteRow]:
    """The workspace and the invite of a code, which nobody else uses or changes until this call ends."""
    found = invites.by_code(change.connection, code)
    if found:
        change.lock(found[0])
        found = invites.by_code(change.connection, code)
    workspace = workspaces.read(change.connection, found[0]) if found else None
    if found is None or workspace is None:
        raise Refused("invite_unknown")
    return workspace, found[1]


def _check_alive(row: InviteRow, now: int) -> None:
    if code := _DEAD.get(row.status(now)):
        raise Refused(code)


def _is_theirs(email: str, user: User, *, mails: bool) -> bool:
    """Whether a user has an address: proved, where this server sends mail."""
    return user.email is not None and user.email.casefold() == email.casefold() and (user.email_proved or not mails)


def _hinted(email: str) -> str:
    """An address that only who knows it recognises."""
    return f"{email[0]}…@{email.rpartition('@')[2]}"


def _join(change: Change, workspace: WorkspaceRow, row: InviteRow, user_id: str, username: str) -> None:
    """Gives a user the seat that an invite offers, and counts the use."""
    joined_by = JoinedBy(row.kind.value)
    members.add(change.connection, workspace.pk, user_id, row.role, joined_by=joined_by, now=change.now)
    invites.save(change.connection, [_used(row)])
    change.record(
        ActId.INVITES_ACCEPT,
        target(row),
        after={"workspace": workspace.name, "role": row.role.value},
        workspace_pk=workspace.pk,
        account=True,
    )
    change.record(
        newcomers.JOINED,
        Target(TargetType.MEMBER, user_id, username),
        after={"role": row.role.value, "joined_by": joined_by.value},
        workspace_pk=workspace.pk,
    )


def _used(row: InviteRow) -> InviteRow:
    uses = row.uses + 1
    state = row.state
    if row.max_uses is not None and uses >= row.max_uses:
        state = InviteStatus.ACCEPTED if row.kind == InviteKind.EMAIL else InviteStatus.USED_UP
    return row._replace(uses=uses, state=state, version=row.version + 1)


def _welcome(change: Change, workspace_id: str, user_id: str) -> Welcome:
    """What a member who has come in sees; a session is added for who has none yet."""
    workspace = workspaces.read(change.connection, workspace_id)
    if workspace is None:
        raise Refused("not_found")
    own = members.of_users(change.connection, workspace.pk, [user_id])[user_id]
    here = Here(workspace, own, members.counts(change.connection, workspace.pk), token_id=None)
    return Welcome(
        user=users.read(change.connection, user_id),
        workspace=shown.workspace_here(change, here),
        session=None,
        secret=None,
        member=shown.one_member(change, here, own),
    )
