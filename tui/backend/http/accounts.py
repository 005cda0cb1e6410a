"""Accounts: who is calling, and coming in."""

from tui.backend.http.calls import get, path, post
from tui.backend.http.transport import Transport
from tui.domain.users import Me, SignUpAsk, Welcome


class HttpAccounts:
    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    async def me(self) -> Me:
        """Who is calling, by which credential."""
        return await self._transport.ask(get(path("me")), Me)

    async def sign_up(self, ask: SignUpAsk) -> Welcome:
        """A new account with its personal workspace and a session (S4, W1)."""
        return await self._transport.ask(post(path("users"), ask), Welcome)
