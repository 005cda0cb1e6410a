"""What leads through the app once it is known where the person stands: sections, acts, palette, help.

It is loaded behind the first frame, which needs none of it.
"""

from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Any, ClassVar

from textual.app import App
from textual.worker import Worker

from tui import settings
from tui.acts.act import Act, Result
from tui.app.live import PERIOD, Live
from tui.app.modes import Modes
from tui.app.palette import Entry, act_entries, palette, section_entries
from tui.app.preferences import THEME_NAMES
from tui.app.runner import Runner
from tui.app.sections import HOMES, SCREENS
from tui.app.selector import at_home, chosen_workspace
from tui.app.shells import say, shells
from tui.app.signing_in import SigningIn
from tui.app.typing import Typing
from tui.context.context import Context
from tui.context.leaving import forget_workspace
from tui.domain.acts import ActId
from tui.domain.errors import Failure, Unauthenticated
from tui.domain.github import Joinable
from tui.domain.users import User
from tui.domain.workspaces import Workspace
from tui.screens import messages
from tui.screens.acting import Acting
from tui.screens.activity import ActivityScreen
from tui.screens.help import Help, key_lines
from tui.screens.sections import ACTIVITY, MEMBERS, WORKSPACES
from tui.screens.shell import Shell

SECRETS_PERIOD = 60.0
"""Seconds between two looks at the secret store: some can only be asked by starting a process."""

GOING = frozenset({ActId.WORKSPACES_LEAVE, ActId.WORKSPACES_DELETE})
"""Acts after which one is no longer in a workspace."""

NOT_DONE = "What you asked for last was not done."


class Controller:
    """Does what the screens want, and leads from one to the other."""

    KEYS_TOGETHER: ClassVar = [screen.ids() for screen in SCREENS.values()]
    """The ids that stand together on each screen."""

    def __init__(
        self, app: App[int], context: Context, typing: Typing, complaints: Sequence[str], signing_in: SigningIn
    ) -> None:
        self._app = app
        self._here = context
        self._typing = typing
        self._live = Live()
        self._signed_out = False
        self._is_put_out = False
        self._complaints = complaints
        self._signing_in = signing_in
        self._modes = Modes(app, SCREENS)
        self._runner = Runner(app, typing.thinking, self._acted)

    async def open(self) -> None:
        """Shows the first section; from now on it is looked whether something has changed."""
        self._live.answered()
        await self._enter(self._here, WORKSPACES.number)
        if complaint := next(filter(None, self._complaints), ""):
            say(self._app, complaint, failed=True)
        self._look_at_secrets()
        self._app.set_interval(PERIOD, self._look)
        self._app.set_interval(SECRETS_PERIOD, self._look_at_secrets)
        self._app.set_interval(1, self._show_connection)

    async def close(self) -> None:
        """Lets go of the server."""
        await self._here.backend.close()

    async def do(self, wanted: messages.Wanted) -> None:
        """What a screen wants, or tells of the server."""
        match wanted:
            case messages.ActAsked():
                self._app.run_worker(self._runner.run(wanted.screen, wanted.act))
            case messages.MenuAsked():
                self._app.run_worker(self._runner.run_chosen(wanted.screen))
            case messages.UndoAsked():
                self._app.run_worker(self._runner.take_back(wanted.screen))
            case messages.Copied():
                self._app.copy_to_clipboard(wanted.text)
                say(self._app, f"{wanted.text} was sent to your terminal.")
            case messages.Answered():
                self._live.answered()
                self._show_connection()
            case messages.NotAnswered():
                self._not_answered(wanted.failure)
            case _:
                await self._lead(wanted)

    async def _lead(self, wanted: messages.Wanted) -> None:
        """To somewhere else, or to something on top."""
        match wanted:
            case messages.PanelAsked():
                await self._app.push_screen(wanted.panel)
                self._show_connection()
            case messages.SectionAsked():
                await self._go(wanted.number)
                if wanted.said:
                    say(self._app, wanted.said)
            case messages.HistoryAsked():
                await self._show_history(wanted)
            case messages.BackAsked():
                await self._back()
            case messages.WorkspacesAsked():
                self._app.run_worker(self._choose_workspace(), group="selector", exclusive=True)
            case messages.SignOutAsked():
                self._app.run_worker(self._sign_out())
            case messages.PaletteAsked():
                self._show_palette()
            case messages.HelpAsked():
                self._app.push_screen(Help(key_lines(self._acting())))

    # How things stand with the server

    def _look(self) -> None:
        """Looks whether something has changed (A2)."""
        if self._signed_out:
            return
        self._alone(self._look_once, "look")

    async def _look_once(self) -> None:
        here = self._here
        try:
            newer = await self._live.newer(here)
        except Failure as failure:
            self._live.not_answered(failure)
            is_free = isinstance(self._app.screen, Shell) and not self._is_put_out
            if failure.code == "not_found" and self._here is here and is_free:
                self._is_put_out = True
                self._app.run_worker(self._put_out())
        else:
            is_back = self._live.connection.state == "away"
            self._live.answered()
            if self._here is here and (newer or is_back):
                self._update(newer or here)
        self._show_connection()

    def _look_at_secrets(self) -> None:
        """Looks where secrets are kept and how that is, for the first row."""
        self._alone(self._look_at_secrets_once, "secrets")

    async def _look_at_secrets_once(self) -> None:
        with suppress(Failure):
            await self._here.secrets.condition()
        self._show_connection()

    def _alone(self, work: Callable[[], Coroutine[None, None, None]], group: str) -> Worker[None]:
        """Does something in the background in place of what is still under way of its group."""
        return self._app.run_worker(work, group=group, exclusive=True)

    def _not_answered(self, failure: Failure) -> None:
        self._live.not_answered(failure)
        self._show_connection()
        if isinstance(failure, Unauthenticated):
            self._app.run_worker(self._come_back("Signed out", [failure.detail, NOT_DONE]))

    async def _sign_out(self) -> None:
        if await self._signing_in.signed_out(self._here):
            await self._come_back("Signed out", ["This computer no longer knows who you are there."])

    async def _come_back(self, title: str, lines: list[str]) -> None:
        """Nobody is signed in here any more: the way back in, or out of the app. It is asked for once."""
        if self._signed_out:
            return
        self._signed_out = True
        left = self._here.backend
        context = await self._signing_in.again(title, lines, left.address)
        if context is None:
            self._app.exit(0)
            return
        await self._enter(context, WORKSPACES.number)
        self._signed_out = False
        say(self._app, self._signing_in.note)
        await left.close()

    def _show_connection(self) -> None:
        for screen in shells(self._app):
            screen.connected(self._live.connection)

    # Where the person stands

    def _update(self, context: Context) -> None:
        """In the same workspace, in a newer state of it."""
        self._here = context
        self._live.stand(context)
        for screen in shells(self._app):
            screen.stand(context)
            screen.read_again()

    def _acting(self) -> Acting:
        """The screen on top that has acts."""
        return next(screen for screen in reversed(self._app.screen_stack) if isinstance(screen, Acting))

    async def _go(self, number: int) -> None:
        """To another section, as it was left and read again; from a panel of a section to its list."""
        go = self._modes.go_to_list if number == self._modes.number else self._modes.go
        await go(self._here, number)
        self._update(self._here)

    async def _show_history(self, asked: messages.HistoryAsked) -> None:
        """The log of the workspace, of one member or thing alone."""
        await self._modes.go_to_list(self._here, ACTIVITY.number)
        self._update(self._here)
        if isinstance(screen := self._acting(), ActivityScreen):
            screen.show_history(asked.id, asked.name)

    async def _back(self) -> None:
        if len(self._app.screen_stack) > 1:
            self._app.pop_screen()
        elif before := self._modes.before:
            await self._go(before)
        else:
            say(self._app, "This is where you started. q quits.")

    async def _choose_workspace(self) -> None:
        with self._typing.thinking():
            try:
                chosen = await chosen_workspace(self._here, self._acting())
            except Failure as failure:
                self._app.post_message(messages.NotAnswered(failure))
                say(self._app, failure.detail, failed=True)
                return
        if isinstance(chosen, Workspace):
            await self._runner.run(self._acting(), ActId.WORKSPACES_ACTIVATE, [chosen])
        elif chosen:
            await self._go(WORKSPACES.number)
        if isinstance(chosen, Joinable):
            await self._runner.run(self._acting(), ActId.WORKSPACES_JOIN, [chosen])

    async def _acted(self, act: Act[Any, Any], results: Sequence[Result[Any]], said: str) -> None:
        """What follows from an act for where the person stands."""
        context = self._here
        before, after = results[0].before, results[0].after
        if act.id == ActId.WORKSPACES_ACTIVATE and after:
            came_from = self._modes.number
            await self._enter(context.at(after), MEMBERS.number if came_from == WORKSPACES.number else came_from)
        elif act.id == ActId.INVITES_ACCEPT and after:
            await self._runner.run(self._acting(), ActId.WORKSPACES_ACTIVATE, [after.workspace])
        elif act.id in GOING and before and before.id == context.workspace.id:
            await self._enter(await at_home(context), WORKSPACES.number)
        elif act.id == ActId.ACCOUNT_DELETE:
            await self._come_back("Account deleted", [said])
            return
        elif isinstance(after, User):
            self._update(replace(context, user=after))
        else:
            self._acting().read_again()
        say(self._app, said)
        self._look()
        self._look_at_secrets()

    async def _put_out(self) -> None:
        """The workspace is gone for this person, who did not leave it by themself (W7)."""
        here, left = self._here, self._here.workspace
        await forget_workspace(here, left.id)
        home = await at_home(here)
        self._is_put_out = False
        if self._here is not here or not isinstance(self._app.screen, Shell):
            # They have gone elsewhere, or are asked something that must be answered first: the next look sees.
            return
        await self._enter(home, WORKSPACES.number)
        say(self._app, f"You are no longer in {left.name}: it was deleted, or somebody removed you.", failed=True)

    async def _enter(self, context: Context, number: int) -> None:
        """To another workspace; what was changed in the one before is no longer taken back."""
        self._runner.forget()
        self._here = context
        self._live.stand(context)
        await self._modes.enter(context, number)
        self._show_connection()

    def _show_palette(self) -> None:
        screen = self._acting()
        themes = (Entry(label, "", partial(self._choose_theme, name)) for label, name in THEME_NAMES)
        self._app.push_screen(palette([*act_entries(screen, HOMES), *section_entries(screen), *themes]))

    def _choose_theme(self, name: str) -> None:
        self._app.theme = name
        try:
            settings.choose_theme(self._here.folders.settings, name)
        except Failure as failure:
            say(self._app, failure.detail, failed=True)
