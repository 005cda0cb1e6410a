"""A server for a moment, by another credential than the one that a person works with."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from tui.backend.choosing import open_backend
from tui.context.remembering import is_insecure
from tui.domain.programs import Program
from tui.folders import Folders

if TYPE_CHECKING:
    # It knows every object of the wire; the first frame needs few of them.
    from tui.backend.protocol import Backend


@asynccontextmanager
async def visited(
    folders: Folders, address: str, credential: str, program: Program, *, insecure: bool = False
) -> "AsyncGenerator[Backend]":
    """The server at a whole address, closed at the end; `insecure` as where it was signed in to so.

    Raises as `open_backend` does.
    """
    insecure = insecure or is_insecure(folders.state, address)
    backend = await open_backend(address, credential, program, data=folders.data, username="", insecure=insecure)
    try:
        yield backend
    finally:
        await backend.close()
