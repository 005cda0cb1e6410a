"""The tokens that a person may see, and those of some ids (T3, T4)."""

from collections.abc import Sequence
from functools import partial

from msgspec.structs import replace

from tui.backend.pages import every
from tui.context.context import Context
from tui.domain.acts import ActId
from tui.domain.errors import Refused
from tui.domain.queries import ListQuery
from tui.domain.tokens import Token


def listed(context: Context) -> ListQuery:
    """The list of all tokens that the person may see: everybody's for who may end them (T3)."""
    return ListQuery(filters={"member": ("all" if context.allows(ActId.TOKENS_DELETE) else "me",)})


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
    async for token in every(partial(context.backend.tokens.list, context.workspace.id, query)):
        if token.id in token_ids:
            found[token.id] = token
        if len(found) == len(token_ids):
            break
    return found


def unknown(context: Context, token_id: str) -> Refused:
    """The refusal of an id that is of no token that the person may see."""
    return Refused("not_found", f"{context.workspace.name} has no token {token_id}.")
