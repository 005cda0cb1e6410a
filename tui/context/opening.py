"""From flags and environment to a Context: which server, as whom, in which workspace."""

from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Self

from tui.backend.choosing import open_backend
from tui.backend.protocol import Backend
from tui.context.context import Context
from tui.context.first_start import username
from tui.context.remembering import last_workspace
from tui.domain.errors import Refused, Unauthenticated
from tui.domain.names import is_id
from tui.domain.programs import Program
from tui.domain.queries import ListQuery, Place
from tui.domain.roles import Kind, Status
from tui.domain.workspaces import Workspace
from tui.folders import Folders, chosen

SERVER_VARIABLE = "WORKSPACES_SERVER"
TOKEN_VARIABLE = "WORKSPACES_TOKEN"


@dataclass(frozen=True)
class Start:
    """What flags and environment ask for.

    No `server` is the embedded one. `credential` is `<id>.<secret>`, `workspace` a name or an id.
    """

    program: Program
    folders: Folders
    server: str = ""
    credential: str = ""
    workspace: str = ""

    @classmethod
    def from_environment(cls, program: Program, environ: Mapping[str, str], *, workspace: str = "") -> Self:
        """What the environment asks for, with a workspace that a flag may have named."""
        return cls(
            program=program,
            folders=chosen(environ),
            server=environ.get(SERVER_VARIABLE, "").strip(),
            credential=environ.get(TOKEN_VARIABLE, "").strip(),
            workspace=workspace,
        )


@asynccontextmanager
async def opened(start: Start) -> AsyncGenerator[Context]:
    """The Context of a start, closed at the end. Raises what `open_context` raises."""
    context = await open_context(start)
    try:
        yield context
    finally:
        await context.backend.close()


async def open_context(start: Start) -> Context:
    """Where the person stands; the caller closes its backend.

    Raises `Failure`: `Unauthenticated` without a credential for a server on the network,
    `Refused` `not_found` or `member_disabled` for a workspace that cannot be opened, `Unreachable`.
    """
    if start.server and not start.credential:
        raise Unauthenticated(f"You are not signed in to {start.server}. Put <id>.<secret> into {TOKEN_VARIABLE}.")
    backend = await open_backend(
        start.server, start.credential, start.program, data=start.folders.data, username=username()
    )
    try:
        me = await backend.account.me()
        workspace = await _workspace(backend, start)
    except BaseException:
        await backend.close()
        raise
    return Context(backend, me.server, me.user, workspace, start.folders)


async def workspace_named(backend: Backend, name: str) -> Workspace:
    """The workspace of a name or an id. Raises `Refused`: `not_found`, `member_disabled` (W6)."""
    if is_id(name):
        workspace: Workspace | None = await backend.workspaces.get(name)
    else:
        workspace = await _first(backend, name=name)
    if workspace is None:
        raise Refused("not_found", f"You are in no workspace called “{name}”.")
    if workspace.status == Status.DISABLED:
        raise Refused("member_disabled", f"You are disabled in {workspace.name}. Ask an Owner or a Manager there.")
    return workspace


async def _workspace(backend: Backend, start: Start) -> Workspace:
    """The workspace asked for, else the one shown last, else the personal one."""
    if start.workspace:
        return await workspace_named(backend, start.workspace)
    if last := last_workspace(start.folders.state, backend.address):
        try:
            return await workspace_named(backend, last)
        except Refused:
            pass  # It was deleted, or the person is out of it.
    workspace = await _first(backend, kind=Kind.PERSONAL) or await _first(backend, status=Status.ACTIVE)
    if workspace is None:
        raise Refused("not_found", "You are in no workspace that you may open.")
    return workspace


async def _first(backend: Backend, **filters: str) -> Workspace | None:
    query = ListQuery(filters={name: (value,) for name, value in filters.items()})
    page = await backend.workspaces.list(query, Place(limit=1))
    return page.items[0] if page.items else None
