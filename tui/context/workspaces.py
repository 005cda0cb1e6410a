"""One workspace of the person's: by its name or id, or the first of a kind (W6)."""

from typing import TYPE_CHECKING

from tui.domain.errors import Refused
from tui.domain.names import is_id
from tui.domain.queries import ListQuery, Place
from tui.domain.roles import Kind, Status
from tui.domain.workspaces import Workspace

if TYPE_CHECKING:
    # It knows every object of the wire; the first frame needs few of them.
    from tui.backend.protocol import Backend


async def workspace_named(backend: "Backend", name: str) -> Workspace:
    """The workspace of a name or an id. Raises `Refused`: `not_found`, `member_disabled` (W6)."""
    if is_id(name):
        workspace: Workspace | None = await backend.workspaces.get(name)
    else:
        workspace = await first_workspace(backend, name=name)
    if workspace is None:
        raise Refused("not_found", f"You are in no workspace called “{name}”.")
    if workspace.status == Status.DISABLED:
        raise Refused("member_disabled", f"You are disabled in {workspace.name}. Ask an Owner or a Manager there.")
    return workspace


async def personal_workspace(backend: "Backend") -> Workspace | None:
    """The person's own workspace (W1); None where the credential is for another one (S2)."""
    return await first_workspace(backend, kind=Kind.PERSONAL)


async def first_workspace(backend: "Backend", **filters: str) -> Workspace | None:
    """The first workspace that passes these filters, by name."""
    query = ListQuery(filters={name: (value,) for name, value in filters.items()})
    page = await backend.workspaces.list(query, Place(limit=1))
    return page.items[0] if page.items else None
