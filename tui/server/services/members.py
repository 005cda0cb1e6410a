"""Members: listing, changing one or many, handing over (M1-M9, W8)."""

from collections.abc import Callable, Iterator

from tui.domain.activity import TargetType
from tui.domain.acts import ActId
from tui.domain.errors import Refused, invalid
from tui.domain.members import (
    HandedOver,
    HandOverAsk,
    Member,
    MemberBulkAsk,
    MemberChange,
    MemberPatch,
    MemberVerdict,
    MemberVerdicts,
)
from tui.domain.queries import ListQuery, Page, Place
from tui.domain.roles import ROLES, Role, Status
from tui.server.change import Change, Target, changing
from tui.server.reading import Reading, reading
from tui.server.services import asked, shown
from tui.server.services.attempting import attempted
from tui.server.services.invite_rights import lost_rights
from tui.server.services.roster import Roster
from tui.server.storage import member_pages, members
from tui.server.storage.activity import Values
from tui.server.storage.member_pages import SORTS, MemberFilter
from tui.server.storage.members import STATUSES, MemberRow


@reading
def list(read: Reading, workspace_id: str, query: ListQuery, place: Place) -> Page[Member]:
    """A page of a workspace's members (M4, M9)."""
    asked.only(query, "role", "status", "is")
    here = read.enter(workspace_id)
    found = MemberFilter(
        workspace_pk=here.workspace.pk,
        roles=asked.values(query, "role", Role) or frozenset(ROLES),
        statuses=asked.values(query, "status", Status) or frozenset(STATUSES),
        q=query.q,
        exactly=tuple(query.filters.get("is", ())),
        sort=asked.sort(query, SORTS),
        descending=query.descending,
    )
    page = member_pages.read(read.connection, found, place)
    active = shown.active_tokens(read, here, page.items)
    return asked.shown(page, lambda row: shown.member(row, here, active[row.user_id]))


@reading
def get(read: Reading, workspace_id: str, user_id: str) -> Member:
    """One member. Raises `Refused("not_found")`."""
    here = read.enter(workspace_id)
    row = members.of_users(read.connection, here.workspace.pk, [user_id]).get(user_id)
    if row is None:
        raise Refused("not_found")
    return shown.one_member(read, here, row)


@changing()
def update(change: Change, workspace_id: str, user_id: str, patch: MemberPatch, version: int | None) -> Member:
    """Changes a member's role, status or both (M1, M2, M3, M5). What is so already changes nothing.

    Raises `Conflict` with the member as it is, `role_forbidden`, `self_disable`, `personal_workspace`, `last_owner`.
    """
    if patch.role is None and patch.status is None:
        raise invalid("role", "Say which role or which status the member gets.")
    roster = Roster.read(change, workspace_id, [user_id])
    roster.alter(user_id, version, role=patch.role, status=patch.status)
    _write(change, roster)
    return roster.member(user_id)


@changing()
def remove(change: Change, workspace_id: str, user_id: str, version: int | None) -> None:
    """Takes a member's seat (M7). Raises as `update` does, and `self_remove`."""
    roster = Roster.read(change, workspace_id, [user_id])
    roster.remove(user_id, version)
    _write(change, roster)


@changing()
def bulk(change: Change, workspace_id: str, ask: MemberBulkAsk) -> MemberVerdicts:
    """Changes or removes many, in order, each against the state after the one before (M6).

    Those refused do not stop the rest. A dry run says the same and changes nothing.
    """
    _check_bulk(ask)
    user_ids = [item.user_id for item in ask.items]
    roster = Roster.read(change, workspace_id, user_ids)
    roster.here.may(_act(ask.change))
    problems = {item.user_id: attempted(_step(roster, ask.change, item.user_id, item.version)) for item in ask.items}
    if not ask.dry_run:
        _write(change, roster)
    return MemberVerdicts(
        results=[
            MemberVerdict(
                user_id=user_id,
                member=roster.member(user_id) if roster.holds(user_id) else None,
                problem=problems[user_id],
            )
            for user_id in user_ids
        ]
    )


@changing()
def hand_over(change: Change, workspace_id: str, ask: HandOverAsk) -> HandedOver:
    """Makes another active member Owner, and the caller what was asked, or neither (M8)."""
    roster = Roster.read(change, workspace_id, [ask.user_id])
    roster.hand_over(ask.user_id, ask.version, Role(ask.own_role))
    _write(change, roster, handed_over=True)
    return HandedOver(owner=roster.member(ask.user_id), own=roster.member(change.actor.user_id))


def _check_bulk(ask: MemberBulkAsk) -> None:
    chosen = (ask.change.role is not None, ask.change.status is not None, ask.change.remove)
    if sum(chosen) != 1:
        raise invalid("change", "Exactly one of role, status and remove.")
    if len({item.user_id for item in ask.items}) != len(ask.items):
        raise invalid("items", "Each member once.")


def _act(wanted: MemberChange) -> ActId:
    if wanted.remove:
        return ActId.MEMBERS_REMOVE
    return ActId.MEMBERS_SET_ROLE if wanted.role else ActId.MEMBERS_SET_STATUS


def _step(roster: Roster, wanted: MemberChange, user_id: str, version: int | None) -> Callable[[], None]:
    if wanted.remove:
        return lambda: roster.remove(user_id, version)
    return lambda: roster.alter(user_id, version, role=wanted.role, status=wanted.status)


def _write(change: Change, roster: Roster, *, handed_over: bool = False) -> None:
    """Writes what a roster decided, with an entry for each change of a member; handing over is of the account too."""
    changes = roster.changes()
    if not changes:
        return
    workspace_pk = roster.here.workspace.pk
    members.save(change.connection, workspace_pk, changes)
    for before, after in changes:
        target = Target(TargetType.MEMBER, before.user_id, before.username)
        for action, was, became in _told(before, after, handed_over=handed_over):
            change.record(action, target, before=was, after=became, workspace_pk=workspace_pk, account=handed_over)
    lost_rights(change, workspace_pk, changes)


def _told(
    before: MemberRow, after: MemberRow | None, *, handed_over: bool
) -> Iterator[tuple[ActId, Values, Values | None]]:
    """What the log says of a change: the act, what was, what became."""
    if after is None:
        yield ActId.MEMBERS_REMOVE, {"role": before.role.value, "status": before.status.value}, None
        return
    if after.role != before.role:
        act = ActId.MEMBERS_HAND_OVER if handed_over else ActId.MEMBERS_SET_ROLE
        yield act, {"role": before.role.value}, {"role": after.role.value}
    if after.status != before.status:
        yield ActId.MEMBERS_SET_STATUS, {"status": before.status.value}, {"status": after.status.value}
