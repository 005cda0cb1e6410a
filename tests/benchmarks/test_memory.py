"""What a million members cost in memory: resident bytes of the whole app, service and database included, as a
process in a terminal after its first page of members."""

import resource
from pathlib import Path

import pytest

from tests.app.terminal import COMMAND, terminal

pytestmark = pytest.mark.benchmark


def resident(home: Path, workspace: str, seen: str) -> int:
    """Resident bytes with the members of a workspace on the screen."""
    with terminal([COMMAND, "--workspace", workspace], {"WORKSPACES_HOME": str(home)}) as window:
        window.sees(workspace.encode())
        window.types(b"2")
        window.sees(seen.encode())
        pages = int(Path(f"/proc/{window.process.pid}/statm").read_text().split()[1])
        window.types(b"q")
        window.ended()
        return pages * resource.getpagesize()


def test_a_million_members_take_the_memory_of_a_hundred(million: Path) -> None:
    few = resident(million, "workspace-1", "of 100 members")
    many = resident(million, "workspace-3", "of 1,000,000 members")
    assert many / few <= 1.1, (many, few)
