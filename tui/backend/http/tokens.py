"""API tokens of a workspace's members (T1-T4)."""

from collections.abc import Sequence

from tui.backend.capabilities import TOKENS_LIST
from tui.backend.http.calls import delete, get, list_parameters, patch, path, post
from tui.backend.http.part import Part
from tui.backend.protocol import Tokens
from tui.domain.acts import ActId
from tui.domain.queries import ListQuery, Page, Place
from tui.domain.roles import Status
from tui.domain.tokens import (
    RotateAsk,
    Token,
    TokenAsk,
    TokenBulkAsk,
    TokenChange,
    TokenItem,
    TokenPatch,
    TokenSecret,
    TokenVerdict,
    TokenVerdicts,
)


class HttpTokens(Part, Tokens):
    async def list(self, workspace_id: str, query: ListQuery, place: Place) -> Page[Token]:
        self._capabilities.require(TOKENS_LIST)
        call = get(path("workspaces", workspace_id, "tokens"), list_parameters(query, place))
        return await self._transport.ask(call, Page[Token])

    async def create(self, workspace_id: str, ask: TokenAsk) -> TokenSecret:
        self._capabilities.require(ActId.TOKENS_CREATE)
        return await self._transport.ask(post(path("workspaces", workspace_id, "tokens"), ask), TokenSecret)

    async def rename(self, workspace_id: str, token_id: str, name: str, version: int | None) -> Token:
        self._capabilities.require(ActId.TOKENS_RENAME)
        return await self._patched(workspace_id, token_id, TokenPatch(name=name), version)

    async def set_status(self, workspace_id: str, token_id: str, status: Status, version: int | None) -> Token:
        self._capabilities.require(ActId.TOKENS_SET_STATUS)
        return await self._patched(workspace_id, token_id, TokenPatch(status=status.value), version)

    async def rotate(self, workspace_id: str, token_id: str, ask: RotateAsk) -> TokenSecret:
        self._capabilities.require(ActId.TOKENS_ROTATE)
        call = post(path("workspaces", workspace_id, "tokens", token_id, "rotate"), ask)
        return await self._transport.ask(call, TokenSecret)

    async def delete(self, workspace_id: str, token_id: str, version: int | None) -> None:
        self._capabilities.require(ActId.TOKENS_DELETE)
        await self._transport.tell(delete(path("workspaces", workspace_id, "tokens", token_id), version, Token))

    async def bulk(self, workspace_id: str, change: TokenChange, items: Sequence[TokenItem]) -> Sequence[TokenVerdict]:
        self._capabilities.require(ActId.TOKENS_DELETE if change.delete else ActId.TOKENS_SET_STATUS)
        call = post(path("workspaces", workspace_id, "tokens", "bulk"), TokenBulkAsk(change=change, items=list(items)))
        return (await self._transport.ask(call, TokenVerdicts)).results

    async def _patched(self, workspace_id: str, token_id: str, change: TokenPatch, version: int | None) -> Token:
        return await self._transport.ask(
            patch(path("workspaces", workspace_id, "tokens", token_id), change, version, Token), Token
        )
