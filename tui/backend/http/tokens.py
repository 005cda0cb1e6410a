"""API tokens of a workspace's members (T1-T4)."""

from collections.abc import Sequence

from tui.backend.capabilities import TOKENS_LIST, Capabilities
from tui.backend.http.calls import delete, get, list_parameters, patch, path, post
from tui.backend.http.transport import Transport
from tui.domain.acts import ActId
from tui.domain.queries import ListQuery, Page, Place
from tui.domain.roles import AskedStatus
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


class HttpTokens:
    def __init__(self, transport: Transport, capabilities: Capabilities) -> None:
        self._transport = transport
        self._capabilities = capabilities

    async def list(self, workspace_id: str, query: ListQuery, place: Place) -> Page[Token]:
        """One page of a workspace's tokens; without a filter, the caller's own (T4)."""
        self._capabilities.require(TOKENS_LIST)
        call = get(path("workspaces", workspace_id, "tokens"), list_parameters(query, place))
        return await self._transport.ask(call, Page[Token])

    async def create(self, workspace_id: str, ask: TokenAsk) -> TokenSecret:
        """A new token of the caller, with its secret (T1)."""
        self._capabilities.require(ActId.TOKENS_CREATE)
        return await self._transport.ask(post(path("workspaces", workspace_id, "tokens"), ask), TokenSecret)

    async def rename(self, workspace_id: str, token_id: str, name: str, version: int | None) -> Token:
        """The token under another name (T3)."""
        self._capabilities.require(ActId.TOKENS_RENAME)
        return await self._patched(workspace_id, token_id, TokenPatch(name=name), version)

    async def set_status(self, workspace_id: str, token_id: str, status: AskedStatus, version: int | None) -> Token:
        """The token disabled or enabled (T3)."""
        self._capabilities.require(ActId.TOKENS_SET_STATUS)
        return await self._patched(workspace_id, token_id, TokenPatch(status=status), version)

    async def rotate(self, workspace_id: str, token_id: str, ask: RotateAsk) -> TokenSecret:
        """The same token with a new secret; the old one is dead (T3)."""
        self._capabilities.require(ActId.TOKENS_ROTATE)
        call = post(path("workspaces", workspace_id, "tokens", token_id, "rotate"), ask)
        return await self._transport.ask(call, TokenSecret)

    async def delete(self, workspace_id: str, token_id: str, version: int | None) -> None:
        """End a token (T3)."""
        self._capabilities.require(ActId.TOKENS_DELETE)
        await self._transport.tell(delete(path("workspaces", workspace_id, "tokens", token_id), version, Token))

    async def bulk(self, workspace_id: str, change: TokenChange, items: Sequence[TokenItem]) -> Sequence[TokenVerdict]:
        """What came of each item, in the order sent; 200 at most (T3)."""
        self._capabilities.require(ActId.TOKENS_DELETE if change.delete else ActId.TOKENS_SET_STATUS)
        call = post(path("workspaces", workspace_id, "tokens", "bulk"), TokenBulkAsk(change=change, items=list(items)))
        return (await self._transport.ask(call, TokenVerdicts)).results

    async def _patched(self, workspace_id: str, token_id: str, change: TokenPatch, version: int | None) -> Token:
        return await self._transport.ask(
            patch(path("workspaces", workspace_id, "tokens", token_id), change, version, Token), Token
        )
