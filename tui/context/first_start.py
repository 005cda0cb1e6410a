"""The first start on a machine: what the person would be called, and the first profile."""

import asyncio
import getpass
import logging

from tui.context.context import Context
from tui.domain.errors import Failure
from tui.profiles.profile import Profile

log = logging.getLogger(__name__)


def username() -> str:
    """The operating system's user name without its domain; empty where there is none.

    It is a wish: the service makes a valid username of it (W2), or takes another one.
    """
    try:
        return without_domain(getpass.getuser())
    except (OSError, KeyError, ImportError):
        return ""


def without_domain(name: str) -> str:
    """`ada` of `ada`, `CORP\\ada`, `CORP+ada` and `ada@corp.example.org`."""
    return name.replace("\\", "+").rpartition("+")[2].partition("@")[0]


async def add_profile(context: Context) -> None:
    """Add a profile of the first workspace; one that is active already stays so (P5).

    A config file that cannot be written is no reason to stop anybody: the log says so.
    """
    workspace = context.workspace
    profile = Profile(workspace.name, server_url=context.backend.address, workspace_id=workspace.id)
    try:
        await asyncio.to_thread(context.profiles.bind, profile)
    except Failure as failure:
        log.warning("the first workspace has no profile: %s", failure)
