"""How a person comes in to a server from the app: address or link, then an account (S4)."""

from collections.abc import Awaitable, Callable
from functools import partial

from textual.app import App

from tui.acts.consequences import Consequences
from tui.app.device_code import waited
from tui.backend.addresses import EMBEDDED, parsed
from tui.context import coming_in
from tui.context.account import signing_out
from tui.context.activating import activate
from tui.context.coming_in import Newcomer
from tui.context.context import Context
from tui.context.first_start import username
from tui.context.opening import open_context
from tui.context.sign_in import sign_out
from tui.context.start import Start
from tui.dialogs.confirm import Confirm, Question
from tui.dialogs.edit_account import AccountText
from tui.dialogs.message import Message
from tui.dialogs.name import NameQuestion
from tui.dialogs.new_account import WITH_GITHUB, NewAccount
from tui.dialogs.signed_out import SignedOut, WayBack
from tui.dialogs.which_server import WhichServer
from tui.domain import links
from tui.domain.errors import Failure, Refused
from tui.domain.links import Link
from tui.domain.names import name_problem
from tui.domain.servers import Server
from tui.domain.users import Welcome

Submit = Callable[[AccountText], Awaitable[str | None]]

CLOSED = "This server takes new accounts by a link only: ask whoever runs it, or an Owner there, for one."
FOR_THIS_RUN = "Signed in until this program ends: nothing here can keep it."


class SigningIn:
    """Asks, signs in, and opens what was come in to."""

    def __init__(self, app: App[int], start: Start) -> None:
        self._app = app
        self._start = start
        self._server: Server | None = None
        self._welcome: Welcome | None = None
        self.note = ""
        """What went less than well, for who is in."""

    async def again(self, title: str, lines: list[str], address: str) -> Context | None:
        """A new Context for who is signed out; None for who would rather quit."""
        at_home = address == EMBEDDED
        while await self._app.push_screen_wait(
            SignedOut(WayBack(title, lines, "Start anew" if at_home else "Sign in"))
        ):
            try:
                context = await open_context(self._start) if at_home else await self.come_in(address)
            except Failure as failure:
                lines = [failure.detail]
                continue
            if context:
                return context
        return None

    async def signed_out(self, context: Context) -> bool:
        """Whether the person meant it, and this machine has forgotten them."""
        told = Consequences(*signing_out(context))
        if not await self._app.push_screen_wait(Confirm(Question(f"Sign out of {context.place}", "Sign out", told))):
            return False
        try:
            await sign_out(context)
        except Failure as failure:
            await self._app.push_screen_wait(Message("Sign out: not done", [failure.detail]))
            return False
        return True

    async def come_in(self, address: str = "") -> Context | None:
        """Where a person stands once they have signed in to a server; None when they give it up.

        Raises `Failure` where signing in went well and what follows did not.
        """
        typed = await self._ask_where(address)
        if typed is None:
            return None
        link = links.parsed(typed)
        where = link.server if link else typed
        welcome = await (self._by_link(link) if link else self._by_address(where))
        return await self._entered(where, welcome) if welcome else None

    async def _ask_where(self, address: str) -> str | None:
        question = NameQuestion(
            "Sign in to a server",
            "Continue",
            notes=["An address such as https://workspaces.example.org, or the link that you were given."],
            value=address,
            label="Server",
            lower=False,
            may_stay=True,
        )
        return await self._app.push_screen_wait(WhichServer(question, _where_problem, self._reach))

    async def _reach(self, typed: str) -> str | None:
        """Why a server cannot be asked, as a sentence; None when it has answered."""
        link = links.parsed(typed)
        try:
            self._server = await coming_in.server_at(self._start, link.server if link else typed)
        except Failure as failure:
            return failure.detail
        return None

    async def _by_link(self, link: Link) -> Welcome | None:
        async def submit(typed: AccountText) -> str | None:
            return await self._kept(coming_in.by_link(self._start, link, _newcomer(typed)))

        return await self._account(link.server, submit, github=False)

    async def _by_address(self, address: str) -> Welcome | None:
        server = self._server
        github = server is not None and coming_in.GITHUB in server.sign_in

        async def submit(typed: AccountText) -> str | None:
            return await self._kept(coming_in.sign_up(self._start, address, _newcomer(typed)))

        if server and server.open_sign_up:
            return await self._account(address, submit, github=github)
        if github:
            return await self._by_github(address)
        await self._app.push_screen_wait(Message("Sign in to a server", [CLOSED]))
        return None

    async def _by_github(self, address: str) -> Welcome | None:
        try:
            return await waited(self._app, "Sign in with GitHub", partial(coming_in.by_github, self._start, address))
        except Failure as failure:
            await self._app.push_screen_wait(Message("Sign in with GitHub", [failure.detail]))
            return None

    async def _account(self, address: str, submit: Submit, *, github: bool) -> Welcome | None:
        wish = username()
        dialog = NewAccount(parsed(address).name, wish if name_problem(wish) is None else "", submit, github=github)
        answer = await self._app.push_screen_wait(dialog)
        if answer == WITH_GITHUB:
            return await self._by_github(address)
        return self._welcome if answer else None

    async def _kept(self, coming: Awaitable[Welcome]) -> str | None:
        """Why somebody was not let in, as a sentence; None when they were."""
        try:
            self._welcome = await coming
        except Failure as failure:
            return failure.detail
        return None

    async def _entered(self, address: str, welcome: Welcome) -> Context:
        """Stays signed in, and makes the workspace that one came to the active one."""
        start, lasts = await coming_in.stay(self._start, address, welcome)
        context = await open_context(start)
        note = "" if lasts else FOR_THIS_RUN
        try:
            activated = await activate(context, context.workspace)
            note = note or ("" if activated.profile.token_id else activated.note)
        except Failure as failure:
            note = failure.detail
        self.note = note
        return context


def _where_problem(typed: str) -> str | None:
    """Why a text is neither an address nor a link, as a sentence."""
    link = links.parsed(typed)
    if link and link.server:
        typed = link.server
    try:
        parsed(typed)
    except Refused as refused:
        return refused.detail
    return None


def _newcomer(typed: AccountText) -> Newcomer:
    return Newcomer(typed.username, typed.display_name or None, typed.email or None)
