"""What a person is told before anything is made on this machine."""

from contextlib import suppress

from tui.context.first_start import username
from tui.context.machine import Machine
from tui.context.profiles import deciding
from tui.context.start import Start
from tui.dialogs.first_start import FirstStartFacts
from tui.domain.errors import Failure
from tui.domain.names import name_like


def first_start(start: Start) -> FirstStartFacts | None:
    """What the first start will make where; None when it was made before, or is on another machine.

    Reads the config file; one that cannot be read is told of when the server is opened.
    """
    data = start.folders.data
    if start.server or data.exists():
        return None
    active = None
    with suppress(Failure):
        if deciding(Machine.of(start)):
            return None
        active = Machine.of(start).profiles.active()
    return FirstStartFacts(
        str(data),
        name_like(username()) or "one with a made-up name",
        str(start.config_file),
        active.name if active else "",
    )
