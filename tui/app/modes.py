"""Which screen stands where: a mode a section, made anew for each workspace."""

from collections.abc import Callable, Mapping
from functools import partial

from textual.app import App

from tui.context.context import Context
from tui.screens.acting import Acting
from tui.screens.sections import SECTIONS

Make = Callable[[Context], Acting]


class Modes:
    """Sections keep their cursor, marks and search while one is elsewhere, until another workspace is entered."""

    def __init__(self, app: App[int], screens: Mapping[str, Make]) -> None:
        self._app = app
        self._screens = screens
        self._names = {section.number: section.name for section in SECTIONS}
        self._been: list[int] = []
        self._modes: dict[int, str] = {}
        self._entered = 0

    @property
    def number(self) -> int:
        """The section that is shown; 0 before there is one."""
        return self._been[-1] if self._been else 0

    @property
    def before(self) -> int:
        """The section before this one; 0 when there is none."""
        return self._been[-2] if len(self._been) > 1 else 0

    async def enter(self, context: Context, number: int) -> None:
        """Shows a section of another workspace; what was kept of the one before is let go."""
        left, self._modes, self._entered = list(self._modes.values()), {}, self._entered + 1
        self._been = []
        await self.go(context, number)
        for mode in left:
            await self._app.remove_mode(mode)

    async def go(self, context: Context, number: int) -> None:
        """Shows a section as it was left."""
        if number not in self._modes:
            self._modes[number] = f"{self._names[number]}-{self._entered}"
            self._app.add_mode(self._modes[number], partial(self._screens[self._names[number]], context))
        if number == self.before:
            self._been.pop()
        self._been = [*(been for been in self._been if been != number), number]
        await self._app.switch_mode(self._modes[number])

    async def go_to_list(self, context: Context, number: int) -> None:
        """Shows a section without what was opened from its rows."""
        await self.go(context, number)
        while len(self._app.screen_stack) > 1:
            await self._app.pop_screen()
