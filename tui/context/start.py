"""What flags and environment ask for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple, Self

from tui.backend.choosing import OpenEmbedded
from tui.context.keeper import Keeper
from tui.domain.programs import Program
from tui.folders import Folders, chosen

SERVER_VARIABLE = "WORKSPACES_SERVER"
TOKEN_VARIABLE = "WORKSPACES_TOKEN"
SECRETS_VARIABLE = "WORKSPACES_SECRETS"
CONFIG_VARIABLE = "MODAL_CONFIG_PATH"
PROFILE_VARIABLE = "MODAL_PROFILE"
INDEX_FILE = "secrets.json"
"""Which secrets a keyring holds that cannot tell itself: ids only."""


class Override(NamedTuple):
    """The profile that decides in this process in place of the active one, and what says so (P2)."""

    profile: str
    by: str


@dataclass(frozen=True)
class Start:
    """What flags and environment ask for.

    No `server` is the profile's, else the embedded one. `credential` is `<id>.<secret>`,
    `workspace` a name or an id. What names neither `config` nor `keeper` touches nothing of the
    person's: its config file is beside its settings, and its secrets end with the run. `insecure` takes
    `http://` to another computer for signing in, though others may read along.
    """

    program: Program
    folders: Folders
    server: str = ""
    credential: str = ""
    workspace: str = ""
    insecure: bool = False
    override: Override | None = None
    config: Path | None = None
    keeper: Keeper = field(default_factory=Keeper)
    embedded: OpenEmbedded | None = None
    """How the embedded service is opened, where that is not the usual way."""

    @property
    def config_file(self) -> Path:
        """The file of the profiles."""
        return self.config or self.folders.settings / "modal.toml"

    @classmethod
    def from_environment(
        cls, program: Program, environ: Mapping[str, str], *, workspace: str = "", profile: str = ""
    ) -> Self:
        """What the environment asks for, with a workspace and a profile that flags may have named."""
        folders = chosen(environ)
        named = environ.get(PROFILE_VARIABLE, "")
        override = Override(profile, "--profile") if profile else Override(named, PROFILE_VARIABLE) if named else None
        config = environ.get(CONFIG_VARIABLE)
        return cls(
            program=program,
            folders=folders,
            server=environ.get(SERVER_VARIABLE, "").strip(),
            credential=environ.get(TOKEN_VARIABLE, "").strip(),
            workspace=workspace,
            override=override,
            config=Path(config) if config else Path.home() / ".modal.toml",
            keeper=Keeper(environ.get(SECRETS_VARIABLE, ""), folders.state / INDEX_FILE),
        )
