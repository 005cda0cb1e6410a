"""How profiles and the place of secrets look: in use, by another, locked, overridden (P2, P3, T6)."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
import time_machine
from textual.pilot import Pilot

from tests.app.house import NOW
from tests.driver import LARGE, SMALL, User
from tui.app.app import WorkspacesApp
from tui.backend.embedded import FILE_NAME
from tui.context.keeper import Keeper
from tui.context.secrets import INSTALLATION_FILE
from tui.context.start import Override, Start
from tui.domain.programs import Program
from tui.folders import Folders
from tui.profiles.file import ProfileFile
from tui.profiles.profile import EMBEDDED, Profile
from tui.secret_stores.memory import MemoryStore
from tui.secret_stores.secret_service import SHUT
from tui.secret_stores.store import Condition, NotKept, SecretName, ServerName, State

Snap = Callable[..., bool]

TOKEN = "ak-7c1fq0x2m4n8p3r5s6t9"
INSTALLATION = "0a1b2c3d"
READY = State(Condition.READY, "Secrets are kept in the keyring of this computer.")


class Drawn(MemoryStore):
    """A keyring as it is to be drawn."""

    name = "Secret Service"
    lasts = True

    def __init__(self, state: State) -> None:
        super().__init__()
        self._state = state
        self.set(SecretName(ServerName.embedded(INSTALLATION), TOKEN), "as-1")

    def state(self) -> State:
        return self._state

    def ids(self, server: ServerName) -> frozenset[str]:
        if self._state.condition is not Condition.READY:
            raise NotKept(self._state)
        return super().ids(server)


def opened(home: Path, *, active: str, state: State = READY, override: str = "") -> WorkspacesApp:
    """The app on a home whose workspaces acme and navy-research have profiles."""
    folders = Folders.within(home)
    (folders.data / INSTALLATION_FILE).write_text(INSTALLATION)
    profiles = ProfileFile(folders.settings / "modal.toml")
    profiles.add(Profile("acme", EMBEDDED, workspace_of(home, "acme"), TOKEN))
    profiles.add(Profile("navy", EMBEDDED, workspace_of(home, "navy-research")))
    profiles.activate(active)
    keeper = Keeper()
    keeper._store = Drawn(state)
    by = Override(override, "MODAL_PROFILE") if override else None
    return WorkspacesApp(Start(Program.APP, folders, workspace="" if by else "acme", override=by, keeper=keeper))


def workspace_of(home: Path, name: str) -> str:
    """The id of a workspace of the home."""
    with closing(sqlite3.connect(Folders.within(home).data / FILE_NAME)) as connection:
        (id,) = connection.execute("SELECT id FROM workspaces WHERE name = ?", (name,)).fetchone()
    return str(id)


def look(app: WorkspacesApp, then: str, size: tuple[int, int], snap_compare: Snap) -> bool:
    async def act(pilot: Pilot[int]) -> None:
        user = User(app, pilot)
        await user.sees("5 workspaces.", then)
        await user.rests()

    with time_machine.travel(NOW, tick=False):
        return snap_compare(app, terminal_size=size, run_before=act)


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])
def test_P2_looks_with_a_profile_in_use(size: tuple[int, int], home: Path, snap_compare: Snap) -> None:
    assert look(opened(home, active="acme"), "✓ in use, by modal too", size, snap_compare)


def test_P2_looks_where_modal_uses_another_one(home: Path, snap_compare: Snap) -> None:
    assert look(opened(home, active="navy"), "* used by modal", LARGE, snap_compare)


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])
def test_T6_looks_beside_a_locked_keyring(size: tuple[int, int], home: Path, snap_compare: Snap) -> None:
    assert look(opened(home, active="acme", state=SHUT), "acme: The keyring is locked.", size, snap_compare)


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])
def test_P2_looks_where_modal_profile_decides(size: tuple[int, int], home: Path, snap_compare: Snap) -> None:
    assert look(opened(home, active="navy", override="acme"), "acme (MODAL_PROFILE)", size, snap_compare)
