"""What happens behind the first frame: the first start, the person's keys, the server."""

from textual.app import App

from tui.app.desk import Desk
from tui.app.first_start import first_start
from tui.app.preferences import chosen_keys, chosen_theme
from tui.app.typing import Typing
from tui.context.opening import open_context
from tui.context.start import Start
from tui.dialogs.first_start import FirstStart
from tui.domain.errors import Failure
from tui.screens.connection import Connection
from tui.screens.starting import Starting


async def open_desk(app: App[int], starting: Starting, start: Start, typing: Typing) -> Desk | None:
    """The desk, whose first section is to be shown; whoever takes it closes it.

    None when the person would rather quit, and when it cannot be opened: then the starting screen says why.
    """
    facts = first_start(start)
    if facts and not await app.push_screen_wait(FirstStart(facts)):
        app.exit(0)
        return None
    keys = chosen_keys(start.folders.settings, Desk.KEYS_TOGETHER)
    app.set_keymap(dict(keys.keys))
    starting.connected(Connection("reading"))
    try:
        context = await open_context(start)
    except Failure as failure:
        starting.connected(Connection("away"))
        starting.refused(failure)
        return None
    return Desk(app, context, typing, [*keys.complaints, chosen_theme(start.folders.settings).complaint])
