"""What can be done to members: roles, status, removal, handing over (M1-M8)."""

from collections.abc import Awaitable, Callable, Sequence
from typing import TypeAlias, TypeVar

from tui.acts import consequences
from tui.acts.act import Act, Parts, Perform, Result, Weight, one_by_one
from tui.acts.bulk import failure_of
from tui.context.context import Context
from tui.domain.acts import ActId
from tui.domain.members import Member, MemberChange, MemberItem, MemberVerdict
from tui.domain.queries import PAGE_LIMIT
from tui.domain.roles import Role, Status

Answer = TypeVar("Answer")

Call: TypeAlias = Callable[[Context, Member, Answer], Awaitable[Member | None]]


def _performing(call: Call[Answer], change: Callable[[Answer], MemberChange]) -> Perform[Member, Answer]:
    """One member by the call of its own; several by bulk calls (M6)."""
    one = one_by_one(call)

    def perform(context: Context, members: Sequence[Member], answer: Answer) -> Parts[Member]:
        if len(members) == 1:
            return one(context, members, answer)
        return _bulk(context, members, change(answer), dry_run=False)

    return perform


def _rehearsing(change: Callable[[Answer], MemberChange]) -> Perform[Member, Answer]:
    def rehearse(context: Context, members: Sequence[Member], answer: Answer) -> Parts[Member]:
        return _bulk(context, members, change(answer), dry_run=True)

    return rehearse


async def _bulk(context: Context, members: Sequence[Member], change: MemberChange, *, dry_run: bool) -> Parts[Member]:
    for start in range(0, len(members), PAGE_LIMIT):
        part = members[start : start + PAGE_LIMIT]
        items = [MemberItem(member.user_id, member.version) for member in part]
        verdicts = await context.backend.members.bulk(context.workspace.id, change, items, dry_run=dry_run)
        yield [_result(member, verdict) for member, verdict in zip(part, verdicts, strict=True)]


def _result(member: Member, verdict: MemberVerdict) -> Result[Member]:
    return Result(member, verdict.member, failure_of(verdict, verdict.member))


def _set_role(context: Context, member: Member, role: Role) -> Awaitable[Member]:
    return context.backend.members.set_role(context.workspace.id, member.user_id, role, member.version)


def _role_change(role: Role) -> MemberChange:
    return MemberChange(role=role.value)


def _role_weight(members: Sequence[Member], role: Role) -> Weight:
    if len(members) > 1:
        return Weight.TYPE_NAME
    grave = any(member.is_self or Role.OWNER in (role, member.role) for member in members)
    return Weight.CONFIRM if grave else Weight.LIGHT


SET_ROLE: Act[Member, Role] = Act(
    id=ActId.MEMBERS_SET_ROLE,
    label="Change role",
    word=lambda members: "Role",
    weight=_role_weight,
    consequences=consequences.of_set_role,
    done=lambda result, role: f"{_name(result)} is now {role.capitalize()}.",
    perform=_performing(_set_role, _role_change),
    rehearse=_rehearsing(_role_change),
    inverse=lambda result: _was(result).role,
)


def _set_status(context: Context, member: Member, status: Status) -> Awaitable[Member]:
    return context.backend.members.set_status(context.workspace.id, member.user_id, status, member.version)


def _status_change(status: Status) -> MemberChange:
    return MemberChange(status=status.value)


def other_status(members: Sequence[Member]) -> Status:
    """The status that `d` gives to members: enabled when all are disabled, else disabled."""
    all_disabled = bool(members) and all(member.status == Status.DISABLED for member in members)
    return Status.ACTIVE if all_disabled else Status.DISABLED


SET_STATUS: Act[Member, Status] = Act(
    id=ActId.MEMBERS_SET_STATUS,
    label="Disable or enable member",
    word=lambda members: "Enable" if other_status(members) == Status.ACTIVE else "Disable",
    weight=lambda members, status: _confirm(members),
    consequences=consequences.of_set_status,
    done=lambda result, status: f"{_name(result)} is {'enabled' if status == Status.ACTIVE else 'disabled'}.",
    perform=_performing(_set_status, _status_change),
    rehearse=_rehearsing(_status_change),
    inverse=lambda result: _was(result).status,
)


async def _remove(context: Context, member: Member, answer: None) -> None:
    await context.backend.members.remove(context.workspace.id, member.user_id, member.version)


def _removal(answer: None) -> MemberChange:
    return MemberChange(remove=True)


REMOVE: Act[Member, None] = Act(
    id=ActId.MEMBERS_REMOVE,
    label="Remove from the workspace",
    word=lambda members: "Remove",
    weight=lambda members, answer: _confirm(members),
    consequences=consequences.of_remove,
    done=lambda result, answer: f"{_name(result)} is no longer a member.",
    perform=_performing(_remove, _removal),
    rehearse=_rehearsing(_removal),
)


async def _hand_over(context: Context, member: Member, own_role: Role) -> Member:
    backend, workspace = context.backend, context.workspace
    return (await backend.members.hand_over(workspace.id, member.user_id, member.version, own_role)).owner


HAND_OVER: Act[Member, Role] = Act(
    id=ActId.MEMBERS_HAND_OVER,
    label="Hand the workspace over",
    word=lambda members: "Hand over",
    weight=lambda members, own_role: Weight.CONFIRM,
    consequences=consequences.of_hand_over,
    done=lambda result, own_role: f"{_name(result)} is now Owner, and you are {own_role.capitalize()}.",
    perform=one_by_one(_hand_over),
)


def _confirm(members: Sequence[Member]) -> Weight:
    return Weight.TYPE_NAME if len(members) > 1 else Weight.CONFIRM


def _was(result: Result[Member]) -> Member:
    if result.before is None:
        raise ValueError("a member is changed, never made")
    return result.before


def _name(result: Result[Member]) -> str:
    return _was(result).username
