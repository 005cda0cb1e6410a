"""Demo data: made-up people in made-up workspaces, the same each time but for the clock."""

import json
from collections.abc import Iterator, Sequence
from itertools import islice, product
from random import Random
from typing import NamedTuple

from tui.domain.activity import From, TargetType
from tui.domain.acts import ActId
from tui.domain.github import GithubOrg
from tui.domain.roles import ROLES, JoinedBy, Kind, Role, Source, Status
from tui.server import seed_invites, seed_tokens
from tui.server.made_up import made_up_id
from tui.server.storage import github_users, server
from tui.server.storage.engine import Store
from tui.server.storage.github_users import Link
from tui.server.storage.loading import (
    BATCH,
    LoadedEntry,
    LoadedMember,
    LoadedToken,
    LoadedUser,
    LoadedWorkspace,
    Progress,
    load,
)

MINUTE = 60 * 1_000_000
DAY = 24 * 60 * MINUTE

WITH_TOKENS = 300
"""Members of a workspace at most who have tokens."""

NEVER_ACTIVE = 0.05
DISABLED = 0.03
BY_LINK = 0.3
BY_THE_PERSON = 0.4
"""Shares of members, and of what was done lately."""

_FIRST = (
    "Ada Alan Barbara Dennis Donald Edsger Frances Jean Johan Katya Ken Leslie Margit Niko Radia Tony Ursula Viktor "
    "Wanda Xenia Yusuf Zora Adele Bruno Carla Dario Emil Fiona Gustav Hilda Ines Jonas Kira Lena Milo Nora Oskar Pia "
    "Quinn Rosa Stefan Tilda"
).split()
_LAST = (
    "Fern Moss Lake Rook Pine Vale Bell Birch Stone Brook Ash Thorn Reed Wirt Finch Hale Field Dale Crest Marsh Grove "
    "Wells Frost Keel Wren Hill Harrow Glen Orchard Croft Heath Larch"
).split()
_DOMAINS = ("example.org", "example.net", "example.com")


class _Plan(NamedTuple):
    """A workspace of the demo, and the role of the person at the keyboard; None where they can join."""

    name: str
    kind: Kind
    source: Source
    role: Role | None
    members: int
    age_days: int
    status: Status = Status.ACTIVE
    org: GithubOrg | None = None


GITHUB_ID, GITHUB_LOGIN = "7", "grace-holm"
ORGANIZATIONS = (GithubOrg("1001", "acme"), GithubOrg("1003", "cobol"))
"""The person at GitHub, and the organizations there."""

_PLANS = (
    _Plan("acme", Kind.SHARED, Source.GITHUB, Role.OWNER, 132, 620, org=ORGANIZATIONS[0]),
    _Plan("analytical-engine", Kind.SHARED, Source.SCRATCH, Role.MANAGER, 12, 410),
    _Plan("compilers", Kind.SHARED, Source.GITHUB, None, 57, 300, org=ORGANIZATIONS[1]),
    _Plan("grace", Kind.PERSONAL, Source.SCRATCH, Role.OWNER, 1, 620),
    _Plan("labs", Kind.SHARED, Source.SCRATCH, Role.USER, 9, 200, Status.DISABLED),
    _Plan("navy-research", Kind.SHARED, Source.SSO, Role.USER, 2_000, 540),
)
SHOWN = "acme"
"""The workspace that the demo opens."""

LARGE = "lighthouse"
"""The workspace whose size `demo --members` chooses."""


def seed(
    store: Store,
    now: int,
    members: int = 0,
    progress: Progress = lambda _what, _rows: None,
    *,
    github_token: bytes = b"",
) -> None:
    """Fills an empty embedded database; with `members`, one more workspace of that many.

    `now` is the present in microseconds. `github_token` is what the person's GitHub account is
    linked with, sealed; without one it is not linked. Everything is decided by fixed seeds, so two calls with
    the same `now` make the same data. `progress` is told of `people` thought up first, then what
    `load` tells.
    """
    plans = list(_PLANS)
    if members:
        plans.append(_Plan(LARGE, Kind.SHARED, Source.SCRATCH, Role.OWNER, members, 365))
    crowd = _crowd(now, max(plan.members for plan in plans) - 1, progress)
    grace = LoadedUser(made_up_id("us", 0), "grace", "Grace Holm", "grace@example.org", now - 620 * DAY)
    homes = [(_workspace(pk, plan, now), plan) for pk, plan in enumerate(plans, 1)]
    tokens = [token for home, plan in homes for token in _tokens(home, plan, grace, crowd, now)]
    invites = [invite for home, _ in homes for invite in seed_invites.invites(home.name, home.pk, grace, crowd, now)]
    load(
        store,
        users=[grace, *crowd],
        workspaces=[home for home, _ in homes],
        members=(member for home, plan in homes for member in _members(home, plan, grace, crowd, now)),
        tokens=tokens,
        invites=invites,
        activity=[
            *(entry for home, plan in homes for entry in _history(home, plan, grace, crowd, now)),
            *seed_tokens.history(tokens),
            *seed_invites.history(invites, grace, crowd),
        ],
        progress=progress,
    )
    with store.writing() as connection:
        server.set_embedded_user(connection, grace.id)
        if github_token:
            github_users.link(connection, Link(grace.id, GITHUB_ID, GITHUB_LOGIN, github_token))


def _crowd(now: int, how_many: int, progress: Progress) -> list[LoadedUser]:
    crowd: list[LoadedUser] = []
    people = _people(now)
    while len(crowd) < how_many:
        crowd += islice(people, min(BATCH, how_many - len(crowd)))
        progress("people", len(crowd))
    return crowd


def _people(now: int) -> Iterator[LoadedUser]:
    """As many made-up people as one takes; the first ones have the plainest names."""
    pairs = [(first, last) for last, first in product(_LAST, _FIRST)]
    Random(1).shuffle(pairs)  # noqa: S311 - made-up people
    number = 0
    while True:
        for first, last in pairs:
            number += 1
            username = f"{first}-{last}".lower() + (f"-{number}" if number > len(pairs) else "")
            email = f"{username.replace('-', '.')}@{_DOMAINS[number % 3]}"
            yield LoadedUser(
                made_up_id("us", number), username, f"{first} {last}", email, now - (630 + number % 90) * DAY
            )


def _workspace(pk: int, plan: _Plan, now: int) -> LoadedWorkspace:
    created_at = now - plan.age_days * DAY
    return LoadedWorkspace(pk, made_up_id("ac", pk), plan.name, plan.kind, plan.source, created_at, plan.org)


def _members(
    home: LoadedWorkspace, plan: _Plan, grace: LoadedUser, crowd: Sequence[LoadedUser], now: int
) -> Iterator[LoadedMember]:
    chance = Random(plan.name)  # noqa: S311 - made-up people
    others = plan.members
    if plan.role:
        others -= 1
        yield _own_member(home, plan, grace, crowd[0], now)
    for place, user in enumerate(islice(crowd, others)):
        yield _member(home, user, place, chance, now)


def _own_member(home: LoadedWorkspace, plan: _Plan, grace: LoadedUser, somebody: LoadedUser, now: int) -> LoadedMember:
    role = plan.role or Role.USER
    created = JoinedBy.CREATED if role == Role.OWNER else JoinedBy.EMAIL
    disabled_at = now - 20 * DAY if plan.status == Status.DISABLED else None
    disabled_by = somebody.username if disabled_at else None
    joined = home.created_at if role == Role.OWNER else home.created_at + 9 * DAY
    return LoadedMember(home.pk, grace, role, plan.status, created, joined, now - MINUTE, disabled_at, disabled_by)


def _tokens(
    home: LoadedWorkspace, plan: _Plan, grace: LoadedUser, crowd: Sequence[LoadedUser], now: int
) -> Iterator[LoadedToken]:
    """The tokens of a workspace's first members."""
    own, *others = islice(_members(home, plan, grace, crowd, now), WITH_TOKENS)
    if plan.name == SHOWN:
        yield from seed_tokens.own_tokens(own, crowd[0], now)
    else:
        others = [own, *others]
    yield from seed_tokens.tokens(others, now)


def _member(home: LoadedWorkspace, user: LoadedUser, place: int, chance: Random, now: int) -> LoadedMember:
    role = _role(place, chance)
    joined = home.created_at + int(chance.random() * (now - home.created_at) * 0.9)
    active = 0 if chance.random() < NEVER_ACTIVE else now - int(chance.random() ** 4 * min(40 * DAY, now - joined))
    disabled = place > 0 and chance.random() < DISABLED
    by = JoinedBy.CREATED if place == 0 else JoinedBy.LINK if chance.random() < BY_LINK else JoinedBy.EMAIL
    if not disabled:
        return LoadedMember(home.pk, user, role, Status.ACTIVE, by, joined, active)
    gone = now - int(chance.random() * (now - joined))
    return LoadedMember(home.pk, user, role, Status.DISABLED, by, joined, min(active, gone), gone, "grace")


def _role(place: int, chance: Random) -> Role:
    return Role.OWNER if place == 0 else chance.choices(ROLES, weights=(1, 38, 461))[0]


def _history(
    home: LoadedWorkspace, plan: _Plan, grace: LoadedUser, crowd: Sequence[LoadedUser], now: int
) -> Iterator[LoadedEntry]:
    """What happened lately, in order: roles, disabled and enabled again, a rename long ago."""
    if plan.kind == Kind.PERSONAL:
        return
    chance = Random(f"{plan.name} history")  # noqa: S311 - made-up events
    people = crowd[: plan.members - 1]
    moments = sorted(now - int(chance.random() ** 3 * 90 * DAY) for _ in range(min(60, 4 * len(people))))
    for number, moment in enumerate(moments):
        may = plan.role in {Role.OWNER, Role.MANAGER}
        actor = grace if may and chance.random() < BY_THE_PERSON else people[0]
        target = people[chance.randrange(1, len(people))] if len(people) > 1 else people[0]
        action, before, after = chance.choice(_EVENTS)
        yield LoadedEntry(
            id=made_up_id("ev", home.pk * 1000 + number),
            event_at=moment,
            workspace_pk=home.pk,
            actor_id=actor.id,
            actor_name=actor.username,
            action=action,
            target_type=TargetType.MEMBER,
            target_id=target.id,
            target_name=target.username,
            before=json.dumps(before),
            after=json.dumps(after),
            source=chance.choice((From.APP, From.APP, From.CLI)),
            ip="192.0.2.17",
            device="harbour",
        )


_EVENTS = (
    (ActId.MEMBERS_SET_ROLE, {"role": "user"}, {"role": "manager"}),
    (ActId.MEMBERS_SET_ROLE, {"role": "manager"}, {"role": "user"}),
    (ActId.MEMBERS_SET_STATUS, {"status": "active"}, {"status": "disabled"}),
    (ActId.MEMBERS_SET_STATUS, {"status": "disabled"}, {"status": "active"}),
)
