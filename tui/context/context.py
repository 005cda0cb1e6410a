"""Where a person stands: which server, as whom, in which workspace."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tui.context.machine import Machine
from tui.context.secrets import Secrets
from tui.domain.acts import ActId, Circumstances, Standing, refusal
from tui.domain.servers import Mode, Server
from tui.domain.users import Credential, User
from tui.domain.workspaces import Workspace

if TYPE_CHECKING:
    # It knows every object of the wire; the first frame needs few of them.
    from tui.backend.protocol import Backend


@dataclass(frozen=True)
class Context(Machine):
    """Immutable: going to another workspace makes another Context.

    A `guest` came by a credential of the environment: what this machine keeps may be somebody else's.
    `overridden` is the id of the workspace that the override stands for.
    """

    backend: "Backend"
    server: Server
    user: User
    workspace: Workspace
    credential: Credential
    guest: bool
    overridden: str | None = None

    @property
    def place(self) -> str:
        """The server's name for people."""
        if self.server.mode == Mode.EMBEDDED:
            return "this computer"
        return self.backend.address.removeprefix("https://").removeprefix("http://")

    @property
    def title(self) -> str:
        """The workspace's name for people, with what has decided on it in place of the active profile (P2)."""
        by = f" ({self.override.by})" if self.override and self.workspace.id == self.overridden else ""
        return f"{self.workspace.name}{by}"

    @property
    def secrets(self) -> Secrets:
        """What this machine holds of the server's secrets."""
        return self.secrets_of(self.backend.address)

    @property
    def standing(self) -> Standing | None:
        """Who the person is in the workspace, as far as permission goes; None for one who is disabled there."""
        role = self.workspace.role
        return Standing(self.user.id, role, self.workspace.status) if role else None

    def allows(self, act: ActId) -> bool:
        """Whether the person's role in the workspace allows an act on anybody there at all."""
        standing, circumstances = self.standing, Circumstances(self.workspace.kind, active_owners=0)
        return standing is not None and refusal(act, standing, circumstances) is None

    def at(self, workspace: Workspace) -> "Context":
        """The same person in another workspace, or in a newer state of this one."""
        return replace(self, workspace=workspace)
