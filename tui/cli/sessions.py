"""`workspaces sessions`: where you are signed in."""

from collections.abc import Sequence

import click

from tui.acts.act import Result
from tui.acts.sessions import END, END_OTHERS
from tui.cli.acting import Manner, Order, Telling, acting
from tui.cli.calling import on_server
from tui.cli.listing import listing_options, pages
from tui.cli.naming import Found
from tui.cli.output import Format, listing
from tui.cli.words import from_standard_input
from tui.context.context import Context
from tui.domain.errors import Refused, problem
from tui.domain.users import Session
from tui.lists.sessions import SESSIONS


class ListByDefault(click.Group):
    """A group whose command is `list` where none is named."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        named = args and (not args[0].startswith("-") or args[0] in self.get_help_option_names(ctx))
        return super().parse_args(ctx, args if named else ["list", *args])


@click.group(cls=ListByDefault)
def sessions() -> None:
    """List and end your sessions: where you are signed in."""


@sessions.command("list")
@listing_options
@on_server
async def list_sessions(context: Context, format: Format) -> None:
    """Print your sessions."""
    await listing(SESSIONS, pages(context.backend.sessions.list, _id, format), format)


@sessions.command()
@click.argument("ids", metavar="[ID...]", nargs=-1, callback=from_standard_input)
@click.option("--others", is_flag=True, help="End all but this one.")
@acting()
@on_server
async def end(context: Context, ids: Sequence[str], others: bool, how: Manner) -> int:
    """End sessions: what they ask next is refused."""
    if bool(ids) == others:
        raise click.UsageError("Give the ids of sessions, or --others.", click.get_current_context())
    if others:
        await Order(END_OTHERS, context, None, how).on()
        return 0
    return await Order(END, context, None, how).on_each(await _find(context, ids), _TELLING)


async def _find(context: Context, ids: Sequence[str]) -> Found[Session]:
    rows = pages(context.backend.sessions.list, _id)
    mine = {session.id: session async for page in rows for session in page.items}
    missing = {id: Refused("not_found", "None of your sessions has this id.") for id in ids if id not in mine}
    return Found([mine[id] for id in ids if id in mine], {**missing})


def _id(session: Session) -> str:
    return session.id


def _verdicts(results: Sequence[Result[Session]], found: Found[Session]) -> dict[str, list[dict[str, object]]]:
    """In the manner of the service's bulk calls; it has none for sessions."""
    ended = [(row.id, result.failure) for row, result in zip(found.rows, results, strict=False)]
    return {
        "results": [
            {"id": id, "session": None, "problem": problem(failure) if failure else None}
            for id, failure in [*ended, *found.missing.items()]
        ]
    }


_TELLING = Telling(lambda session: session.device.name, _verdicts)
