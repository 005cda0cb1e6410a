"""What was shown last on each server, and as whom: `state.json` in the state folder. It holds no secrets."""

import logging
from pathlib import Path

import msgspec
from msgspec.structs import replace

from tui import locks
from tui.domain.errors import Failure
from tui.folders import made, unusable, write_whole

FILE_NAME = "state.json"

log = logging.getLogger(__name__)


class ServerState(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is remembered of one server: the ids of the workspace that was shown last and of the session (S1).

    `insecure`: the person knows that others may read along.
    """

    workspace: str | None = None
    session: str | None = None
    insecure: bool = False


class State(msgspec.Struct, frozen=True):
    """By the address of a server."""

    servers: dict[str, ServerState] = {}


def last_workspace(folder: Path, address: str) -> str | None:
    """The id of the workspace that was shown last on a server, or None."""
    return _of(folder, address).workspace


def session_id(folder: Path, address: str) -> str | None:
    """The id of the session that is kept for a server, or None."""
    return _of(folder, address).session


def remember_workspace(folder: Path, address: str, workspace_id: str) -> None:
    """Keep what is shown on a server for the next start.

    A file that cannot be written is no reason to stop anybody: the log says so.
    """
    try:
        _change(folder, address, workspace=workspace_id)
    except Failure as failure:
        log.warning("the workspace shown is not remembered: %s", failure)


def check_memory(folder: Path, address: str) -> None:
    """Raises `Failure` `folder_unusable` where nothing of a server could be kept now."""
    _change(folder, address)


def remember_session(folder: Path, address: str, session_id: str | None) -> None:
    """Keep which session is a server's; None is none any more. Raises `Failure` `folder_unusable`."""
    _change(folder, address, session=session_id)


def is_insecure(folder: Path, address: str) -> bool:
    """Whether a person has said that others may read along on the way to a server."""
    return _of(folder, address).insecure


def remember_insecure(folder: Path, address: str) -> None:
    """Keep that others may read along on the way to a server. Raises `Failure` `folder_unusable`."""
    _change(folder, address, insecure=True)


def _of(folder: Path, address: str) -> ServerState:
    return _read(folder / FILE_NAME).servers.get(address, ServerState())


def _change(folder: Path, address: str, **changed: str | bool | None) -> None:
    path = made(folder) / FILE_NAME
    try:
        with locks.only_writer(path):
            servers = _read(path).servers
            servers = servers | {address: replace(servers.get(address, ServerState()), **changed)}
            write_whole(path, msgspec.json.format(msgspec.json.encode(State(servers=servers))))
    except OSError as error:
        raise unusable(path, error) from error


def _read(path: Path) -> State:
    """The state as it is; one that cannot be read is none, for it is only a convenience."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=State)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return State()
