"""What the list of workspaces says of their profiles (P2, P3)."""

from collections.abc import Mapping

from tui.context.context import Context
from tui.context.profiles import server_address
from tui.context.usable import listed
from tui.profiles.row import ProfileRow

NONE = "none yet: activating makes one"


async def of_workspaces(context: Context) -> dict[str, ProfileRow]:
    """The profiles of the server one stands on, by the id of their workspace. Raises `ConfigBroken`."""
    rows = [row for row in await listed(context) if server_address(row.server) == context.backend.address]
    return {row.workspace_id: row for row in reversed(rows) if row.workspace_id}


def words(row: ProfileRow | None) -> str:
    """The profile of a workspace, and whether it can be used."""
    if row is None:
        return NONE
    if row.reason:
        return f"{row.name}: {row.reason}"
    where = "in the config file, in plain text" if row.plain_secret else "on this machine"
    return f"{row.name}: token {row.token_id}, secret {where}"


def legend(profiles: Mapping[str, ProfileRow], shown: str) -> list[str]:
    """What the marks mean; the first is of the workspace that is shown."""
    used = next((id for id, row in profiles.items() if row.decides), None)
    if used == shown:
        return ["✓ in use, by modal too"]
    return ["✓ in use", *(["* used by modal"] if used else [])]


def mark(profiles: Mapping[str, ProfileRow], id: str, shown: str) -> str:
    """The mark of a workspace."""
    if id == shown:
        return "✓"
    return "*" if id in profiles and profiles[id].decides else " "
