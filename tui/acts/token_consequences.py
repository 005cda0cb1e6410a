"""What a person is told before an act on tokens (T1-T3)."""

from collections.abc import Sequence
from datetime import UTC, datetime

from tui.acts.consequences import Consequences
from tui.context.context import Context
from tui.domain.roles import Status
from tui.domain.tokens import Token, TokenAsk
from tui.lists.time import age


def whose(context: Context, tokens: Sequence[Token]) -> str:
    """The tokens as the subject or object of a sentence: `The token ci of ada-fern`."""
    if len(tokens) > 1:
        return f"{len(tokens):,} tokens"
    token = tokens[0]
    return f"The token {token.name}" + ("" if _is_own(context, token) else f" of {token.username}")


def of_create(context: Context, targets: Sequence[Token], ask: TokenAsk) -> Consequences:
    return Consequences(
        becomes=f"A new token {ask.name} for you in {context.workspace.name}.",
        stays="It may do there what you may do, as long as you may.",
    )


def of_rename(context: Context, tokens: Sequence[Token], name: str) -> Consequences:
    return Consequences(becomes=f"{whose(context, tokens)} becomes {name}.", stays="Id and secret stay as they are.")


def of_set_status(context: Context, tokens: Sequence[Token], status: Status) -> Consequences:
    several = len(tokens) > 1
    if status == Status.ACTIVE:
        return Consequences(
            becomes=f"{whose(context, tokens)} work{'' if several else 's'} again.",
            stays="Ids and secrets are as they were." if several else "Id and secret are as they were.",
        )
    return Consequences(
        becomes=f"{whose(context, tokens)} {'are' if several else 'is'} disabled.",
        stops=f"Whatever uses {'them' if several else 'it'} is refused at its next call.",
        stays=_enabled_by(context, tokens),
    )


def _enabled_by(context: Context, tokens: Sequence[Token]) -> str:
    if all(_is_own(context, token) for token in tokens):
        return "Name, id and secret stay. Enabling restores it all."
    return "Name, id and secret stay. Only an Owner or a Manager can enable what another person disabled."


def of_rotate(context: Context, tokens: Sequence[Token], answer: None) -> Consequences:
    return Consequences(
        becomes=f"{whose(context, tokens)} gets a new secret, which is shown once.",
        stops="The old secret is dead at once: whatever uses it is refused at its next call.",
        stays="Name and id stay; the lifetime starts anew.",
        for_good="The old secret cannot be brought back.",
    )


def of_delete(context: Context, tokens: Sequence[Token], answer: None) -> Consequences:
    several = len(tokens) > 1
    return Consequences(
        becomes=f"{whose(context, tokens)} {'are' if several else 'is'} deleted. {_last_used(tokens)}",
        stops=f"Whatever uses {'them' if several else 'it'} is refused at its next call.",
        for_good="This cannot be undone.",
    )


def _last_used(tokens: Sequence[Token]) -> str:
    used = [token.last_used_at for token in tokens if token.last_used_at]
    which = "Last used" if len(tokens) == 1 else "Last used of them"
    return f"{which}: {age(max(used, default=None), datetime.now(UTC))}."


def _is_own(context: Context, token: Token) -> bool:
    return token.user_id == context.user.id
