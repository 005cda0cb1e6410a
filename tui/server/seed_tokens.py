"""The tokens of the demo: some in daily use, some forgotten, stopped, expired or about to expire."""

import json
from collections.abc import Iterable, Iterator
from random import Random
from typing import NamedTuple

import msgspec

from tui.domain.activity import From, TargetType
from tui.domain.acts import ActId
from tui.server.made_up import made_up_id
from tui.server.storage.loading import LoadedEntry, LoadedMember, LoadedToken, LoadedUser
from tui.server.storage.times import DAY, MINUTE, moment_or_none
from tui.server.storage.tokens import expiry

HOUR = 60 * MINUTE
SECONDS_A_DAY = 24 * 3600

WITH_TOKENS = 0.35
NEVER_USED = 0.15
DISABLED = 0.1
"""Shares of members and of tokens."""

_NAMES = (
    "ci deploy|nightly backup|laptop|notebook|terraform|dashboards|release bot|staging trial|load test|cron|"
    "data import|pipeline|monitoring|smoke tests|home server|thesis"
).split("|")
_LIFETIMES = (None, None, 30, 90, 90, 180, 365)
"""Days that tokens are made for; None for ever."""


class _Life(NamedTuple):
    """A token's name, and how long ago it was made and last used, in microseconds; it lives so many days."""

    name: str
    made: int
    used: int | None
    days: int | None = None
    stopped: bool = False


_OWN = (
    _Life("ci deploy", 410 * DAY, 12 * MINUTE),
    _Life("laptop", 88 * DAY, 26 * HOUR, 90),
    _Life("nightly backup", 30 * DAY, 9 * HOUR, 365),
    _Life("old notebook", 120 * DAY, 70 * DAY, 90),
    _Life("spare", 2 * HOUR, None, 30),
    _Life("staging trial", 60 * DAY, 6 * DAY, None, stopped=True),
)
"""The tokens of the person at the keyboard in the workspace that the demo opens."""


def own_tokens(member: LoadedMember, owner: LoadedUser, now: int) -> Iterator[LoadedToken]:
    """The tokens of the person at the keyboard; what was stopped, another Owner stopped."""
    for number, life in enumerate(_OWN):
        yield _token(member, number, life, owner, now)


def tokens(members: Iterable[LoadedMember], now: int) -> Iterator[LoadedToken]:
    """The tokens that some of these members have; `now` is the present in microseconds."""
    for member in members:
        chance = Random(f"{member.workspace_pk} {member.user.id}")  # noqa: S311 - made-up tokens
        if chance.random() < WITH_TOKENS:
            for number in range(chance.choice((1, 1, 2, 3))):
                yield _token(member, number, _life(member, chance, now), member.user, now)


def history(made: Iterable[LoadedToken]) -> Iterator[LoadedEntry]:
    """What the log says of these tokens: that they were made, and stopped."""
    for token in made:
        expires_at = msgspec.to_builtins(moment_or_none(expiry(token.lifetime, token.created_at)))
        yield _entry(token, 0)._replace(after=json.dumps({"expires_at": expires_at}))
        if token.disabled_by:
            yield _entry(token, 1)._replace(
                event_at=max(token.last_used_at, token.created_at) + HOUR,
                actor_id=token.disabled_by.id,
                actor_name=token.disabled_by.username,
                action=ActId.TOKENS_SET_STATUS,
                before=json.dumps({"status": "active"}),
                after=json.dumps({"status": "disabled"}),
            )


def _life(member: LoadedMember, chance: Random, now: int) -> _Life:
    made = int((0.05 + 0.95 * chance.random()) * (now - member.joined_at))
    used = None if chance.random() < NEVER_USED else int(chance.random() ** 3 * made)
    days = chance.choice(_LIFETIMES)
    if used is not None and days is not None:
        used = max(used, made - days * DAY)
    return _Life(chance.choice(_NAMES), made, used, days, stopped=chance.random() < DISABLED)


def _token(member: LoadedMember, number: int, life: _Life, stopper: LoadedUser, now: int) -> LoadedToken:
    at = f"{member.workspace_pk} {member.user.id} {number}"
    return LoadedToken(
        workspace_pk=member.workspace_pk,
        user=member.user,
        id=made_up_id("ak", Random(at).getrandbits(60)),  # noqa: S311 - made-up ids
        name=life.name,
        secret_hash=Random(at).randbytes(32),  # noqa: S311 - nobody knows the secret that this would be of
        created_at=now - life.made,
        last_used_at=0 if life.used is None else now - life.used,
        lifetime=None if life.days is None else life.days * SECONDS_A_DAY,
        disabled_by=stopper if life.stopped else None,
    )


def _entry(token: LoadedToken, number: int) -> LoadedEntry:
    """The making of a token, as the log has it."""
    return LoadedEntry(
        id=made_up_id("ev", Random(f"{token.id} {number}").getrandbits(60)),  # noqa: S311 - made-up ids
        event_at=token.created_at,
        workspace_pk=token.workspace_pk,
        actor_id=token.user.id,
        actor_name=token.user.username,
        action=ActId.TOKENS_CREATE,
        target_type=TargetType.TOKEN,
        target_id=token.id,
        target_name=token.name,
        before=None,
        after=None,
        source=From.APP,
        ip="192.0.2.17",
        device="harbour",
    )
