"""Typing ahead: each key waits until what the one before it opens or closes is there."""

from collections import deque
from collections.abc import Awaitable, Callable, Generator
from contextlib import contextmanager

from textual.app import App
from textual.events import Key
from textual.message_pump import MessagePump

from tui.dialogs.dialog import Dialog
from tui.screens.shell import Shell
from tui.widgets.overlay import Overlay

PASSES = 3
"""A key goes up from the widget with the focus, then the messages it has caused, then theirs."""

LEAVE = "ctrl+q"

Deliver = Callable[[Key], Awaitable[None]]


class Typing:
    """Hands keys to the app one by one. They wait while a question is about to be asked, while a dialog asks
    the server, and while the rows that they are meant for are still being read: in the last two Esc gives up
    what waits, and Ctrl+Q never does."""

    def __init__(self, app: App[int], deliver: Deliver) -> None:
        self._app = app
        self._deliver = deliver
        self._keys: deque[Key] = deque()
        self._is_delivering = False
        self._thoughts = 0
        self._at: MessagePump | None = None
        self._ahead: list[MessagePump] = []

    def typed(self, key: Key) -> None:
        """Takes a key in."""
        if key.key == LEAVE or (key.key == "escape" and (self._waits_for_rows() or self._waits_for_an_answer())):
            self._keys.clear()
        self._keys.append(key)
        self.go_on()

    @contextmanager
    def thinking(self) -> Generator[None]:
        """A question may follow: until it is there, no key goes elsewhere."""
        self._thoughts += 1
        try:
            yield
        finally:
            self._thoughts -= 1
            self.go_on()

    def go_on(self) -> None:
        """Delivers what waits, if it need not wait any longer."""
        if self._at and not self._at.is_running:
            # It was closed before it could pass the key on.
            self._pass_on(self._ahead)
        if self._keys and not self._is_delivering and not self._waits(self._keys[0]):
            self._is_delivering = True
            self._app.call_later(self._next, self._keys.popleft())

    def _waits(self, key: Key) -> bool:
        if key.key == LEAVE:
            return False
        screen, focused = self._app.screen, self._app.focused
        overlays = (node for node in focused.ancestors_with_self if isinstance(node, Overlay)) if focused else iter(())
        if overlay := next(overlays, None):
            return overlay is focused or overlay.is_answered
        if isinstance(screen, Dialog):
            return focused is None and not (key.key == "escape" and screen.is_asking)
        return self._thoughts > 0 or (isinstance(screen, Shell) and screen.is_early(key.key))

    def _waits_for_an_answer(self) -> bool:
        screen = self._app.screen
        return isinstance(screen, Dialog) and screen.is_asking

    def _waits_for_rows(self) -> bool:
        screen = self._app.screen
        ahead = isinstance(screen, Shell) and bool(self._keys) and screen.is_early(self._keys[0].key)
        return ahead and self._thoughts == 0

    async def _next(self, key: Key) -> None:
        nodes: list[MessagePump] = [*(self._app.focused or self._app.screen).ancestors_with_self]
        await self._deliver(key)
        self._pass_on(nodes * PASSES)

    def _pass_on(self, nodes: list[MessagePump]) -> None:
        """Goes through the queues of these nodes one after the other; then the next key may come."""
        self._at = next((node for node in nodes if node.is_running), None)
        if self._at is None:
            self._is_delivering = False
            self.go_on()
            return
        self._ahead = nodes[nodes.index(self._at) + 1 :]
        self._at.call_later(self._passed, self._ahead)

    def _passed(self, nodes: list[MessagePump]) -> None:
        if nodes is self._ahead:
            self._pass_on(nodes)
