"""Where this run keeps secrets: chosen when it is first needed, and loaded then."""

from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    # They talk to the keyring; the first frame needs no secret.
    from tui.context.secrets import Kept
    from tui.secret_stores.store import SecretStore


class Keeper:
    """One store for the whole run. Made without anything, it is one that ends with the run."""

    def __init__(self, named: str = "memory", index: Path = Path()) -> None:
        """`named` is what `WORKSPACES_SECRETS` says, `index` the file of ids for keyrings that cannot list them."""
        self._named = named
        self._index = index
        self._store: SecretStore | None = None
        self._lock = Lock()
        self.sessions: dict[str, str] = {}
        """The ids of sessions that last for this run only, by the address of their server."""
        self.seen: Kept | None = None
        """Where secrets are kept and how that was when last looked at."""

    def store(self) -> "SecretStore":
        """The store, looked for at the first call: call it in a thread. Raises `Refused` for a name that is none."""
        with self._lock:
            if self._store is None:
                # Half of what a command loads, where none keeps a secret.
                from tui.secret_stores.choosing import VARIABLE, choose  # noqa: PLC0415

                self._store = choose({VARIABLE: self._named}, self._index)
            return self._store
