"""`workspaces activity`: who did what."""

from datetime import datetime

import click

from tui.cli.calling import on_server
from tui.cli.listing import listing_options, pages
from tui.cli.naming import find_member
from tui.cli.output import Format, listing
from tui.cli.words import Moment
from tui.context.context import Context
from tui.domain.activity import Activity
from tui.domain.names import is_id
from tui.domain.queries import ListQuery, Page, Place
from tui.lists.activity import ACTIVITY


@click.command()
@click.option("--mine", is_flag=True, help="Your own account's instead of the workspace's.")
@click.option("--actor", metavar="MEMBER", help="Who did it.")
@click.option("--action", metavar="ACT", help="What was done: members.set_role, or members.* for all of a noun.")
@click.option("--target", metavar="MEMBER", help="On whom.")
@click.option("--since", type=Moment(), help="Not before; 7d, 12h, a date or RFC 3339.")
@click.option("--until", type=Moment(), help="Before then; as --since.")
@listing_options
@on_server
async def activity(
    context: Context,
    *,
    mine: bool,
    actor: str | None,
    action: str | None,
    target: str | None,
    since: datetime | None,
    until: datetime | None,
    format: Format,
) -> None:
    """Print the activity log, newest first.

    \b
    workspaces activity --action 'members.*' --since 7d
    """
    if mine and (actor or target):
        raise click.UsageError(
            "--mine has only your own acts: give no --actor or --target.", click.get_current_context()
        )
    given = {
        "actor": await _id_of(context, actor),
        "action": action,
        "target": await _id_of(context, target),
        "since": since and since.isoformat(),
        "until": until and until.isoformat(),
    }
    query = ListQuery(filters={name: (value,) for name, value in given.items() if value})
    await listing(ACTIVITY, pages(lambda place: _read(context, query, place, mine=mine), _id, format), format)


async def _read(context: Context, query: ListQuery, place: Place, *, mine: bool) -> Page[Activity]:
    log = context.backend.activity
    return await (log.mine(query, place) if mine else log.list(context.workspace.id, query, place))


async def _id_of(context: Context, name: str | None) -> str | None:
    """An id as it is, for it may be of somebody who has left; else that of the member so called."""
    if name is None or is_id(name):
        return name
    return (await find_member(context, name)).user_id


def _id(entry: Activity) -> str:
    return entry.id
