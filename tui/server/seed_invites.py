"""The invites of the demo: pending, late, taken back, and those that people came in by."""

import json
from collections.abc import Iterable, Iterator, Sequence
from random import Random
from typing import NamedTuple

import msgspec

from tui.domain.activity import From, TargetType
from tui.domain.acts import ActId
from tui.domain.invites import INVITER_LOST_RIGHTS, InviteKind, InviteStatus, Mail
from tui.domain.roles import Role
from tui.server.made_up import made_up_id
from tui.server.storage.invites import InviteRow
from tui.server.storage.loading import LoadedEntry, LoadedInvite, LoadedUser
from tui.server.storage.times import DAY, MINUTE, SECOND, moment_or_none

HOUR = 60 * MINUTE
UNTIL_SENT = 2_000_000

ME, OWNER, FORMER_MANAGER, NEWCOMER = "me", 0, 8, 3
"""Who invites and who came: the person at the keyboard, and others by their place in the crowd."""


class _Told(NamedTuple):
    """An invite to an address, or a link with a label; made so long ago, in microseconds, good for so many days."""

    to: str
    made: int
    role: Role = Role.USER
    by: str | int = ME
    mail: Mail | None = None
    days: int | None = 7
    state: InviteStatus = InviteStatus.PENDING
    revoked_by: str | None = None
    uses: int = 0
    max_uses: int | None = None


_OF_WORKSPACES: dict[str, tuple[_Told, ...]] = {
    "acme": (
        _Told("hanna.lund@example.org", 2 * DAY, mail=Mail.SENT),
        _Told("petra.falk@example.net", 5 * HOUR, Role.MANAGER, mail=Mail.SENT),
        _Told("ivo.berg@example.com", 3 * DAY, by=OWNER, mail=Mail.FAILED),
        _Told("mira.dahl@example.org", 20 * MINUTE, Role.OWNER, mail=Mail.SHOWN, days=1),
        _Told("Summer school", 4 * DAY, days=30, uses=12, max_uses=40),
        _Told("Contractors", 90 * DAY, by=OWNER, days=None, uses=3),
        _Told("jan.kruse@example.net", 20 * DAY, mail=Mail.SENT),
        _Told("nils.rask@example.com", 12 * DAY, mail=Mail.SENT, state=InviteStatus.REVOKED, revoked_by="grace"),
        _Told(
            "ella.vogt@example.org",
            16 * DAY,
            by=FORMER_MANAGER,
            mail=Mail.SENT,
            state=InviteStatus.REVOKED,
            revoked_by=INVITER_LOST_RIGHTS,
        ),
        _Told("", 40 * DAY, mail=Mail.SENT, state=InviteStatus.ACCEPTED, uses=1),
        _Told("Open day", 60 * DAY, Role.USER, OWNER, None, 14, InviteStatus.USED_UP, uses=25, max_uses=25),
    ),
    "analytical-engine": (
        _Told("otto.sand@example.org", 3 * HOUR, Role.OWNER, OWNER, Mail.SENT),
        _Told("Readers", 9 * DAY, days=90, uses=4),
    ),
}
"""The one without an address is the invite that somebody of the crowd came by."""


def invites(name: str, workspace_pk: int, me: LoadedUser, crowd: Sequence[LoadedUser], now: int) -> list[LoadedInvite]:
    """The invites of the workspace with this name; `now` is the present in microseconds."""
    return [
        LoadedInvite(
            _row(told, made_up_id("in", workspace_pk * 1000 + number), workspace_pk, _people(me, crowd), now),
            Random(f"{workspace_pk} {number}").randbytes(32),  # noqa: S311 - nobody knows the code that this would be of
        )
        for number, told in enumerate(_OF_WORKSPACES.get(name, ()))
    ]


def history(made: Iterable[LoadedInvite], me: LoadedUser, crowd: Sequence[LoadedUser]) -> Iterator[LoadedEntry]:
    """What the log says of these invites: that they were sent, used, and taken back."""
    for row, _ in made:
        expires_at = msgspec.to_builtins(moment_or_none(row.expires_at))
        act = ActId.INVITES_SEND if row.kind == InviteKind.EMAIL else ActId.INVITES_LINK
        yield _entry(row, act, 0, after={"role": row.role.value, "expires_at": expires_at})
        if row.state == InviteStatus.ACCEPTED:
            who = crowd[NEWCOMER]
            entry = _entry(row, ActId.INVITES_ACCEPT, 3 * HOUR, after={"role": row.role.value})
            yield entry._replace(actor_id=who.id, actor_name=who.username)
        if row.revoked_by:
            entry = _entry(row, ActId.INVITES_REVOKE, 2 * DAY, after={"revoked_by": row.revoked_by})
            yield entry._replace(actor_id=me.id, actor_name=me.username)


def _people(me: LoadedUser, crowd: Sequence[LoadedUser]) -> dict[str | int, LoadedUser]:
    return {ME: me, **dict(enumerate(crowd[: FORMER_MANAGER + 1]))}


def _row(told: _Told, invite_id: str, workspace_pk: int, people: dict[str | int, LoadedUser], now: int) -> InviteRow:
    email = told.to if "@" in told.to else None if told.to else people[NEWCOMER].email
    made, inviter = now - told.made, people[told.by]
    return InviteRow(
        pk=0,
        id=invite_id,
        workspace_pk=workspace_pk,
        kind=InviteKind.EMAIL if email else InviteKind.LINK,
        email=email,
        label=None if email else told.to,
        role=told.role,
        state=told.state,
        revoked_by=told.revoked_by,
        mail=told.mail,
        inviter_id=inviter.id,
        inviter_name=inviter.username,
        created_at=made,
        sent_at=made + UNTIL_SENT if told.mail == Mail.SENT else None,
        expires_at=made + told.days * DAY if told.days else 0,
        lifetime=told.days * DAY // SECOND if told.days else None,
        uses=told.uses,
        max_uses=1 if email else told.max_uses,
        version=1 + told.uses + bool(told.revoked_by),
    )


def _entry(row: InviteRow, act: ActId, later: int, *, after: dict[str, str | None]) -> LoadedEntry:
    return LoadedEntry(
        id=made_up_id("ev", Random(f"{row.id} {act}").getrandbits(60)),  # noqa: S311 - made-up ids
        event_at=row.created_at + later,
        workspace_pk=row.workspace_pk,
        actor_id=row.inviter_id,
        actor_name=row.inviter_name,
        action=act,
        target_type=TargetType.INVITE,
        target_id=row.id,
        target_name=row.name,
        before=None,
        after=json.dumps(after),
        source=From.APP,
        ip="192.0.2.17",
        device="harbour",
    )
