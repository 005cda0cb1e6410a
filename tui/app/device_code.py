"""Waiting until a person has entered a code elsewhere."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from textual.app import App

from tui.dialogs.device_code import DeviceCode
from tui.domain.sign_ins import SignIn

T = TypeVar("T")


async def waited(app: App[int], title: str, work: Callable[[Callable[[SignIn], None]], Awaitable[T]]) -> T | None:
    """What comes of a piece of work that shows a code and waits for it; None when it is given up.

    Raises what the work raises.
    """
    shown: asyncio.Future[SignIn] = asyncio.get_running_loop().create_future()
    task = asyncio.ensure_future(work(shown.set_result))
    first: set[asyncio.Future[Any]] = {task, shown}
    await asyncio.wait(first, return_when=asyncio.FIRST_COMPLETED)
    if not task.done():
        sign_in = shown.result()
        until = sign_in.expires_at.astimezone().strftime("%H:%M")
        dialog = DeviceCode(title, sign_in.verification_uri or "", sign_in.user_code or "", until)
        task.add_done_callback(lambda _: dialog.close(True))
        if await app.push_screen_wait(dialog) is None:
            task.cancel()
            return None
    return await task
