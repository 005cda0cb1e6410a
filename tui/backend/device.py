"""What a session that is made here is called."""

import platform
from importlib.metadata import version

from tui.domain.programs import Program
from tui.domain.users import DeviceAsk

NAME_LIMIT = 100


def this_device(program: Program) -> DeviceAsk:
    """This machine and program, as lists of sessions name them."""
    return DeviceAsk(
        name=platform.node()[:NAME_LIMIT] or "this computer",
        platform=platform.system(),
        app=f"{program} {version('workspaces-tui')}",
    )
