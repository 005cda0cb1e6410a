"""What was shown last on each server: `state.json` in the state folder. It holds no secrets."""

import logging
from pathlib import Path

import msgspec

from tui import locks
from tui.domain.errors import Failure
from tui.folders import made, write_whole

FILE_NAME = "state.json"

log = logging.getLogger(__name__)


class ServerState(msgspec.Struct, frozen=True):
    """What is remembered of one server: the id of the workspace that was shown last."""

    workspace: str | None = None


class State(msgspec.Struct, frozen=True):
    """By the address of a server."""

    servers: dict[str, ServerState] = {}


def last_workspace(folder: Path, address: str) -> str | None:
    """The id of the workspace that was shown last on a server, or None."""
    return _read(folder / FILE_NAME).servers.get(address, ServerState()).workspace


def remember_workspace(folder: Path, address: str, workspace_id: str) -> None:
    """Keep what is shown on a server for the next start.

    A file that cannot be written is no reason to stop anybody: the log says so.
    """
    try:
        path = made(folder) / FILE_NAME
        with locks.only_writer(path):
            state = _read(path)
            shown = state.servers | {address: ServerState(workspace=workspace_id)}
            write_whole(path, msgspec.json.format(msgspec.json.encode(State(servers=shown))))
    except (OSError, Failure) as error:
        log.warning("the workspace shown is not remembered: %s", error)


def _read(path: Path) -> State:
    """The state as it is; one that cannot be read is none, for it is only a convenience."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=State)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return State()
