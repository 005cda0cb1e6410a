"""Which secret store is used: the keyring of the system, else none but this run."""

import sys
from collections.abc import Mapping
from pathlib import Path

from tui.domain.errors import invalid
from tui.secret_stores.index import IdFile
from tui.secret_stores.keyring import KeyringStore
from tui.secret_stores.keyring_process import KeyringProcess
from tui.secret_stores.memory import MemoryStore
from tui.secret_stores.store import Condition, SecretStore, State

if sys.platform == "linux":
    from tui.secret_stores.secret_service import SecretServiceIds, probe

VARIABLE = "WORKSPACES_SECRETS"
SECRET_SERVICE = "keyring.backends.SecretService.Keyring"
OF_PLATFORM = {
    "linux": ("Secret Service", SECRET_SERVICE),
    "darwin": ("macOS Keychain", "keyring.backends.macOS.Keyring"),
    "win32": ("Windows Credential Locker", "keyring.backends.Windows.WinVaultKeyring"),
}
LIMIT = 5.0
"""Seconds that one call of a keyring may take."""


def choose(environ: Mapping[str, str], index: Path) -> SecretStore:
    """The store to use in this run; `index` is the file of ids for keyrings that cannot list them.

    `WORKSPACES_SECRETS` names one: `keyring`, `memory`, or the path of a keyring class, which is
    then the only one loaded. Raises `Refused` for any other name. A keyring that is there but
    locked or silent is used all the same: its state says what to do.
    """
    named = environ.get(VARIABLE, "")
    if named == "memory":
        return MemoryStore()
    if "." in named:
        return _of_class(named, named, index)
    if named not in {"", "keyring"}:
        raise invalid(VARIABLE, f"{VARIABLE} is keyring, memory or the path of a keyring class; not “{named}”.")
    if sys.platform not in OF_PLATFORM:
        nothing = State(Condition.ABSENT, "There is no keyring for this system.")
        return MemoryStore(nothing)
    keyring = _of_class(*OF_PLATFORM[sys.platform], index)
    state = keyring.state()
    return MemoryStore(state) if state.condition is Condition.ABSENT and not named else keyring


def _of_class(name: str, path: str, index: Path) -> KeyringStore:
    process = KeyringProcess(path, LIMIT)
    if sys.platform == "linux" and path == SECRET_SERVICE:
        return KeyringStore(name, process, SecretServiceIds(), probe)
    return KeyringStore(name, process, IdFile(index))
