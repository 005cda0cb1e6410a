"""Where a person stands: which server, as whom, in which workspace."""

from dataclasses import dataclass, replace

from tui.backend.protocol import Backend
from tui.domain.servers import Mode, Server
from tui.domain.users import User
from tui.domain.workspaces import Workspace
from tui.folders import Folders


@dataclass(frozen=True)
class Context:
    """Immutable: going to another workspace makes another Context."""

    backend: Backend
    server: Server
    user: User
    workspace: Workspace
    folders: Folders

    @property
    def place(self) -> str:
        """The server's name for people."""
        if self.server.mode == Mode.EMBEDDED:
            return "this computer"
        return self.backend.address.removeprefix("https://").removeprefix("http://")

    def at(self, workspace: Workspace) -> "Context":
        """The same person in another workspace, or in a newer state of this one."""
        return replace(self, workspace=workspace)
