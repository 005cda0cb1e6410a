"""What this machine keeps for a person: folders, profiles, secrets."""

from dataclasses import dataclass
from pathlib import Path
from typing import Self

from tui.context.keeper import Keeper
from tui.context.secrets import Secrets
from tui.context.start import Override, Start
from tui.folders import Folders
from tui.profiles.file import ProfileFile


@dataclass(frozen=True)
class Machine:
    """Enough for what needs no server. `config` is the config file.

    `override` is the profile that decides in this process, in place of the active one.
    """

    folders: Folders
    keeper: Keeper
    config: Path
    override: Override | None

    @classmethod
    def of(cls, start: Start) -> Self:
        """The machine that a program was started on."""
        return cls(start.folders, start.keeper, start.config_file, start.override)

    @property
    def profiles(self) -> ProfileFile:
        """The profiles of the config file: its calls read and write files, so call them in a thread."""
        return ProfileFile(self.config)

    def secrets_of(self, address: str) -> Secrets:
        """The secrets that are held of a server."""
        return Secrets(self.keeper, self.folders.data, address)
