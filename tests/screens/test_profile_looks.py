"""How profiles and the place of secrets look: in use, by another, locked, overridden (P2, P3, T6)."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.driver import LARGE
from tests.looks import FIRST, SIZES, Sample, Size, Snap, look_at
from tui.app.app import WorkspacesApp
from tui.backend.addresses import EMBEDDED
from tui.backend.embedded import FILE_NAME
from tui.context.keeper import Keeper
from tui.context.secrets import INSTALLATION_FILE
from tui.context.start import Override, Start
from tui.domain.programs import Program
from tui.folders import Folders
from tui.profiles.file import ProfileFile
from tui.profiles.profile import Profile
from tui.secret_stores.memory import MemoryStore
from tui.secret_stores.secret_service import SHUT
from tui.secret_stores.store import Condition, NotKept, SecretName, ServerName, State

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
    profiles.bind(Profile("acme", EMBEDDED, workspace_of(home, "acme"), TOKEN))
    profiles.bind(Profile("navy", EMBEDDED, workspace_of(home, "navy-research")))
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


@SIZES
@pytest.mark.parametrize("name", ["workspaces-filled-profile_in_use"])
def test_P2_looks_with_a_profile_in_use(name: str, size: Size, home: Path, snap_compare: Snap) -> None:
    assert look_at(opened(home, active="acme"), Sample("", "✓ in use, by modal too"), size, snap_compare)


@SIZES
@pytest.mark.parametrize("name", ["workspaces-filled-other_profile"])
def test_P2_looks_where_modal_uses_another_one(name: str, size: Size, home: Path, snap_compare: Snap) -> None:
    then = "* used by modal" if size == LARGE else FIRST
    assert look_at(opened(home, active="navy"), Sample("", then), size, snap_compare)


@SIZES
@pytest.mark.parametrize("name", ["workspaces-filled-locked_keyring"])
def test_T6_looks_beside_a_locked_keyring(name: str, size: Size, home: Path, snap_compare: Snap) -> None:
    app = opened(home, active="acme", state=SHUT)
    assert look_at(app, Sample("", "acme: The keyring is locked."), size, snap_compare)


@SIZES
@pytest.mark.parametrize("name", ["workspaces-filled-modal_profile"])
def test_P2_looks_where_modal_profile_decides(name: str, size: Size, home: Path, snap_compare: Snap) -> None:
    app = opened(home, active="navy", override="acme")
    assert look_at(app, Sample("", "acme (MODAL_PROFILE)"), size, snap_compare)


@SIZES
@pytest.mark.parametrize("name", ["kept_panel-refused"])
def test_T6_looks_at_a_locked_keyring(name: str, size: Size, home: Path, snap_compare: Snap) -> None:
    app = opened(home, active="acme", state=SHUT)
    assert look_at(app, Sample("7 end up up enter", "Unlock it in its own window"), size, snap_compare)
