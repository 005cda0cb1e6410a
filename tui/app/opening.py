"""What happens behind the first frame: the first start, the person's keys, the server."""

import asyncio
from dataclasses import replace

from textual.app import App

from tui.app.controller import Controller
from tui.app.first_start import first_start
from tui.app.preferences import chosen_keys, chosen_theme
from tui.app.signing_in import SigningIn
from tui.app.typing import Typing
from tui.backend.addresses import EMBEDDED
from tui.context.context import Context
from tui.context.opening import open_context
from tui.context.start import Start
from tui.dialogs.first_start import FirstStart
from tui.domain.errors import Failure, Unauthenticated, Unreachable
from tui.screens.connection import Connection
from tui.screens.starting import Starting
from tui.secret_stores.store import NotKept

HERE_INSTEAD = "These are this computer's own workspaces."
"""Said where the active profile's server cannot be had, and nobody asked for it by name (P3)."""


async def open_controller(app: App[int], starting: Starting, start: Start, typing: Typing) -> Controller | None:
    """The controller, whose first section is to be shown; whoever takes it closes it.

    None when the person would rather quit, and when it cannot be opened: then the starting screen says why.
    """
    signing_in = SigningIn(app, start)
    keys = chosen_keys(start.folders.settings, Controller.KEYS_TOGETHER)
    app.set_keymap(dict(keys.keys))
    starting.connected(Connection("reading"))
    try:
        context = await _context(app, start, signing_in)
    except Failure as failure:
        starting.connected(Connection("away" if isinstance(failure, Unreachable) else "not opened"))
        starting.refused(failure)
        return None
    if context is None:
        app.exit(0)
        return None
    complaints = [*keys.complaints, signing_in.note, chosen_theme(start.folders.settings).complaint]
    return Controller(app, context, typing, complaints, signing_in)


async def _context(app: App[int], start: Start, signing_in: SigningIn) -> Context | None:
    """Where the person stands, once they have said where to start or have signed in; None to quit."""
    facts = await asyncio.to_thread(first_start, start)
    while facts:
        chosen = await app.push_screen_wait(FirstStart(facts))
        if chosen is None:
            return None
        if chosen == "here":
            break
        if context := await signing_in.come_in():
            return context
    try:
        return await open_context(start)
    except Unauthenticated as failure:
        return await signing_in.again("Sign in", [failure.detail], start.server)
    except (Unreachable, NotKept) as failure:
        if start.server or start.credential or start.override or not start.folders.data.exists():
            raise
        signing_in.note = f"{failure.detail} {HERE_INSTEAD}"
        return await open_context(replace(start, server=EMBEDDED))
