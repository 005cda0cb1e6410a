"""How a screen is closed: what it still reads ends before what it would be shown in."""

from textual.await_remove import AwaitRemove
from textual.widget import Widget


class Closing(Widget):
    """A screen that is told apart once it is closed; Textual ends a screen's workers only after its widgets."""

    is_closed = False

    def remove(self) -> AwaitRemove:
        self.is_closed = True
        for each in self.walk_children(with_self=True):
            self.workers.cancel_node(each)
        return super().remove()
