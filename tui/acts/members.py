"""What can be done to members: roles, status, removal, handing over (M1-M8)."""

from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

from tui.acts import status as statuses
from tui.acts.act import Act, Result, Weight
from tui.acts.consequences import Consequences
from tui.acts.performing import BulkCall, failure_of, in_parts, one_by_one, one_or_many
from tui.context.context import Context
from tui.domain.acts import ActId
from tui.domain.members import Member, MemberChange, MemberItem
from tui.domain.roles import Role, Status

Answer = TypeVar("Answer")


def _bulk(change: Callable[[Answer], MemberChange], *, dry_run: bool = False) -> BulkCall[Member, Answer]:
    async def call(context: Context, members: Sequence[Member], answer: Answer) -> list[Result[Member]]:
        items = [MemberItem(member.user_id, member.version) for member in members]
        backend, workspace = context.backend, context.workspace
        verdicts = await backend.members.bulk(workspace.id, change(answer), items, dry_run=dry_run)
        return [
            Result(member, verdict.member, failure_of(verdict.problem, verdict.member))
            for member, verdict in zip(members, verdicts, strict=True)
        ]

    return call


def _set_role(context: Context, member: Member, role: Role) -> Awaitable[Member]:
    return context.backend.members.set_role(context.workspace.id, member.user_id, role, member.version)


def _role_change(role: Role) -> MemberChange:
    return MemberChange(role=role.value)


def _role_weight(members: Sequence[Member], role: Role) -> Weight:
    if len(members) > 1:
        return Weight.TYPE_NAME
    grave = any(member.is_self or Role.OWNER in (role, member.role) for member in members)
    return Weight.CONFIRM if grave else Weight.LIGHT


def _of_set_role(context: Context, members: Sequence[Member], role: Role) -> Consequences:
    several = len(members) > 1
    becomes = f"{_whom(members)} become{'' if several else 's'} {role.capitalize()}{_present(members)}."
    stepping_down = any(member.is_self for member in members) and role != Role.OWNER
    return Consequences(
        becomes=becomes,
        stops=f"You lose what a {role.capitalize()} may not do." if stepping_down else "",
        stays="An Owner may do everything in the workspace, change other Owners too." if role == Role.OWNER else "",
        for_good="You cannot give yourself the role back." if stepping_down else "",
    )


def _present(members: Sequence[Member]) -> str:
    return f" (now {members[0].role.capitalize()})" if len(members) == 1 else ""


SET_ROLE: Act[Member, Role] = Act(
    id=ActId.MEMBERS_SET_ROLE,
    label="Change role",
    word=lambda members: "Role",
    verb="Change the role of",
    weight=_role_weight,
    consequences=_of_set_role,
    done=lambda result, role: f"{_name(result)} is now {role.capitalize()}.",
    perform=one_or_many(_set_role, _bulk(_role_change)),
    rehearse=in_parts(_bulk(_role_change, dry_run=True)),
    inverse=lambda result: result.was.role,
)


def _set_status(context: Context, member: Member, status: Status) -> Awaitable[Member]:
    return context.backend.members.set_status(context.workspace.id, member.user_id, status, member.version)


def _status_change(status: Status) -> MemberChange:
    return MemberChange(status=status.value)


def _of_set_status(context: Context, members: Sequence[Member], status: Status) -> Consequences:
    several, name = len(members) > 1, context.workspace.name
    are = "are" if several else "is"
    if status == Status.ACTIVE:
        return Consequences(
            becomes=f"{_whom(members)} {are} enabled in {name} again.",
            stays="Role and seat are as they were; tokens that worked before work again.",
        )
    return Consequences(
        becomes=f"{_whom(members)} {are} locked out of {name} at once.",
        stops=_tokens_stop(members),
        stays="Seat and role stay, and so do other workspaces and sessions. Enabling restores it all.",
    )


SET_STATUS: Act[Member, Status] = Act(
    id=ActId.MEMBERS_SET_STATUS,
    label="Disable or enable member",
    word=statuses.word,
    weight=lambda members, status: Weight.by_number(members),
    consequences=_of_set_status,
    done=lambda result, status: f"{_name(result)} is {statuses.participle(status)}.",
    perform=one_or_many(_set_status, _bulk(_status_change)),
    rehearse=in_parts(_bulk(_status_change, dry_run=True)),
    inverse=lambda result: result.was.status,
)


async def _remove(context: Context, member: Member, answer: None) -> None:
    await context.backend.members.remove(context.workspace.id, member.user_id, member.version)


def _removal(answer: None) -> MemberChange:
    return MemberChange(remove=True)


def _of_remove(context: Context, members: Sequence[Member], answer: None) -> Consequences:
    several, name = len(members) > 1, context.workspace.name
    return Consequences(
        becomes=f"{_whom(members)} lose{'' if several else 's'} seat and role in {name} at once.",
        stops=_tokens_stop(members),
        stays="Accounts and other workspaces stay." if several else "The account and other workspaces stay.",
        for_good="This cannot be taken back; a removed person can be invited again.",
    )


def _tokens_stop(members: Sequence[Member]) -> str:
    tokens = sum(member.active_tokens or 0 for member in members)
    if not tokens:
        return ""
    return f"{tokens:,} token{'s stop' if tokens > 1 else ' stops'} working."


REMOVE: Act[Member, None] = Act(
    id=ActId.MEMBERS_REMOVE,
    label="Remove from the workspace",
    word=lambda members: "Remove",
    weight=lambda members, answer: Weight.by_number(members),
    consequences=_of_remove,
    done=lambda result, answer: f"{_name(result)} is no longer a member.",
    perform=one_or_many(_remove, _bulk(_removal)),
    rehearse=in_parts(_bulk(_removal, dry_run=True)),
)


async def _hand_over(context: Context, member: Member, own_role: Role) -> Member:
    backend, workspace = context.backend, context.workspace
    return (await backend.members.hand_over(workspace.id, member.user_id, member.version, own_role)).owner


def _of_hand_over(context: Context, members: Sequence[Member], own_role: Role) -> Consequences:
    return Consequences(
        becomes=f"{_whom(members)} becomes Owner of {context.workspace.name}, and you become {own_role.capitalize()}.",
        stops="You lose what only an Owner may do.",
        stays="You stay a member.",
        for_good="Only an Owner can make you Owner again.",
    )


HAND_OVER: Act[Member, Role] = Act(
    id=ActId.MEMBERS_HAND_OVER,
    label="Hand the workspace over",
    word=lambda members: "Hand over",
    weight=lambda members, own_role: Weight.CONFIRM,
    consequences=_of_hand_over,
    done=lambda result, own_role: f"{_name(result)} is now Owner, and you are {own_role.capitalize()}.",
    perform=one_by_one(_hand_over),
)


def _whom(members: Sequence[Member]) -> str:
    """The members as the subject or object of a sentence."""
    return members[0].username if len(members) == 1 else f"{len(members):,} members"


def _name(result: Result[Member]) -> str:
    return result.was.username
