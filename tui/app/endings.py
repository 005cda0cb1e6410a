"""Clean ends from outside: a signal, or a terminal that is gone."""

import asyncio
import os
import select
import signal
import sys
import threading
from collections.abc import Callable

HARD_STOP = 3.0
"""Seconds that a clean end may take."""

Leave = Callable[[int], None]


def watch(leave: Leave) -> None:
    """Has `leave` called in this loop with an exit code when the process is asked to end, or its
    terminal is gone. Whatever hangs then is stopped hard, 3 s later.
    """
    if sys.platform == "win32":
        return
    loop = asyncio.get_running_loop()

    def end(code: int) -> None:
        _stop_hard_later(code)
        leave(code)

    for number in (signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, end, 128 + number)
    if sys.stdin.isatty():
        gone = 128 + signal.SIGHUP
        threading.Thread(target=_wait_for_hang_up, args=(loop, end, gone), daemon=True).start()


def _wait_for_hang_up(loop: asyncio.AbstractEventLoop, end: Leave, code: int) -> None:
    """Where the hang-up signal is ignored, Textual would read an empty terminal for ever."""
    poll = select.poll()
    poll.register(sys.stdin.fileno(), 0)
    poll.poll()
    if not loop.is_closed():
        loop.call_soon_threadsafe(end, code)


def _stop_hard_later(code: int) -> None:
    timer = threading.Timer(HARD_STOP, os._exit, (code,))
    timer.daemon = True
    timer.start()
