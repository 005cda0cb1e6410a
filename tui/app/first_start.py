"""What a person is told before anything is made on this machine."""

from tui.context.first_start import username
from tui.context.start import Start
from tui.dialogs.first_start import FirstStartFacts


def first_start(start: Start) -> FirstStartFacts | None:
    """What the first start will make where; None when it was made before, or is on another machine."""
    data = start.folders.data
    if start.server or data.exists():
        return None
    return FirstStartFacts(str(data), username() or "one with a made-up name")
