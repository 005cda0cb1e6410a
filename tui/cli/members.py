"""`workspaces members`: who is in the workspace, as what."""

from collections.abc import Callable, Sequence

import click

from tui.acts.act import Result
from tui.acts.members import HAND_OVER, REMOVE, SET_ROLE, SET_STATUS
from tui.cli.acting import Manner, Order, Telling, acting, command_line
from tui.cli.calling import on_server
from tui.cli.listing import listing_options, pages
from tui.cli.naming import Found, find_member, find_members
from tui.cli.output import Format, document, listing
from tui.cli.words import RoleWord, SortWord, StatusWord, from_standard_input
from tui.context.context import Context
from tui.domain.errors import problem
from tui.domain.members import HandedOver, Member, MemberVerdict, MemberVerdicts
from tui.domain.queries import ListQuery
from tui.domain.roles import Role, Status
from tui.lists.members import MEMBERS, SORT_KEYS

several_members = click.argument("names", metavar="MEMBER...", nargs=-1, required=True, callback=from_standard_input)


@click.group()
def members() -> None:
    """List, change and remove members.

    MEMBER is an id, an email address or a username; - reads several from standard input.
    """


@members.command("list")
@click.option("--query", metavar="Q", default="", help="Words that begin words of username, name or email.")
@click.option("--role", type=RoleWord(), multiple=True, help="Only this role; may be given again.")
@click.option("--status", type=StatusWord(), multiple=True, help="Only this status; may be given again.")
@click.option(
    "--sort",
    type=SortWord(SORT_KEYS),
    default=SORT_KEYS[0],
    show_default=True,
    help="The field; - before it: descending.",
)
@listing_options
@on_server
async def list_members(
    context: Context,
    *,
    query: str,
    role: tuple[Role, ...],
    status: tuple[Status, ...],
    sort: str,
    format: Format,
) -> None:
    """Print the members of the workspace."""
    asked = ListQuery(sort.removeprefix("-"), sort.startswith("-"), query, {"role": role, "status": status})
    rows = pages(lambda place: context.backend.members.list(context.workspace.id, asked, place), _id, format)
    await listing(MEMBERS, rows, format)


@members.command("set-role")
@several_members
@click.argument("role", type=RoleWord())
@acting(dry_run=True)
@on_server
async def set_role(context: Context, names: Sequence[str], role: Role, how: Manner) -> int:
    """Give members the role owner, manager or user."""
    found = await find_members(context, names)
    return await Order(SET_ROLE, context, role, how).on_each(found, _telling(context, _former_roles))


@members.command()
@several_members
@acting(dry_run=True)
@on_server
async def disable(context: Context, names: Sequence[str], how: Manner) -> int:
    """Lock members out of the workspace; seat and role stay."""
    return await _set_status(context, names, Status.DISABLED, how)


@members.command()
@several_members
@acting(dry_run=True)
@on_server
async def enable(context: Context, names: Sequence[str], how: Manner) -> int:
    """Let disabled members in again."""
    return await _set_status(context, names, Status.ACTIVE, how)


async def _set_status(context: Context, names: Sequence[str], status: Status, how: Manner) -> int:
    found = await find_members(context, names)
    return await Order(SET_STATUS, context, status, how).on_each(found, _telling(context, _former_statuses))


@members.command()
@several_members
@acting(dry_run=True)
@on_server
async def remove(context: Context, names: Sequence[str], how: Manner) -> int:
    """Take members' seats away.

    \b
    cut -d, -f1 leavers.csv | workspaces members remove - --dry-run
    """
    found = await find_members(context, names)
    return await Order(REMOVE, context, None, how).on_each(found, Telling(_username, _verdicts))


@members.command("hand-over")
@click.argument("name", metavar="MEMBER", callback=from_standard_input)
@click.option(
    "--step-down-to",
    type=RoleWord(Role.MANAGER, Role.USER),
    default="manager",
    show_default=True,
    help="Your role afterwards.",
)
@acting()
@on_server
async def hand_over(context: Context, name: str, step_down_to: Role, how: Manner) -> None:
    """Make a member Owner and step down, in one act."""
    order, member = Order(HAND_OVER, context, step_down_to, how), await find_member(context, name)
    if not how.json:
        await order.on(member)
    elif owner := (await order.result(member)).after:
        own = await context.backend.members.get(context.workspace.id, context.user.id)
        document(HandedOver(owner=owner, own=own))


def _id(member: Member) -> str:
    return member.user_id


def _username(member: Member) -> str:
    return member.username


def _former_roles(results: Sequence[Result[Member]]) -> list[list[str]]:
    by_role: dict[str, list[str]] = {}
    for result in results:
        if result.before and result.after and result.before.role != result.after.role:
            by_role.setdefault(result.before.role, []).append(result.before.username)
    return [["set-role", *names, role] for role, names in by_role.items()]


def _former_statuses(results: Sequence[Result[Member]]) -> list[list[str]]:
    by_verb: dict[str, list[str]] = {}
    for result in results:
        if result.before and result.after and result.before.status != result.after.status:
            verb = "enable" if result.before.status == Status.ACTIVE else "disable"
            by_verb.setdefault(verb, []).append(result.before.username)
    return [[verb, *names] for verb, names in by_verb.items()]


def _telling(context: Context, former: Callable[[Sequence[Result[Member]]], list[list[str]]]) -> Telling[Member]:
    """How changes of members are told; `former` has the words that give each back what it had."""

    def ways_back(results: Sequence[Result[Member]]) -> list[str]:
        return [command_line("members", *words, "--workspace", context.workspace.name) for words in former(results)]

    return Telling(_username, _verdicts, ways_back)


def _verdicts(results: Sequence[Result[Member]], found: Found[Member]) -> MemberVerdicts:
    """As the service tells it of a bulk call; what names nobody comes last."""
    unknown = [MemberVerdict(name, None, problem(failure)) for name, failure in found.missing.items()]
    return MemberVerdicts(
        [
            MemberVerdict(row.user_id, result.after, problem(result.failure) if result.failure else None)
            for row, result in zip(found.rows, results, strict=False)
        ]
        + unknown
    )
