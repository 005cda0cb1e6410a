"""How a service reads: who calls, and where they stand in a workspace."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from typing import Concatenate, NamedTuple, ParamSpec, TypeVar

from sqlalchemy import Connection

from tui.domain.acts import ActId, Place, Standing, refusal
from tui.domain.errors import Refused, Unauthenticated
from tui.domain.roles import Status
from tui.server.caller import Caller
from tui.server.storage import bookkeeping, members, sessions, workspaces
from tui.server.storage.engine import Store
from tui.server.storage.members import Counts, MemberRow
from tui.server.storage.secrets import matches
from tui.server.storage.times import now
from tui.server.storage.workspaces import WorkspaceRow

P = ParamSpec("P")
Answer = TypeVar("Answer")


class Actor(NamedTuple):
    """A user who is signed in, by which session. `expires_at` is in microseconds."""

    user_id: str
    username: str
    sso_managed: bool
    session_id: str
    device: str
    expires_at: int
    last_used_at: int


class Here(NamedTuple):
    """A workspace, the caller's own seat in it, and how many members it has."""

    workspace: WorkspaceRow
    own: MemberRow
    counts: Counts

    @property
    def place(self) -> Place:
        return Place(self.workspace.kind, members.active_owners(self.counts))

    @property
    def actor(self) -> Standing:
        return standing(self.own)

    def may(self, act: ActId, target: MemberRow | None = None) -> None:
        """Raises `Refused` with the code that forbids the act (M1)."""
        if code := refusal(act, self.actor, self.place, standing(target) if target else None):
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
        """Who calls. Raises `Unauthenticated` (S1)."""
        if self._actor is None:
            self._actor = _authenticated(self.connection, self.caller, self.now)
        return self._actor

    def enter(self, workspace_id: str) -> Here:
        """The workspace, for an active member of it.

        Raises `Unauthenticated`, `Refused("not_found")`, `Refused("member_disabled")` (M3).
        """
        user_id = self.actor.user_id
        workspace = workspaces.read(self.connection, workspace_id)
        if workspace is None:
            raise Refused("not_found")
        own = members.of_users(self.connection, workspace.pk, [user_id]).get(user_id)
        if own is None:
            raise Refused("not_found")
        if own.status != Status.ACTIVE:
            raise Refused("member_disabled")
        self._active = own
        return Here(workspace, own, members.counts(self.connection, workspace.pk))

    def seen(self) -> bookkeeping.Seen:
        """Which times of use the call made too old."""
        old = self.now - bookkeeping.ACCURACY
        used = self._actor is not None and self._actor.last_used_at <= old
        active = self._active is not None and self._active.last_active_at <= old
        return bookkeeping.Seen(
            self.now,
            self._actor.session_id if self._actor and used else None,
            self.caller.ip,
            self._active.pk if self._active and active else None,
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
    session_id, secret = caller.credential
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
