"""How often one caller may call: counted in memory, a minute at a time."""

import time
from collections import Counter
from collections.abc import Callable

from tui.domain.errors import Refused

WINDOW = 60
"""Seconds that are counted together."""


class Rates:
    """Counts calls by caller and refuses those past `limit` in one minute: `rate_limited`.

    Counts of a minute that is over are forgotten, so that what is kept is at most a minute of
    calls. It lives on the event loop and needs no lock.
    """

    def __init__(self, limit: int, now: Callable[[], float] = time.monotonic) -> None:
        self._limit = limit
        self._now = now
        self._window = -1
        self._calls: Counter[str] = Counter()

    def count(self, caller: str) -> None:
        """Counts one call; `rate_limited` with the seconds to wait when there were too many."""
        window, gone = divmod(self._now(), WINDOW)
        if window != self._window:
            self._window = int(window)
            self._calls.clear()
        self._calls[caller] += 1
        if self._calls[caller] > self._limit:
            raise Refused("rate_limited", retry_after=int(WINDOW - gone) + 1)
