"""The caller's own account: who is calling, coming in, what may be changed of it (U1)."""

from tui.backend.http.calls import delete, get, patch, path, post
from tui.backend.http.part import Part
from tui.backend.protocol import Account
from tui.domain.acts import ActId
from tui.domain.sign_ins import Pending, PollAsk, SignIn, SignInAsk
from tui.domain.users import DeviceAsk, EmailAsk, EmailCodeAsk, LinkGithubAsk, Me, SignUpAsk, User, UserPatch, Welcome


class HttpAccount(Part, Account):
    async def me(self) -> Me:
        return await self._transport.ask(get(path("me")), Me)

    async def sign_up(self, ask: SignUpAsk) -> Welcome:
        return await self._transport.ask(post(path("users"), ask), Welcome)

    async def sign_in_by_github(self, device: DeviceAsk) -> SignIn:
        return await self._transport.ask(post(path("sign-ins"), SignInAsk(method="github", device=device)), SignIn)

    async def poll(self, sign_in: SignIn) -> Welcome | Pending:
        call = post(path("sign-ins", sign_in.id, "poll"), PollAsk(poll_secret=sign_in.poll_secret or ""))
        return await self._transport.ask_unless_accepted(call, Welcome, Pending)

    async def set(self, change: UserPatch, version: int | None) -> User:
        self._capabilities.require(ActId.ACCOUNT_SET)
        return await self._transport.ask(patch(path("me"), change, version, User), User)

    async def set_email(self, email: str) -> User:
        self._capabilities.require(ActId.ACCOUNT_SET)
        return await self._transport.ask(post(path("me", "email"), EmailAsk(email=email)), User)

    async def confirm_email(self, code: str) -> User:
        self._capabilities.require(ActId.ACCOUNT_CONFIRM_EMAIL)
        return await self._transport.ask(post(path("me", "email", "confirm"), EmailCodeAsk(code=code)), User)

    async def link_github(self, device: DeviceAsk) -> SignIn:
        self._capabilities.require(ActId.ACCOUNT_LINK_GITHUB)
        return await self._transport.ask(post(path("me", "github"), LinkGithubAsk(device=device)), SignIn)

    async def unlink_github(self) -> User:
        self._capabilities.require(ActId.ACCOUNT_UNLINK_GITHUB)
        return await self._transport.ask(delete(path("me", "github")), User)

    async def delete(self, version: int | None) -> None:
        self._capabilities.require(ActId.ACCOUNT_DELETE)
        await self._transport.tell(delete(path("me"), version, User))
