"""What the app and every command begin with."""

import os

from tui import folders, logs
from tui.context.start import Start
from tui.domain.programs import Program


def start(program: Program, workspace: str, profile: str) -> Start:
    """What flags and environment ask for, with the log ready."""
    logs.configure(folders.chosen(os.environ).state)
    return Start.from_environment(program, os.environ, workspace=workspace, profile=profile)
