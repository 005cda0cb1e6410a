"""`workspaces invites`: asking people in, and coming in."""

import asyncio
from collections.abc import Callable, Sequence

import click

from tui.acts.act import Result
from tui.acts.invites import ACCEPT, LINK, RESEND, REVOKE, SEND
from tui.cli.acting import Manner, Order, Telling, acting
from tui.cli.asking import line
from tui.cli.calling import begun, on_server
from tui.cli.failing import spoken, warn
from tui.cli.listing import listing_options, pages
from tui.cli.naming import Found
from tui.cli.output import Format, document, listing, say
from tui.cli.words import Duration, RoleWord, SortWord, from_standard_input
from tui.context.accepting import as_new_user, code_for, start_at
from tui.context.activating import activate
from tui.context.coming_in import Newcomer
from tui.context.context import Context
from tui.context.opening import opened
from tui.context.start import Start
from tui.domain.address_lists import addresses
from tui.domain.errors import Refused, problem
from tui.domain.invites import (
    MOST_USES,
    AcceptAsk,
    Invite,
    InviteKind,
    InviteLink,
    InviteLinkAsk,
    InvitesAsk,
    InviteStatus,
    InviteVerdict,
    InviteVerdicts,
    Mail,
)
from tui.domain.queries import PAGE_LIMIT, VALUES_LIMIT, ListQuery, Place
from tui.domain.roles import Role
from tui.domain.servers import Mode
from tui.domain.users import Welcome
from tui.lists.invites import DEFAULT_SORT, INVITES, SORT_KEYS

ALL = "all"
expires_in = click.option(
    "--expires-in", type=Duration(), default="7d", show_default=True, metavar="SPAN", help="Such as 12h, 30d or never."
)
several_invites = click.argument("ids", metavar="ID...", nargs=-1, required=True, callback=from_standard_input)


@click.group()
def invites() -> None:
    """Invite people, list invites, send them again, revoke and accept them.

    Links are printed once, on standard output.
    """


@invites.command()
@click.argument("emails", metavar="EMAIL...", nargs=-1, required=True, callback=from_standard_input)
@click.option("--role", type=RoleWord(), default="user", show_default=True, help="The role on joining.")
@expires_in
@acting(asks=False, dry_run=True)
@on_server
async def send(context: Context, emails: Sequence[str], role: Role, expires_in: int | None, how: Manner) -> int:
    """Invite addresses; - reads them from standard input.

    Where the server sends no mail, each address is printed with its link, to be sent by hand.
    """
    ask = InvitesAsk(addresses(" ".join(emails)), role.value, expires_in)
    _warn_if_alone(context)
    results: list[Result[Invite]] = []
    order = Order(SEND, context, ask, how)
    async for result in order.results():
        if not how.json:
            _tell_sent(ask, ask.emails[len(results)], result, how)
        results.append(result)
    if how.json:
        document(InviteVerdicts([_verdict(email, r) for email, r in zip(ask.emails, results, strict=True)]))
    return max((result.failure.exit_code for result in results if result.failure), default=0)


def _tell_sent(ask: InvitesAsk, email: str, result: Result[Invite], how: Manner) -> None:
    if result.failure:
        warn(f"{email}: {spoken(result.failure)}")
    elif how.dry_run:
        say(f"Dry run: {email} is invited as {ask.role.capitalize()}.")
    elif result.once:
        say(f"{email} {result.once}")
    else:
        by_mail = result.after and result.after.mail in {Mail.QUEUED, Mail.SENT}
        warn(f"{SEND.done(result, ask)}{' The mail is on its way.' if by_mail else ''}")


def _verdict(email: str, result: Result[Invite]) -> InviteVerdict:
    return InviteVerdict(email, result.after, result.once, problem(result.failure) if result.failure else None)


@invites.command(short_help="Make a link by which whoever has it can join.")
@click.option(
    "--role", type=RoleWord(Role.MANAGER, Role.USER), default="user", show_default=True, help="The role on joining."
)
@expires_in
@click.option("--max-uses", type=click.IntRange(1, MOST_USES), metavar="N", help="How many people at most.")
@click.option("--label", metavar="L", help="What you will know it by.")
@acting(asks=False)
@on_server
async def link(
    context: Context, *, role: Role, expires_in: int | None, max_uses: int | None, label: str | None, how: Manner
) -> None:
    """Make a link by which whoever has it can join, and print it this once."""
    _warn_if_alone(context)
    ask = InviteLinkAsk("manager" if role == Role.MANAGER else "user", expires_in, max_uses, label)
    result = await Order(LINK, context, ask, how).result()
    if how.json and result.after:
        document(InviteLink(result.after, result.once))
        return
    warn(LINK.done(result, ask))
    say(result.once or "-")


@invites.command("list")
@click.option("--query", metavar="Q", default="", help="Words that begin words of address, label or inviter.")
@click.option(
    "--kind",
    type=click.Choice([kind.value for kind in InviteKind]),
    multiple=True,
    help="Only this kind; may be given again.",
)
@click.option("--role", type=RoleWord(), multiple=True, help="Only this role; may be given again.")
@click.option(
    "--status",
    type=click.Choice([*(status.value for status in InviteStatus), ALL]),
    multiple=True,
    help="Only this status, else pending; may be given again.",
)
@click.option(
    "--sort",
    type=SortWord(SORT_KEYS),
    default=DEFAULT_SORT,
    show_default=True,
    help="The field; - before it: descending.",
)
@listing_options
@on_server
async def list_invites(
    context: Context,
    *,
    query: str,
    kind: tuple[str, ...],
    role: tuple[Role, ...],
    status: tuple[str, ...],
    sort: str,
    format: Format,
) -> None:
    """Print the invites of the workspace, the pending ones unless another --status is given."""
    filters = {"kind": kind, "role": role, "status": tuple(InviteStatus) if ALL in status else status}
    asked = ListQuery(sort.removeprefix("-"), sort.startswith("-"), query, filters)
    rows = pages(lambda place: context.backend.invites.list(context.workspace.id, asked, place), _id, format)
    await listing(INVITES, rows, format)


@invites.command()
@several_invites
@acting(dry_run=True)
@on_server
async def resend(context: Context, ids: Sequence[str], how: Manner) -> int:
    """Send invites again, each with a new code, good for as long as the first was; the old one is dead."""
    found = await _find(context, ids)
    return await Order(RESEND, context, None, how).on_each(found, Telling(_name, _resent))


@invites.command()
@several_invites
@acting(dry_run=True)
@on_server
async def revoke(context: Context, ids: Sequence[str], how: Manner) -> int:
    """End invites: nobody can join by them any more."""
    found = await _find(context, ids)
    return await Order(REVOKE, context, None, how).on_each(found, Telling(_name, _revoked))


def _pasted(_context: click.Context, _argument: click.Parameter, given: str) -> str:
    """The link or code: asked for at a terminal, else the next line of standard input."""
    return line("Link", hidden=True) if given == "-" else given


@invites.command()
@click.argument("link", metavar="-", callback=_pasted)
@click.option("--username", metavar="U", default="", help="Make a new account of this name, and join with it.")
@click.option("--email", metavar="E", help="The address of the new account; else the one that was invited.")
@acting(asks=False)
@click.option("--debug", is_flag=True, expose_value=False, help="Show where it failed.")
@click.pass_context
def accept(click_context: click.Context, link: str, *, username: str, email: str | None, how: Manner) -> None:
    """Join by an invite, whose link or code is on standard input.

    With your account of the link's server; or, with --username, with a new one, which this machine
    is then signed in to.
    """
    start = start_at(begun(click_context), link)
    if username:
        asyncio.run(_come_in(start, link, Newcomer(username, email=email), how))
    else:
        asyncio.run(_join(start, link, how))


async def _come_in(start: Start, link: str, newcomer: Newcomer, how: Manner) -> None:
    async with opened(await as_new_user(start, link, newcomer)) as context:
        activated = await activate(context, context.workspace)
        if how.json:
            document(Welcome(context.user, activated.workspace, session=None, secret=None))
            return
        say(f"You are {context.user.username} on {context.place}, in {activated.workspace.name}.")
        say(*([activated.note] if activated.note else []))


async def _join(start: Start, link: str, how: Manner) -> None:
    async with opened(start) as context:
        ask = AcceptAsk(code_for(context.backend.address, link))
        await Order(ACCEPT, context, ask, how).on()


def _warn_if_alone(context: Context) -> None:
    if context.server.mode == Mode.EMBEDDED:
        warn("Nobody else can reach this server: for a team, run workspaces serve.")


async def _find(context: Context, ids: Sequence[str]) -> Found[Invite]:
    """The invites of these ids, in their order, whatever their status."""
    known: dict[str, Invite] = {}
    for start in range(0, len(ids), VALUES_LIMIT):
        query = ListQuery(filters={"is": tuple(ids[start : start + VALUES_LIMIT]), "status": tuple(InviteStatus)})
        page = await context.backend.invites.list(context.workspace.id, query, Place(limit=PAGE_LIMIT))
        known |= {invite.id: invite for invite in page.items}
    missing = {
        id: Refused("not_found", f"{context.workspace.name} has no invite {id}.") for id in ids if id not in known
    }
    return Found([known[id] for id in ids if id in known], {**missing})


def _resent(results: Sequence[Result[Invite]], found: Found[Invite]) -> object:
    """In the manner of the service's bulk calls; it has none for invites."""
    return _told(results, found, lambda result: {"invite": result.after, "link": result.once})


def _revoked(results: Sequence[Result[Invite]], found: Found[Invite]) -> object:
    return _told(results, found, lambda result: {"invite": result.after})


def _told(
    results: Sequence[Result[Invite]],
    found: Found[Invite],
    fields: Callable[[Result[Invite]], dict[str, object]],
) -> dict[str, list[dict[str, object]]]:
    done = [(row.id, result) for row, result in zip(found.rows, results, strict=False)]
    missing = [(id, Result[Invite](None, failure=failure)) for id, failure in found.missing.items()]
    return {
        "results": [
            {"id": id, **fields(result), "problem": problem(result.failure) if result.failure else None}
            for id, result in [*done, *missing]
        ]
    }


def _id(invite: Invite) -> str:
    return invite.id


def _name(invite: Invite) -> str:
    return invite.name
