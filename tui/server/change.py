"""The only way to write: one transaction, with its activity, its revision, and an Owner who stays.

A service decorated with `changing` runs in a transaction that is committed when it returns. The
row of its Idempotency-Key goes in first; at the end there must be an activity entry for what was
changed (A1), and every shared workspace concerned must have an active Owner (W8).
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, Concatenate, NamedTuple, ParamSpec, TypeVar, get_type_hints

import msgspec

from tui.domain.activity import ActorType, TargetType
from tui.domain.errors import Refused
from tui.domain.roles import Kind
from tui.server.caller import Caller
from tui.server.reading import Actor, Here, Reading
from tui.server.storage import activity, bookkeeping, idempotency, members, workspaces
from tui.server.storage.activity import Values
from tui.server.storage.engine import Store
from tui.server.storage.secrets import new_id
from tui.server.storage.times import now

P = ParamSpec("P")
Answer = TypeVar("Answer")


class Target(msgspec.Struct, frozen=True):
    """On whom or what, named as it was when it happened."""

    type: TargetType
    id: str
    name: str


class Author(NamedTuple):
    """Whose act is recorded; `token_id` where it came by a token."""

    user_id: str
    username: str
    device: str | None = None
    token_id: str | None = None


@dataclass(slots=True)
class Change(Reading):
    """One call of a service that writes."""

    _entries: list[dict[str, Any]] = field(default_factory=list)
    _touched: dict[int, Kind] = field(default_factory=dict)
    _author: Author | None = None

    def lock(self, workspace_id: str) -> None:
        """Keeps others from changing a workspace, and what is under it, until this call ends.

        What was found before may have ended, or expired, while this call waited for its turn.
        """
        workspaces.lock(self.connection, workspace_id)
        self._actor = None
        self.now = now()

    def enter(self, workspace_id: str) -> Here:
        """As for reading; nobody else changes the workspace or what is under it until this call ends."""
        self.lock(workspace_id)
        return Reading.enter(self, workspace_id)

    def act_as(self, user_id: str, username: str) -> None:
        """Makes a user who has just been made the author of what is recorded."""
        self._author = Author(user_id, username)

    def record(
        self,
        action: str,
        target: Target,
        *,
        before: Values | None = None,
        after: Values | None = None,
        workspace_pk: int | None = None,
        account: bool = False,
    ) -> None:
        """Puts an entry into the log of a workspace, whose revision grows (A2), of the actor's account, or both."""
        author = self._author or _author(self.actor)
        if workspace_pk is not None and workspace_pk not in self._touched:
            self._touched[workspace_pk] = workspaces.bump(self.connection, workspace_pk)
        self._entries.append(
            {
                "id": new_id("ev"),
                "event_at": self.now + len(self._entries),
                "workspace_pk": workspace_pk,
                "account_id": author.user_id if account else None,
                "actor_type": (ActorType.TOKEN if author.token_id else ActorType.USER).value,
                "actor_id": author.user_id,
                "actor_name": author.username,
                "token_id": author.token_id,
                "action": action,
                "target_type": target.type.value,
                "target_id": target.id,
                "target_name": target.name,
                "before": activity.packed(before),
                "after": activity.packed(after),
                "source": self.caller.source.value,
                "ip": self.caller.ip,
                "device": self.caller.device or author.device,
                "request_id": self.caller.request_id,
                "group_id": None,
            }
        )

    def finish(self) -> None:
        """Writes the entries and looks once more at what must always hold."""
        if self._entries:
            group = new_id("gr") if len(self._entries) > 1 else None
            activity.add(self.connection, [{**entry, "group_id": group} for entry in self._entries])
        elif self.connection.info["unlogged"]:
            raise RuntimeError("something was changed without an activity entry (A1)")
        for workspace_pk, kind in self._touched.items():
            if kind == Kind.SHARED and not members.active_owners(members.counts(self.connection, workspace_pk)):
                raise Refused("last_owner")


def changing(
    renew: Callable[[Change, Any], Any] | None = None,
) -> Callable[[Callable[Concatenate[Change, P], Answer]], Callable[Concatenate[Store, Caller, P], Answer]]:
    """A service that writes: called with a store and a caller, it runs in a transaction of its own.

    `renew` turns a kept answer, from which the secret was taken, into one with a new secret where
    that is still allowed.
    """

    def decorate(service: Callable[Concatenate[Change, P], Answer]) -> Callable[Concatenate[Store, Caller, P], Answer]:
        @wraps(service)
        def call(store: Store, caller: Caller, /, *args: P.args, **kwargs: P.kwargs) -> Answer:
            with store.writing() as connection:
                change = Change(connection, caller, now())
                answer = _once(change, service, renew, lambda: service(change, *args, **kwargs))
            bookkeeping.note(store, change.seen())
            return answer

        return call

    return decorate


def _once(
    change: Change,
    service: Callable[..., Answer],
    renew: Callable[[Change, Any], Any] | None,
    act: Callable[[], Answer],
) -> Answer:
    """The answer of the act, or the kept one of the same request that came before (api.md "Idempotency-Key")."""
    sent = change.caller.idempotency
    if sent is None:
        answer = act()
        change.finish()
        return answer
    key_hash = idempotency.hashed(_owner(change.known), sent.route, sent.key)
    first = idempotency.claim(change.connection, key_hash, sent.key, sent.body, change.now)
    if first is None:
        answer = act()
        change.finish()
        idempotency.keep(change.connection, key_hash, msgspec.json.encode(_without_secret(answer)))
        return answer
    if not first.same_body:
        raise Refused("idempotency_mismatch")
    kept: Answer = msgspec.json.decode(first.answer, type=get_type_hints(service)["return"])
    recent = first.created_at > change.now - idempotency.RENEWED
    return renew(change, kept) if renew and recent else kept


def _owner(actor: Actor | None) -> str:
    """Whose a key is: a user's, but a token's is of its own workspace only (S2); or nobody's who is signed in."""
    return f"{actor.user_id}{actor.workspace_id or ''}" if actor else ""


def _author(actor: Actor) -> Author:
    return Author(actor.user_id, actor.username, actor.device, actor.token_id)


_SECRETS = frozenset({"secret", "link", "poll_secret"})
"""The fields of answers that hold a secret."""


def _without_secret(answer: object) -> object:
    """What may be kept of an answer: secrets never are."""
    if isinstance(answer, list):
        return [_without_secret(part) for part in answer]
    if not isinstance(answer, msgspec.Struct):
        return answer
    fields = ((name, getattr(answer, name)) for name in answer.__struct_fields__)
    return msgspec.structs.replace(
        answer, **{name: None if name in _SECRETS else _without_secret(value) for name, value in fields}
    )
