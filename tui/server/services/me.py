"""The caller's own account: who is calling, its names, and its end (U1)."""

from tui.domain.activity import TargetType
from tui.domain.acts import ActId
from tui.domain.errors import Conflict, Refused, Unauthenticated, invalid
from tui.domain.names import name_problem, text_problem, tidy
from tui.domain.ownership import leaves_no_owner
from tui.domain.roles import Kind
from tui.domain.servers import Server
from tui.domain.users import Credential, CredentialKind, Me, User, UserPatch
from tui.server.change import Change, Target, changing
from tui.server.reading import Reading, reading
from tui.server.services.invite_rights import lost_rights
from tui.server.storage import invites, members, seats, server, tokens, users, workspaces
from tui.server.storage.seats import Seat
from tui.server.storage.times import moment_or_none


@reading
def get(read: Reading, server: Server) -> Me:
    """The caller, the credential that was sent, and the server as given."""
    actor = read.actor
    return Me(
        user=users.read(read.connection, actor.user_id),
        credential=Credential(
            kind=CredentialKind.SESSION if actor.by_session else CredentialKind.TOKEN,
            id=actor.credential_id,
            workspace_id=actor.workspace_id,
            expires_at=moment_or_none(actor.expires_at),
        ),
        server=server,
    )


@changing()
def update(change: Change, patch: UserPatch, version: int | None) -> User:
    """Gives the caller another username, display name or both. What is so already changes nothing.

    Every list that shows the caller grows old (A2). Raises `username_invalid`, `input_invalid`,
    `Conflict` with the user, `username_taken`.
    """
    clean = _clean(patch)
    before = locked(change, version)
    username, display_name = clean.username or before.username, clean.display_name or before.display_name
    if (username, display_name) == (before.username, before.display_name):
        return before
    if not users.rename(change.connection, before.id, username, display_name):
        raise Refused("username_taken")
    after = users.read(change.connection, before.id)
    show(change, after)
    changed = [field for field in ("username", "display_name") if getattr(before, field) != getattr(after, field)]
    change.record(
        ActId.ACCOUNT_SET,
        Target(TargetType.USER, before.id, before.username),
        before={field: getattr(before, field) for field in changed},
        after={field: getattr(after, field) for field in changed},
        account=True,
    )
    return after


@changing()
def delete(change: Change, version: int | None) -> None:
    """Ends the caller's account, with its personal workspace, its seats and whatever signs it in.

    Names stay in the logs. Raises `Conflict` with the user, and `last_owner` with the names of
    the workspaces that would be left without an active Owner (W8).
    """
    user = locked(change, version)
    held = seats.locked(change.connection, user.id)
    if alone := [seat.name for seat in held if _is_last_owner(change, seat)]:
        raise Refused("last_owner", _last_owner_of(alone), workspaces=alone)
    for seat in held:
        if not seat.deleted:
            _give_up(change, seat, user)
    seats.forget(change.connection, held)
    server.forget_embedded_user(change.connection, user.id)
    users.remove(change.connection, user.id)
    change.record(ActId.ACCOUNT_DELETE, Target(TargetType.USER, user.id, user.username), account=True)


def locked(change: Change, version: int | None) -> User:
    """The caller's account, which nobody else changes until this call ends.

    Raises `session_required` (S2), `Unauthenticated` where it is gone, `Conflict` where it is not
    what the caller saw.
    """
    user_id = change.session.user_id
    if not users.lock(change.connection, user_id):
        raise Unauthenticated
    user = users.read(change.connection, user_id)
    if version is not None and version != user.version:
        raise Conflict(user)
    return user


def show(change: Change, user: User) -> None:
    """Lets every list of every workspace of a user, who is locked, sort, find and show what has changed."""
    held = seats.locked(change.connection, user.id)
    seats.show(change.connection, held, user)
    tokens.rename_user(change.connection, user.id, user.username)
    for seat in held:
        if not seat.deleted:
            invites.rename_inviter(change.connection, seat.workspace_pk, user.id, user.username)
            workspaces.bump(change.connection, seat.workspace_pk)


def _is_last_owner(change: Change, seat: Seat) -> bool:
    if seat.deleted or seat.kind == Kind.PERSONAL:
        return False
    owners = members.active_owners(members.counts(change.connection, seat.workspace_pk))
    return leaves_no_owner(seat.role, seat.status, owners)


def _last_owner_of(names: list[str]) -> str:
    return f"You are the only active Owner of {', '.join(names)}. Hand over or delete what you own first."


def _give_up(change: Change, seat: Seat, user: User) -> None:
    """Leaves a workspace; the personal one is deleted."""
    if seat.kind == Kind.PERSONAL:
        workspaces.remove(change.connection, seat.workspace_pk, change.now)
        return
    row = members.by_pk(change.connection, [seat.pk])[seat.pk]
    given_up = [members.Change(row, None)]
    members.save(change.connection, seat.workspace_pk, given_up)
    change.record(
        ActId.ACCOUNT_DELETE,
        Target(TargetType.MEMBER, user.id, user.username),
        before={"role": seat.role.value, "status": seat.status.value},
        workspace_pk=seat.workspace_pk,
    )
    lost_rights(change, seat.workspace_pk, given_up)


def _clean(patch: UserPatch) -> UserPatch:
    """What was asked, as it is stored. Raises `Refused` naming the field."""
    if patch.username is None and patch.display_name is None:
        raise invalid("username", "Say which username or which display name you want.")
    if patch.username is not None and (wrong := name_problem(patch.username)):
        raise invalid("username", wrong, "username_invalid")
    display_name = None if patch.display_name is None else tidy(patch.display_name)
    if display_name is not None and (wrong := text_problem(display_name)):
        raise invalid("display_name", wrong)
    return UserPatch(username=patch.username, display_name=display_name)
