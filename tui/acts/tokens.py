"""What can be done to tokens: creating, renaming, disabling, rotating, deleting (T1-T3)."""

from collections.abc import Awaitable, Callable, Sequence
from contextlib import aclosing
from typing import TypeVar

from msgspec.structs import replace

from tui.acts import token_consequences as consequences
from tui.acts.act import Act, Parts, Perform, Result, Weight, one_by_one
from tui.acts.bulk import by_refusals, failure_of
from tui.context import token_secrets
from tui.context.context import Context
from tui.domain.acts import ActId, Standing
from tui.domain.acts import Place as ActsPlace
from tui.domain.acts import refusal as permission_refusal
from tui.domain.errors import Refused
from tui.domain.queries import PAGE_LIMIT, ListQuery, Place
from tui.domain.roles import Status
from tui.domain.tokens import RotateAsk, Token, TokenAsk, TokenChange, TokenItem, TokenStatus

Answer = TypeVar("Answer")


def may_see_all(context: Context) -> bool:
    """Whether a person may list the tokens of others, and manage them (T3)."""
    workspace = context.workspace
    if workspace.role is None:
        return False
    standing = Standing(context.user.id, workspace.role, workspace.status)
    return permission_refusal(ActId.TOKENS_DELETE, standing, ActsPlace(workspace.kind, active_owners=0)) is None


def listed(context: Context) -> ListQuery:
    """The list of all tokens that the person may see."""
    return ListQuery(filters={"member": ("all" if may_see_all(context) else "me",)})


async def find(context: Context, token_id: str) -> Token:
    """The token of an id. Raises `Refused` `not_found`."""
    found = await find_all(context, [token_id])
    if token_id not in found:
        raise unknown(context, token_id)
    return found[token_id]


async def find_all(context: Context, token_ids: Sequence[str]) -> dict[str, Token]:
    """The tokens of ids, by id; what is an id of none is not among them."""
    query = listed(context)
    if len(token_ids) == 1:
        query = replace(query, q=token_ids[0])
    found: dict[str, Token] = {}
    place: Place | None = Place(limit=PAGE_LIMIT)
    while place and len(found) < len(token_ids):
        page = await context.backend.tokens.list(context.workspace.id, query, place)
        found |= {token.id: token for token in page.items if token.id in token_ids}
        place = Place(limit=PAGE_LIMIT, cursor=page.next) if page.next else None
    return found


def unknown(context: Context, token_id: str) -> Refused:
    """The refusal of an id that is of no token that the person may see."""
    return Refused("not_found", f"{context.workspace.name} has no token {token_id}.")


def _performing(
    call: Callable[[Context, Token, Answer], Awaitable[Token | None]], change: Callable[[Answer], TokenChange]
) -> Perform[Token, Answer]:
    """One token by the call of its own; several by bulk calls."""
    one = one_by_one(call)

    def perform(context: Context, tokens: Sequence[Token], answer: Answer) -> Parts[Token]:
        return one(context, tokens, answer) if len(tokens) == 1 else _bulk(context, tokens, change(answer))

    return perform


async def _bulk(context: Context, tokens: Sequence[Token], change: TokenChange) -> Parts[Token]:
    for start in range(0, len(tokens), PAGE_LIMIT):
        part = tokens[start : start + PAGE_LIMIT]
        items = [TokenItem(token.id, token.version) for token in part]
        verdicts = await context.backend.tokens.bulk(context.workspace.id, change, items)
        yield [
            Result(token, verdict.token, failure_of(verdict, verdict.token))
            for token, verdict in zip(part, verdicts, strict=True)
        ]


async def _create(context: Context, targets: Sequence[Token], ask: TokenAsk) -> Parts[Token]:
    made = await context.backend.tokens.create(context.workspace.id, ask)
    yield [Result(None, made.token, once=made.secret)]


CREATE: Act[Token, TokenAsk] = Act(
    id=ActId.TOKENS_CREATE,
    label="New token",
    word=lambda targets: "New",
    weight=lambda targets, ask: Weight.LIGHT,
    consequences=consequences.of_create,
    done=lambda result, ask: f"The token {ask.name} is made.",
    perform=_create,
)


async def _rename(context: Context, token: Token, name: str) -> Token:
    return await context.backend.tokens.rename(context.workspace.id, token.id, name, token.version)


RENAME: Act[Token, str] = Act(
    id=ActId.TOKENS_RENAME,
    label="Rename token",
    word=lambda tokens: "Rename",
    weight=lambda tokens, name: Weight.LIGHT,
    consequences=consequences.of_rename,
    done=lambda result, name: f"{_name(result)} is now {name}.",
    perform=one_by_one(_rename),
)


async def _set_status(context: Context, token: Token, status: Status) -> Token:
    return await context.backend.tokens.set_status(context.workspace.id, token.id, status.value, token.version)


def other_status(tokens: Sequence[Token]) -> Status:
    """The status that `d` gives to tokens: enabled when all are disabled, else disabled."""
    all_disabled = bool(tokens) and all(token.status == TokenStatus.DISABLED for token in tokens)
    return Status.ACTIVE if all_disabled else Status.DISABLED


SET_STATUS: Act[Token, Status] = Act(
    id=ActId.TOKENS_SET_STATUS,
    label="Disable or enable token",
    word=lambda tokens: "Enable" if other_status(tokens) == Status.ACTIVE else "Disable",
    weight=lambda tokens, status: _confirm(tokens),
    consequences=consequences.of_set_status,
    done=lambda result, status: f"{_name(result)} is {'enabled' if status == Status.ACTIVE else 'disabled'}.",
    perform=_performing(_set_status, lambda status: TokenChange(status=status.value)),
    rehearse=by_refusals(ActId.TOKENS_SET_STATUS),
    inverse=lambda result: Status(_was(result).status),
)


async def _rotate(context: Context, token: Token, answer: None) -> Result[Token]:
    made = await context.backend.tokens.rotate(context.workspace.id, token.id, RotateAsk())
    return Result(token, made.token, once=made.secret)


ROTATE: Act[Token, None] = Act(
    id=ActId.TOKENS_ROTATE,
    label="Rotate token",
    word=lambda tokens: "Rotate",
    weight=lambda tokens, answer: Weight.CONFIRM,
    consequences=consequences.of_rotate,
    done=lambda result, answer: f"{_name(result)} has a new secret.",
    perform=one_by_one(_rotate),
)


async def _delete(context: Context, token: Token, answer: None) -> None:
    await context.backend.tokens.delete(context.workspace.id, token.id, token.version)


_deleting = _performing(_delete, lambda answer: TokenChange(delete=True))


async def _delete_and_forget(context: Context, tokens: Sequence[Token], answer: None) -> Parts[Token]:
    """A secret that this machine holds goes with its token."""
    async with aclosing(_deleting(context, tokens, answer)) as parts:
        async for part in parts:
            gone = [result.before.id for result in part if result.before and not result.failure]
            await token_secrets.forget(context, gone)
            yield part


DELETE: Act[Token, None] = Act(
    id=ActId.TOKENS_DELETE,
    label="Delete token",
    word=lambda tokens: "Delete",
    weight=lambda tokens, answer: _confirm(tokens),
    consequences=consequences.of_delete,
    done=lambda result, answer: f"{_name(result)} is deleted.",
    participle="deleted",
    perform=_delete_and_forget,
    rehearse=by_refusals(ActId.TOKENS_DELETE),
)


def _confirm(tokens: Sequence[Token]) -> Weight:
    return Weight.TYPE_NAME if len(tokens) > 1 else Weight.CONFIRM


def _was(result: Result[Token]) -> Token:
    if result.before is None:
        raise ValueError("a token that was made was nothing before")
    return result.before


def _name(result: Result[Token]) -> str:
    return _was(result).name
