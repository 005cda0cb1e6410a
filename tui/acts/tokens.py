"""What can be done to tokens: creating, renaming, disabling, rotating, deleting (T1-T3)."""

from collections.abc import Callable, Sequence
from contextlib import aclosing
from datetime import UTC, datetime
from typing import TypeVar

from tui.acts import status as statuses
from tui.acts.act import Act, Parts, Result, Weight
from tui.acts.consequences import Consequences
from tui.acts.performing import BulkCall, by_refusals, failure_of, one_by_one, one_or_many
from tui.context import token_secrets
from tui.context.context import Context
from tui.domain.acts import ActId
from tui.domain.roles import Status
from tui.domain.tokens import RotateAsk, Token, TokenAsk, TokenChange, TokenItem
from tui.lists.time import age

Answer = TypeVar("Answer")


def _bulk(change: Callable[[Answer], TokenChange]) -> BulkCall[Token, Answer]:
    async def call(context: Context, tokens: Sequence[Token], answer: Answer) -> list[Result[Token]]:
        items = [TokenItem(token.id, token.version) for token in tokens]
        verdicts = await context.backend.tokens.bulk(context.workspace.id, change(answer), items)
        return [
            Result(token, verdict.token, failure_of(verdict.problem, verdict.token))
            for token, verdict in zip(tokens, verdicts, strict=True)
        ]

    return call


async def _create(context: Context, targets: Sequence[Token], ask: TokenAsk) -> Parts[Token]:
    made = await context.backend.tokens.create(context.workspace.id, ask)
    yield [Result(None, made.token, once=made.secret)]


def _of_create(context: Context, targets: Sequence[Token], ask: TokenAsk) -> Consequences:
    return Consequences(
        becomes=f"A new token {ask.name} for you in {context.workspace.name}.",
        stays="It may do there what you may do, as long as you may.",
    )


CREATE: Act[Token, TokenAsk] = Act(
    id=ActId.TOKENS_CREATE,
    label="New token",
    word=lambda targets: "New",
    weight=lambda targets, ask: Weight.LIGHT,
    consequences=_of_create,
    done=lambda result, ask: f"The token {ask.name} is made.",
    perform=_create,
)


async def _rename(context: Context, token: Token, name: str) -> Token:
    return await context.backend.tokens.rename(context.workspace.id, token.id, name, token.version)


def _of_rename(context: Context, tokens: Sequence[Token], name: str) -> Consequences:
    return Consequences(becomes=f"{_whose(context, tokens)} becomes {name}.", stays="Id and secret stay as they are.")


RENAME: Act[Token, str] = Act(
    id=ActId.TOKENS_RENAME,
    label="Rename token",
    word=lambda tokens: "Rename",
    weight=lambda tokens, name: Weight.LIGHT,
    consequences=_of_rename,
    done=lambda result, name: f"{_name(result)} is now {name}.",
    perform=one_by_one(_rename),
)


async def _set_status(context: Context, token: Token, status: Status) -> Token:
    return await context.backend.tokens.set_status(context.workspace.id, token.id, status, token.version)


def _of_set_status(context: Context, tokens: Sequence[Token], status: Status) -> Consequences:
    several = len(tokens) > 1
    if status == Status.ACTIVE:
        return Consequences(
            becomes=f"{_whose(context, tokens)} work{'' if several else 's'} again.",
            stays="Ids and secrets are as they were." if several else "Id and secret are as they were.",
        )
    return Consequences(
        becomes=f"{_whose(context, tokens)} {'are' if several else 'is'} disabled.",
        stops=f"Whatever uses {'them' if several else 'it'} is refused at its next call.",
        stays=_enabled_by(context, tokens),
    )


def _enabled_by(context: Context, tokens: Sequence[Token]) -> str:
    if all(_is_own(context, token) for token in tokens):
        return "Name, id and secret stay. Enabling restores it all."
    return "Name, id and secret stay. Only an Owner or a Manager can enable what another person disabled."


SET_STATUS: Act[Token, Status] = Act(
    id=ActId.TOKENS_SET_STATUS,
    label="Disable or enable token",
    word=statuses.word,
    weight=lambda tokens, status: Weight.by_number(tokens),
    consequences=_of_set_status,
    done=lambda result, status: f"{_name(result)} is {statuses.participle(status)}.",
    perform=one_or_many(_set_status, _bulk(lambda status: TokenChange(status=status.value))),
    rehearse=by_refusals(ActId.TOKENS_SET_STATUS),
    inverse=lambda result: Status(result.was.status),
)


async def _rotate(context: Context, token: Token, answer: None) -> Result[Token]:
    made = await context.backend.tokens.rotate(context.workspace.id, token.id, RotateAsk())
    return Result(token, made.token, once=made.secret)


def _of_rotate(context: Context, tokens: Sequence[Token], answer: None) -> Consequences:
    return Consequences(
        becomes=f"{_whose(context, tokens)} gets a new secret, which is shown once.",
        stops="The old secret is dead at once: whatever uses it is refused at its next call.",
        stays="Name and id stay; the lifetime starts anew.",
        for_good="The old secret cannot be brought back.",
    )


ROTATE: Act[Token, None] = Act(
    id=ActId.TOKENS_ROTATE,
    label="Rotate token",
    word=lambda tokens: "Rotate",
    weight=lambda tokens, answer: Weight.CONFIRM,
    consequences=_of_rotate,
    done=lambda result, answer: f"{_name(result)} has a new secret.",
    perform=one_by_one(_rotate),
)


async def _delete(context: Context, token: Token, answer: None) -> None:
    await context.backend.tokens.delete(context.workspace.id, token.id, token.version)


_deleting = one_or_many(_delete, _bulk(lambda answer: TokenChange(delete=True)))


async def _delete_and_forget(context: Context, tokens: Sequence[Token], answer: None) -> Parts[Token]:
    """A secret that this machine holds goes with its token."""
    async with aclosing(_deleting(context, tokens, answer)) as parts:
        async for part in parts:
            gone = [result.before.id for result in part if result.before and not result.failure]
            await token_secrets.forget(context, gone)
            yield part


def _of_delete(context: Context, tokens: Sequence[Token], answer: None) -> Consequences:
    several = len(tokens) > 1
    return Consequences(
        becomes=f"{_whose(context, tokens)} {'are' if several else 'is'} deleted. {_last_used(tokens)}",
        stops=f"Whatever uses {'them' if several else 'it'} is refused at its next call.",
        for_good="This cannot be undone.",
    )


def _last_used(tokens: Sequence[Token]) -> str:
    used = [token.last_used_at for token in tokens if token.last_used_at]
    which = "Last used" if len(tokens) == 1 else "Last used of them"
    return f"{which}: {age(max(used, default=None), datetime.now(UTC))}."


DELETE: Act[Token, None] = Act(
    id=ActId.TOKENS_DELETE,
    label="Delete token",
    word=lambda tokens: "Delete",
    weight=lambda tokens, answer: Weight.by_number(tokens),
    consequences=_of_delete,
    done=lambda result, answer: f"{_name(result)} is deleted.",
    participle="deleted",
    perform=_delete_and_forget,
    rehearse=by_refusals(ActId.TOKENS_DELETE),
)


def _whose(context: Context, tokens: Sequence[Token]) -> str:
    """The tokens as the subject or object of a sentence: `The token ci of ada-fern`."""
    if len(tokens) > 1:
        return f"{len(tokens):,} tokens"
    token = tokens[0]
    return f"The token {token.name}" + ("" if _is_own(context, token) else f" of {token.username}")


def _is_own(context: Context, token: Token) -> bool:
    return token.user_id == context.user.id


def _name(result: Result[Token]) -> str:
    return result.was.name
