"""Which backend: by the address of a server, and the credential for it."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING

from tui.backend.addresses import EMBEDDED, Address, parsed
from tui.domain.errors import Unauthenticated, invalid
from tui.domain.programs import Program

if TYPE_CHECKING:
    # It knows every object of the wire; the first frame needs few of them.
    from tui.backend.protocol import Backend

OpenEmbedded = Callable[[Path, str, str, Program], Awaitable["Backend"]]
"""Opens the embedded service on a data folder, for a username, by a credential, for a program."""

OPEN = (
    "http:// is for this computer only. Use https://, so that nobody reads along; or, where you trust every computer"
    " between, workspaces login --insecure."
)

_CREDENTIAL = re.compile(r"[a-z]{2}-[0-9a-z]+\.[\w-]+", re.ASCII)


async def open_backend(
    server: str,
    credential: str,
    program: Program,
    *,
    data: Path,
    username: str,
    insecure: bool = False,
    embedded: OpenEmbedded | None = None,
) -> "Backend":
    """The backend of a server's address, open; an empty one is the embedded service on the `data` folder.

    `username` is for the first start there, and `embedded` opens it in place of the usual way. A
    `credential` is `<id>.<secret>`; without one the embedded service takes its owner, and a server
    on the network lets nobody do more than sign up.
    `insecure` is for who knows that `http://` to another computer lets others read along.

    Raises `Refused` `input_invalid` for what is no address, and for `http://` to another computer;
    `Unauthenticated` for what is no credential, `Unreachable`.
    """
    if credential and not _CREDENTIAL.fullmatch(credential):
        raise Unauthenticated("The credential does not look like <id>.<secret>.")
    if server in {"", EMBEDDED}:
        if embedded is None:
            embedded = await asyncio.to_thread(_embedded)
        return await embedded(data, username, credential, program)
    address = trusted(server, insecure=insecure)
    connect = await asyncio.to_thread(_connect)
    return await connect(address, credential, program)


def trusted(server: str, *, insecure: bool) -> Address:
    """The address of a server that a credential may be sent to. Raises `Refused` `input_invalid`."""
    address = parsed(server)
    if address.is_open and not insecure:
        raise invalid("server", OPEN)
    return address


def _embedded() -> OpenEmbedded:
    """Loads a web framework and a database for half a second: after the first frame, and beside it."""
    from tui.backend.embedded import open_embedded  # noqa: PLC0415

    return open_embedded


def _connect() -> Callable[[Address, str, Program], Awaitable["Backend"]]:
    """Loads the HTTP client, which the first frame does not need either."""
    from tui.backend.http.client import connect  # noqa: PLC0415

    return connect
