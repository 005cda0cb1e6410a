"""`workspaces tokens`: keys to a workspace for programs."""

from collections.abc import Collection, Sequence
from dataclasses import replace

import click

from tui.acts.act import Result
from tui.acts.secrets import FORGET, left_over
from tui.acts.tokens import CREATE, DELETE, RENAME, ROTATE, SET_STATUS
from tui.backend.device import this_device
from tui.cli.acting import Manner, Order, Telling, acting, command_line
from tui.cli.calling import on_server
from tui.cli.failing import FAILED_EXIT, warn
from tui.cli.listing import listing_options, pages
from tui.cli.naming import Found
from tui.cli.output import Format, document, facts, listing, rfc3339
from tui.cli.words import Duration, from_standard_input
from tui.context import token_secrets
from tui.context.context import Context
from tui.context.tokens import find, find_all, unknown
from tui.domain.errors import Refused, problem
from tui.domain.programs import Program
from tui.domain.queries import ListQuery
from tui.domain.roles import Status
from tui.domain.tokens import Token, TokenAsk, TokenSecret, TokenVerdict, TokenVerdicts
from tui.lists.column import Column
from tui.lists.time import NEVER
from tui.lists.tokens import SORT_KEYS, columns
from tui.secret_stores.store import NotKept

one_token = click.argument("id", metavar="ID", callback=from_standard_input)
several_tokens = click.argument("ids", metavar="ID...", nargs=-1, required=True, callback=from_standard_input)


@click.group()
def tokens() -> None:
    """List, create, change and delete tokens: keys to the workspace for programs.

    ID is a token's id; - reads several from standard input.
    """


@tokens.command("list")
@click.option("--all", "everybodys", is_flag=True, help="Everybody's, for Owners and Managers; else your own.")
@listing_options
@on_server
async def list_tokens(context: Context, *, everybodys: bool, format: Format) -> None:
    """Print the tokens of the workspace."""
    whose = "all" if everybodys else "me"
    asked = ListQuery(SORT_KEYS[0], descending=True, filters={"member": (whose,)})
    rows = pages(lambda place: context.backend.tokens.list(context.workspace.id, asked, place), _id, format)
    try:
        held = await token_secrets.held(context)
    except NotKept as failure:
        warn(failure.detail)
        held = frozenset()
    await listing(_columns(held), rows, format)
    if held and not (format.json or format.csv):
        await _tell_unknown(context)


def _columns(held: Collection[str]) -> list[Column[Token]]:
    """The id first, and in every terminal: commands ask for it."""
    shown = sorted(columns(held), key=lambda column: column.id != "id")
    return [replace(shown[0], from_width=0), *shown[1:]]


async def _tell_unknown(context: Context) -> None:
    if left := sorted(await token_secrets.unknown(context)):
        warn(f"Held on this machine, but not among your tokens on the server: {' '.join(left)}.")
        warn(f"To forget them: {command_line('tokens', 'delete', *left)}")


@tokens.command()
@click.option("--name", metavar="N", default="", help="What you will know it by; else the name of this computer.")
@click.option(
    "--expires-in", type=Duration(), default="90d", show_default=True, metavar="SPAN", help="Such as 12h, 30d or never."
)
@click.option("--save", is_flag=True, help="Keep the secret on this machine.")
@acting(asks=False)
@on_server
async def create(context: Context, *, name: str, expires_in: int | None, save: bool, how: Manner) -> int:
    """Make a token of yours, and print its secret this once."""
    if save:
        await _check_store(context)
    ask = TokenAsk(name or this_device(Program.CLI).name, expires_in)
    result = await Order(CREATE, context, ask, how).result()
    code = _print_secret(context, result, how)
    if save and result.after and result.once:
        await context.secrets.keep(result.after.id, result.once)
        warn(f"The secret is kept in {(await context.secrets.condition()).name}.")
    return code


@tokens.command()
@one_token
@click.argument("name")
@acting(asks=False)
@on_server
async def rename(context: Context, id: str, name: str, how: Manner) -> None:
    """Give a token another name."""
    token = await find(context, id)
    await Order(RENAME, context, name, how).on(token, back=_command(context, "rename", id, token.name))


@tokens.command(short_help="Give a token of yours a new secret.")
@one_token
@acting()
@on_server
async def rotate(context: Context, id: str, how: Manner) -> int:
    """Give a token of yours a new secret, and print it this once; the old one is dead."""
    result = await Order(ROTATE, context, None, how).result(await find(context, id))
    code = _print_secret(context, result, how)
    if result.once and await token_secrets.renew(context, id, result.once):
        warn(f"The secret is kept in {(await context.secrets.condition()).name}, in place of the old one.")
    return code


@tokens.command()
@several_tokens
@acting(dry_run=True)
@on_server
async def disable(context: Context, ids: Sequence[str], how: Manner) -> int:
    """Refuse whatever uses these tokens, until they are enabled."""
    return await _set_status(context, ids, Status.DISABLED, how)


@tokens.command()
@several_tokens
@acting(dry_run=True)
@on_server
async def enable(context: Context, ids: Sequence[str], how: Manner) -> int:
    """Let disabled tokens work again."""
    return await _set_status(context, ids, Status.ACTIVE, how)


async def _set_status(context: Context, ids: Sequence[str], status: Status, how: Manner) -> int:
    verb = "enable" if status == Status.DISABLED else "disable"

    def ways_back(results: Sequence[Result[Token]]) -> list[str]:
        changed = [each.id for result in results if (each := _changed(result))]
        return [_command(context, verb, *changed)] if changed else []

    found = await _found(context, ids)
    return await Order(SET_STATUS, context, status, how).on_each(found, Telling(_id, _verdicts, ways_back))


def _changed(result: Result[Token]) -> Token | None:
    """The token, if its status is another one now."""
    before, after = result.before, result.after
    return after if before and after and before.status != after.status else None


@tokens.command()
@several_tokens
@acting(dry_run=True)
@on_server
async def delete(context: Context, ids: Sequence[str], how: Manner) -> int:
    """End tokens; what this machine holds of them is forgotten."""
    found = await _found(context, ids)
    if found.missing and not how.dry_run:
        await _forget_unknown(context, found)
    return await Order(DELETE, context, None, how).on_each(found, Telling(_id, _verdicts))


async def _check_store(context: Context) -> None:
    """Raises `Refused` where a secret would not be there in the next run: then nothing is made."""
    kept = await context.secrets.condition()
    if not kept.can_keep:
        raise Refused("secret_store_absent", f"{kept.state.sentence} {kept.state.advice}".strip())


def _print_secret(context: Context, result: Result[Token], how: Manner) -> int:
    """Print a token with its secret, which a late repeat of the call comes without; the exit code."""
    token, secret = result.after, result.once
    if token is None:
        return 0
    if how.json:
        document(TokenSecret(token, secret))
    else:
        expires = rfc3339(token.expires_at) if token.expires_at else NEVER
        shown = [("secret", secret)] if secret else []
        facts([("name", token.name), ("id", token.id), *shown, ("expires", expires)])
    if secret is None:
        warn(f"The answer with the secret was lost. For a new one: {_command(context, 'rotate', token.id)}")
        return FAILED_EXIT
    if not how.json:
        warn("The secret cannot be shown again.")
    return 0


async def _found(context: Context, ids: Sequence[str]) -> Found[Token]:
    tokens = await find_all(context, ids)
    missing = {id: unknown(context, id) for id in ids if id not in tokens}
    return Found([tokens[id] for id in ids if id in tokens], dict(missing))


async def _forget_unknown(context: Context, found: Found[Token]) -> None:
    """Of what the server knows no longer, this machine may still hold the secret: that is all there is to delete.

    A secret that still opens something is somebody else's, and stays.
    """
    left = [each for each in await left_over(context, Program.CLI) if each.id in found.missing]
    async for part in FORGET.perform(context, (), left):
        for result in part:
            warn(FORGET.done(result, left))
            del found.missing[result.was.id]


def _command(context: Context, *words: str) -> str:
    return command_line("tokens", *words, "--workspace", context.workspace.name)


def _id(token: Token) -> str:
    return token.id


def _verdicts(results: Sequence[Result[Token]], found: Found[Token]) -> TokenVerdicts:
    """As the service tells it of a bulk call; what names nothing comes last."""
    missing = [TokenVerdict(id, None, problem(failure)) for id, failure in found.missing.items()]
    return TokenVerdicts(
        [
            TokenVerdict(token.id, result.after, problem(result.failure) if result.failure else None)
            for token, result in zip(found.rows, results, strict=False)
        ]
        + missing
    )
