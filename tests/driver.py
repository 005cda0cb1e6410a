"""A person at the keyboard of the real app, on the real embedded service, so that a test reads like a session.

await user.press("r", "up", "enter")
await user.sees("barbara-lake is now Manager.")
"""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TypeVar

import time_machine
from textual.events import Key
from textual.pilot import Pilot
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from tests.app.house import NOW
from tui.app.app import WorkspacesApp
from tui.backend.choosing import OpenEmbedded
from tui.context.keeper import Keeper
from tui.context.start import Override, Start
from tui.domain.programs import Program
from tui.folders import Folders

REST = 0.1
"""Seconds without a change after which a picture is taken."""

PATIENCE = 10.0
"""Seconds after which what should be on the screen is not coming."""

SMALL, LARGE = (80, 24), (120, 40)

Shown = TypeVar("Shown", bound=Widget)


class User:
    """Presses keys, and waits for what is to be seen; never for a time."""

    def __init__(self, app: WorkspacesApp, pilot: Pilot[int]) -> None:
        self.app = app
        self.pilot = pilot

    @property
    def page(self) -> str:
        """The screen as text, line by line."""
        return "\n".join(self.lines)

    @property
    def lines(self) -> list[str]:
        strips: list[Strip] = self.app.screen._compositor.render_strips()
        return [strip.text.rstrip() for strip in strips]

    @property
    def cursor_line(self) -> str:
        """The row under the cursor."""
        return next(line for line in self.lines if line.startswith("▌"))

    @property
    def status(self) -> str:
        """The last row but one."""
        return self.lines[-2]

    @property
    def keys(self) -> str:
        """The last row."""
        return self.lines[-1]

    @property
    def top(self) -> Screen[object]:
        return self.app.screen

    async def press(self, *keys: str) -> None:
        """Presses keys one after the other, and lets the app take them in."""
        for key in keys:
            await self.pilot.press(key)

    def bursts(self, *keys: str) -> None:
        """Presses keys all at once, as a slow line or a fast hand delivers them."""
        for key in keys:
            self.app.post_message(Key(key, key if len(key) == 1 else None))

    async def types(self, text: str) -> None:
        """Types a text into the field that has the focus."""
        await self.press(*(_KEY_NAMES.get(character, character) for character in text))

    def looks(self) -> None:
        """Has the app look at once whether something has changed, as it does every few seconds."""
        assert self.app._controller
        self.app._controller._look()

    async def sees(self, *texts: str) -> None:
        """Waits until all these texts are on the screen."""
        await self.until(lambda: all(text in self.page for text in texts), f"never saw {texts}")

    async def sees_no(self, text: str) -> None:
        """Waits until a text is no longer on the screen."""
        await self.until(lambda: text not in self.page, f"still sees {text!r}")

    async def stands_on(self, text: str) -> None:
        """Waits until the cursor's row begins with a text."""
        await self.until(lambda: any(line[3:].startswith(text) for line in self.lines if line[:1] == "▌"), text)

    async def rests(self) -> None:
        """Waits until what is on the screen stays the same while the app has nothing left to do."""
        before = ""
        while before != self.page:
            before = self.page
            await self.pilot.pause(REST)

    async def until(self, condition: Callable[[], bool], otherwise: str) -> None:
        """Waits for a condition, letting the app work."""
        try:
            async with asyncio.timeout(PATIENCE):
                while not condition():
                    await self.pilot.pause()
        except TimeoutError:
            raise AssertionError(f"{otherwise}; the screen is:\n{self.page}") from None


_KEY_NAMES = {"-": "minus", " ": "space", "/": "slash", "@": "at", ".": "full_stop"}


@asynccontextmanager
async def at_keyboard(
    home: Path,
    size: tuple[int, int] = SMALL,
    *,
    workspace: str = "",
    server: str = "",
    credential: str = "",
    keeper: Keeper | None = None,
    override: Override | None = None,
    config: Path | None = None,
    embedded: OpenEmbedded | None = None,
) -> AsyncGenerator[User]:
    """Somebody who has just opened the app on a home, or on a server; without a `keeper` no secret outlasts it."""
    folders, keeper = Folders.within(home), keeper or Keeper()
    start = Start(
        Program.APP,
        folders,
        server,
        credential,
        workspace,
        override=override,
        config=config,
        keeper=keeper,
        embedded=embedded,
    )
    app = WorkspacesApp(start)
    with time_machine.travel(NOW, tick=False):
        async with app.run_test(size=size) as pilot:
            yield User(app, pilot)
