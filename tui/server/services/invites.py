"""Invites: listing, sending, links, sending again, revoking (I1, I2, I4, I5, I6)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import msgspec

from tui.domain.acts import ActId, invite_role_refusal, refusal
from tui.domain.errors import Failure, Refused, invalid, problem
from tui.domain.invites import (
    Invite,
    InviteKind,
    InviteLink,
    InviteLinkAsk,
    InvitesAsk,
    InviteStatus,
    InviteVerdict,
    InviteVerdicts,
    Mail,
    ResendAsk,
    invite_refusal,
)
from tui.domain.names import email_problem, text_problem, tidy
from tui.domain.queries import ListQuery, Page, Place
from tui.domain.roles import Role
from tui.server.caller import Caller
from tui.server.change import Change, changing
from tui.server.reading import Here, Reading, reading
from tui.server.services import asked, shown
from tui.server.services.invite_rights import revoke as revoke_rows
from tui.server.services.invite_rights import target
from tui.server.services.letters import Outbox, Way, Written
from tui.server.services.refusing import refuse
from tui.server.storage import bookkeeping, invite_pages, invites
from tui.server.storage.activity import Values
from tui.server.storage.engine import Store
from tui.server.storage.invite_pages import SORTS, InviteFilter
from tui.server.storage.invites import InviteRow
from tui.server.storage.secrets import new_id
from tui.server.storage.times import SECOND, moment_or_none, told

_PENDING = frozenset({InviteStatus.PENDING})


@reading
def list(read: Reading, workspace_id: str, query: ListQuery, place: Place) -> Page[Invite]:
    """A page of a workspace's invites, the pending ones unless others are asked for (I4)."""
    asked.only(query, "kind", "role", "status", "inviter", "is")
    here = read.enter(workspace_id)
    _may_read(here)
    found = InviteFilter(
        workspace_pk=here.workspace.pk,
        statuses=asked.values(query, "status", InviteStatus) or _PENDING,
        kinds=asked.values(query, "kind", InviteKind),
        roles=asked.values(query, "role", Role),
        inviters=tuple(query.filters.get("inviter", ())),
        exactly=tuple(query.filters.get("is", ())),
        q=query.q,
        sort=asked.sort(query, SORTS),
        descending=query.descending,
    )
    page = invite_pages.read(read.connection, found, read.now, place)
    return asked.shown(page, lambda row: shown.invite(row, here, read.now))


def send(store: Store, caller: Caller, workspace_id: str, ask: InvitesAsk, *, way: Way) -> InviteVerdicts:
    """Invites addresses, each by a code of its own (I1). Those refused do not stop the others.

    The codes go out by mail once they are committed; where no mail is sent, they come back in
    links. Raises `role_forbidden`, `personal_workspace`, and `rate_limited` for more mails than a
    workspace may send in a day.
    """
    outbox = Outbox(way)
    verdicts = _send(store, caller, workspace_id, ask, outbox)
    outbox.post(store)
    results = [msgspec.structs.replace(verdict, link=way.link(verdict.link)) for verdict in verdicts.results]
    return InviteVerdicts(results=results)


def link(store: Store, caller: Caller, workspace_id: str, ask: InviteLinkAsk, *, way: Way) -> InviteLink:
    """A link that anybody may join by who has it (I2). Raises `role_forbidden`, `personal_workspace`."""
    return _linked(_link(store, caller, workspace_id, ask), way)


def resend(store: Store, caller: Caller, workspace_id: str, invite_id: str, ask: ResendAsk, *, way: Way) -> InviteLink:
    """The same invite with a new code, its lifetime anew, and the caller as its inviter; the old code is dead (I4).

    Raises `role_forbidden`, `invite_used_up`, `invite_revoked`, `already_member`, `already_invited`,
    and `rate_limited` as `send` does.
    """
    outbox = Outbox(way)
    sent = _resend(store, caller, workspace_id, invite_id, ask, outbox)
    outbox.post(store)
    return _linked(sent, way)


@changing()
def revoke(change: Change, workspace_id: str, invite_id: str, version: int | None) -> Invite:
    """Makes an invite worthless; one that is revoked already stays as it is (I4).

    Raises `role_forbidden`, `Conflict` with the invite, `invite_used_up`.
    """
    here, row = _found(change, workspace_id, invite_id)
    code, present = _refusal(change, here, row, ActId.INVITES_REVOKE), shown.invite(row, here, change.now)
    if row.state == InviteStatus.REVOKED and not code:
        return present
    refuse([code], version, present)
    (revoked,) = revoke_rows(change, [row], here.own.username)
    return shown.invite(revoked, here, change.now)


def _linked(made: InviteLink, way: Way) -> InviteLink:
    return msgspec.structs.replace(made, link=way.link(made.link))


def _renew_all(change: Change, kept: InviteVerdicts) -> InviteVerdicts:
    """A repeat gets codes in place of those that were shown, and that nobody has used."""
    results = [
        msgspec.structs.replace(verdict, link=_new_code(change, verdict.invite) if verdict.invite else None)
        for verdict in kept.results
    ]
    return InviteVerdicts(results=results)


def _renew(change: Change, kept: InviteLink) -> InviteLink:
    return msgspec.structs.replace(kept, link=_new_code(change, kept.invite))


def _new_code(change: Change, invite: Invite) -> str | None:
    was_shown = invite.kind == InviteKind.LINK or invite.mail == Mail.SHOWN
    return invites.replace_code(change.connection, invite.id, invite.version) if was_shown else None


@changing(renew=_renew_all)
def _send(change: Change, workspace_id: str, ask: InvitesAsk, outbox: Outbox) -> InviteVerdicts:
    """What came of each address; in place of a link, its code."""
    here = change.enter(workspace_id)
    _may_give(here, ActId.INVITES_SEND, Role(ask.role))
    addresses: dict[str, str] = {}
    for email in map(tidy, ask.emails):
        addresses.setdefault(email.casefold(), email)
    problems = _problems(change, here, addresses)
    draft = _Draft(InviteKind.EMAIL, Role(ask.role), ask.expires_in, max_uses=1, mail=_mail(outbox))
    rows = {
        folded: _new(change, here, replace(draft, email=email))
        for folded, email in addresses.items()
        if folded not in problems
    }
    codes = dict(zip(rows, _add(change, here, ActId.INVITES_SEND, [*rows.values()]), strict=True))
    _put(change, outbox, here, [(rows[folded], code) for folded, code in codes.items()])
    return InviteVerdicts(
        results=[
            InviteVerdict(
                email=email,
                invite=shown.invite(rows[folded], here, change.now) if folded in rows else None,
                link=None if outbox.is_used else codes.get(folded),
                problem=problem(problems[folded]) if folded in problems else None,
            )
            for folded, email in addresses.items()
        ]
    )


@changing(renew=_renew)
def _link(change: Change, workspace_id: str, ask: InviteLinkAsk) -> InviteLink:
    """The invite; in place of a link, its code."""
    label = None if ask.label is None else tidy(ask.label)
    if label is not None and (wrong := text_problem(label)):
        raise invalid("label", wrong)
    here = change.enter(workspace_id)
    _may_give(here, ActId.INVITES_LINK, Role(ask.role))
    draft = _Draft(InviteKind.LINK, Role(ask.role), ask.expires_in, max_uses=ask.max_uses, label=label)
    row = _new(change, here, draft)
    (code,) = _add(change, here, ActId.INVITES_LINK, [row])
    return InviteLink(invite=shown.invite(row, here, change.now), link=code)


@changing(renew=_renew)
def _resend(change: Change, workspace_id: str, invite_id: str, ask: ResendAsk, outbox: Outbox) -> InviteLink:
    """The invite; in place of a link, its code."""
    here, row = _found(change, workspace_id, invite_id)
    if refused := _refusal(change, here, row, ActId.INVITES_RESEND) or _taken(change, row):
        raise Refused(refused)
    again = row._replace(
        mail=_mail(outbox) if row.kind == InviteKind.EMAIL else None,
        inviter_id=here.own.user_id,
        inviter_name=here.own.username,
        sent_at=None,
        expires_at=_expiry(change, row.lifetime if ask.expires_in is msgspec.UNSET else ask.expires_in),
        version=row.version + 1,
    )
    code = invites.send_again(change.connection, again)
    if again.mail == Mail.QUEUED:
        _put(change, outbox, here, [(again, code)])
    change.record(
        ActId.INVITES_RESEND,
        target(row),
        before={"inviter": row.inviter_name, "expires_at": told(row.expires_at)},
        after={"inviter": again.inviter_name, "expires_at": told(again.expires_at)},
        workspace_pk=row.workspace_pk,
    )
    return InviteLink(invite=shown.invite(again, here, change.now), link=None if again.mail == Mail.QUEUED else code)


@dataclass(frozen=True)
class _Draft:
    """An invite that is about to be made. `expires_in` is in seconds, None for never."""

    kind: InviteKind
    role: Role
    expires_in: int | None
    max_uses: int | None = None
    mail: Mail | None = None
    email: str | None = None
    label: str | None = None


def _new(change: Change, here: Here, draft: _Draft) -> InviteRow:
    return InviteRow(
        pk=0,
        id=new_id("in"),
        workspace_pk=here.workspace.pk,
        kind=draft.kind,
        email=draft.email,
        label=draft.label,
        role=draft.role,
        state=InviteStatus.PENDING,
        revoked_by=None,
        mail=draft.mail,
        inviter_id=here.own.user_id,
        inviter_name=here.own.username,
        created_at=change.now,
        sent_at=None,
        expires_at=_expiry(change, draft.expires_in),
        lifetime=draft.expires_in,
        uses=0,
        max_uses=draft.max_uses,
        version=1,
    )


def _add(change: Change, here: Here, act: ActId, rows: Sequence[InviteRow]) -> Sequence[str]:
    """Writes new invites, with an entry for each: their codes."""
    for row in rows:
        after: Values = {
            "role": row.role.value,
            "expires_at": told(row.expires_at),
            **({"max_uses": row.max_uses} if row.kind == InviteKind.LINK else {}),
        }
        change.record(act, target(row), after=after, workspace_pk=here.workspace.pk)
    return invites.add(change.connection, here.workspace.pk, rows) if rows else []


def _put(change: Change, outbox: Outbox, here: Here, made: Sequence[tuple[InviteRow, str]]) -> None:
    """Lays the letters of new codes ready, where this server sends mail."""
    if not outbox.is_used or not made:
        return
    bookkeeping.count_mails(change.connection, bookkeeping.INVITE_MAILS, here.workspace.id, len(made), change.now)
    for row, code in made:
        outbox.put(
            Written(
                invite_id=row.id,
                email=row.email or "",
                code=code,
                workspace=here.workspace.name,
                inviter=row.inviter_name,
                role=row.role,
                expires_at=moment_or_none(row.expires_at),
            )
        )


def _mail(outbox: Outbox) -> Mail:
    return Mail.QUEUED if outbox.is_used else Mail.SHOWN


def _expiry(change: Change, expires_in: int | None) -> int:
    return 0 if expires_in is None else change.now + expires_in * SECOND


def _problems(change: Change, here: Here, addresses: Mapping[str, str]) -> dict[str, Failure]:
    """Why some of these addresses, by how they fold, cannot be invited."""
    problems: dict[str, Failure] = {}
    for folded, email in addresses.items():
        if wrong := email_problem(email):
            problems[folded] = invalid("emails", wrong, "email_invalid")
    good = [folded for folded in addresses if folded not in problems]
    pk = here.workspace.pk
    problems |= {
        folded: Refused("already_invited") for folded in invites.invited(change.connection, pk, good, change.now)
    }
    return problems | {folded: Refused("already_member") for folded in invites.seated(change.connection, pk, good)}


def _taken(change: Change, row: InviteRow) -> str | None:
    """Why an address cannot be invited once more, or None."""
    if row.email is None:
        return None
    address = [row.email.casefold()]
    if invites.seated(change.connection, row.workspace_pk, address):
        return "already_member"
    is_pending = row.status(change.now) == InviteStatus.PENDING
    if not is_pending and invites.invited(change.connection, row.workspace_pk, address, change.now):
        return "already_invited"
    return None


def _may_read(here: Here) -> None:
    """Who may send invites may read them; a personal workspace has none (I6)."""
    code = refusal(ActId.INVITES_SEND, here.actor, here.circumstances)
    if code and code != "personal_workspace":
        raise Refused(code)


def _may_give(here: Here, act: ActId, role: Role) -> None:
    here.may(act)
    if code := invite_role_refusal(role, here.actor, by_link=act == ActId.INVITES_LINK):
        raise Refused(code)


def _found(change: Change, workspace_id: str, invite_id: str) -> tuple[Here, InviteRow]:
    """An invite, for somebody who may see it. Raises `Refused`."""
    here = change.enter(workspace_id)
    _may_read(here)
    row = invites.read(change.connection, here.workspace.pk, invite_id)
    if row is None:
        raise Refused("not_found")
    return here, row


def _refusal(change: Change, here: Here, row: InviteRow, act: ActId) -> str | None:
    return invite_refusal(act, here.actor, here.circumstances, row.role, row.status(change.now))
