"""How a service reads: who calls, and where they stand in a workspace."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from typing import Concatenate, NamedTuple, ParamSpec, TypeVar

from sqlalchemy import Connection

from tui.domain.acts import ActId, Circumstances, Standing, refusal
from tui.domain.errors import Refused, Unauthenticated
from tui.domain.roles import Status
from tui.server.caller import Caller
from tui.server.storage import bookkeeping, members, sessions, tokens, workspaces
from tui.server.storage.engine import Store
from tui.server.storage.members import Counts, MemberRow
from tui.server.storage.secrets import matches
from tui.server.storage.times import now
from tui.server.storage.workspaces import WorkspaceRow

P = ParamSpec("P")
Answer = TypeVar("Answer")

_TOKEN = "ak-"


class Actor(NamedTuple):
    """A user who calls, and by which credential. Times are microseconds; `expires_at` is 0 for never.

    `workspace_id` is the only one that a token acts in; None for a session.
    """

    user_id: str
    username: str
    sso_managed: bool
    credential_id: str
    device: str | None
    expires_at: int
    last_used_at: int
    secret_at: int = 0
    workspace_id: str | None = None

    @property
    def by_session(self) -> bool:
        return self.workspace_id is None

    @property
    def token_id(self) -> str | None:
        return None if self.by_session else self.credential_id


class Here(NamedTuple):
    """A workspace, the caller's own seat in it, how many members it has, and the token that calls, if one does."""

    workspace: WorkspaceRow
    own: MemberRow
    counts: Counts
    token_id: str | None

    @property
    def by_session(self) -> bool:
        return self.token_id is None

    @property
    def circumstances(self) -> Circumstances:
        owners = members.active_owners(self.counts)
        return Circumstances(self.workspace.kind, owners, by_session=self.by_session, source=self.workspace.source)

    @property
    def actor(self) -> Standing:
        return standing(self.own)

    def refusal(self, act: ActId, target: Standing | None = None) -> str | None:
        """The code that forbids the caller an act, None where it is allowed (M1)."""
        return refusal(act, self.actor, self.circumstances, target)

    def may(self, act: ActId, target: MemberRow | None = None) -> None:
        """Raises `Refused` with the code that forbids the act (M1)."""
        if code := self.refusal(act, standing(target) if target else None):
            raise Refused(code)


def standing(row: MemberRow) -> Standing:
    """What permission must know of a member."""
    return Standing(row.user_id, row.role, row.status)


@dataclass(slots=True)
class Reading:
    """One call of a service on one state of the database. `now` is in microseconds."""

    connection: Connection
    caller: Caller
    now: int
    _actor: Actor | None = None
    _active: MemberRow | None = field(default=None)

    @property
    def actor(self) -> Actor:
        """Who calls. Raises `Unauthenticated` (S1, T2)."""
        if self._actor is None:
            self._actor = _authenticated(self.connection, self.caller, self.now)
        return self._actor

    @property
    def known(self) -> Actor | None:
        """Who calls, where nobody need be signed in: a credential that is no good is nobody's."""
        if self.caller.credential is None:
            return None
        try:
            return self.actor
        except Unauthenticated:
            return None

    @property
    def session(self) -> Actor:
        """Who calls, by a session: acts of the account are refused to a token (S2).

        Raises `Unauthenticated`, `Refused("session_required")`.
        """
        if not self.actor.by_session:
            raise Refused("session_required")
        return self.actor

    def enter(self, workspace_id: str) -> Here:
        """The workspace, for an active member of it; a token enters its own only (S2).

        Raises `Unauthenticated`, `Refused("not_found")`, `Refused("member_disabled")` (M3).
        """
        user_id = self.actor.user_id
        workspace = workspaces.read(self.connection, workspace_id)
        if workspace is None or self.actor.workspace_id not in {None, workspace_id}:
            raise Refused("not_found")
        own = members.of_users(self.connection, workspace.pk, [user_id]).get(user_id)
        if own is None:
            raise Refused("not_found")
        if own.status != Status.ACTIVE:
            raise Refused("member_disabled")
        self._active = own
        return Here(workspace, own, members.counts(self.connection, workspace.pk), self.actor.token_id)

    def seen(self) -> bookkeeping.Seen:
        """Which times of use the call made too old; the first use of a secret always counts."""
        old = self.now - bookkeeping.ACCURACY
        actor = self._actor
        used = actor is not None and actor.last_used_at <= max(old, actor.secret_at)
        active = self._active is not None and self._active.last_active_at <= old
        return bookkeeping.Seen(
            self.now,
            session_id=actor.credential_id if actor and used and actor.by_session else None,
            token_id=actor.token_id if actor and used else None,
            ip=self.caller.ip,
            member_pk=self._active.pk if self._active and active else None,
        )


def reading(
    service: Callable[Concatenate[Reading, P], Answer],
) -> Callable[Concatenate[Store, Caller, P], Answer]:
    """A service that reads: called with a store and a caller, it runs on one state of the database."""

    @wraps(service)
    def call(store: Store, caller: Caller, /, *args: P.args, **kwargs: P.kwargs) -> Answer:
        with store.reading() as connection:
            read = Reading(connection, caller, now())
            answer = service(read, *args, **kwargs)
        bookkeeping.note(store, read.seen())
        return answer

    return call


def _authenticated(connection: Connection, caller: Caller, present: int) -> Actor:
    if caller.credential is None:
        raise Unauthenticated
    credential_id, secret = caller.credential
    if credential_id.startswith(_TOKEN):
        return _by_token(connection, credential_id, secret, present)
    return _by_session(connection, credential_id, secret, present)


def _by_session(connection: Connection, session_id: str, secret: str, present: int) -> Actor:
    stored = sessions.credential(connection, session_id)
    good = matches(secret, stored.secret_hash if stored else None)
    if stored is None or not good or stored.expires_at <= present:
        raise Unauthenticated
    return Actor(
        stored.user_id,
        stored.username,
        stored.sso_managed,
        stored.session_id,
        stored.device,
        stored.expires_at,
        stored.last_used_at,
    )


def _by_token(connection: Connection, token_id: str, secret: str, present: int) -> Actor:
    stored = tokens.credential(connection, token_id)
    good = matches(secret, stored.secret_hash if stored else None)
    if stored is None or not good or not stored.works(present):
        raise Unauthenticated
    return Actor(
        stored.user_id,
        stored.username,
        stored.sso_managed,
        stored.token_id,
        None,
        stored.expires_at,
        stored.last_used_at,
        secret_at=stored.secret_at,
        workspace_id=stored.workspace_id,
    )
