"""A machine whose keyring, config file and embedded service are the test's own."""

from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

from tests.secret_stores.secret_service import Session
from tui.context.context import Context
from tui.context.keeper import Keeper
from tui.context.opening import opened
from tui.context.start import Start
from tui.domain.programs import Program
from tui.domain.queries import ListQuery, Place
from tui.folders import Folders
from tui.profiles.file import ProfileFile
from tui.profiles.profile import Profile


class Here:
    """The same machine at every start; each start asks the keyring anew."""

    def __init__(self, home: Path, session: Session) -> None:
        self.home = home
        self.session = session
        self.folders = Folders.within(home)
        self.config = home / "modal.toml"
        self.secrets = "keyring"

    def start(self, **more: Any) -> Start:
        keeper = Keeper(self.secrets, self.folders.state / "ids.json")
        return Start(Program.CLI, self.folders, **{"config": self.config, "keeper": keeper, **more})

    def opened(self, **more: Any) -> AbstractAsyncContextManager[Context]:
        return opened(self.start(**more))

    @property
    def profiles(self) -> dict[str, Profile]:
        return {each.name: each for each in ProfileFile(self.config).list()}

    @property
    def active(self) -> str | None:
        found = ProfileFile(self.config).active()
        return found.name if found else None

    @property
    def service(self) -> str:
        """What the keyring calls the embedded server."""
        return f"Workspaces embedded {(self.folders.data / 'installation').read_text()}"

    @property
    def kept(self) -> set[str]:
        """The secrets of the embedded server, as the system's own tool finds them."""
        return self.session.kept(self.service) if (self.folders.data / "installation").exists() else set()


async def token_ids(context: Context, workspace_id: str) -> list[str]:
    """The person's tokens in a workspace."""
    page = await context.backend.tokens.list(workspace_id, ListQuery(), Place())
    return [token.id for token in page.items]
