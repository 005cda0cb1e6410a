"""The secrets of one server: kept, found again and forgotten, off the event loop (T6)."""

import asyncio
import secrets
from contextlib import suppress
from dataclasses import dataclass
from hmac import compare_digest
from pathlib import Path

from tui import locks
from tui.backend.addresses import EMBEDDED
from tui.context.keeper import Keeper
from tui.folders import made, unusable, write_whole
from tui.secret_stores.store import Condition, NotKept, SecretName, SecretStore, ServerName, State

INSTALLATION_FILE = "installation"
"""Holds the id by which the secrets of a data folder's embedded server are known."""


@dataclass(frozen=True)
class Kept:
    """Where secrets are kept, as people call it; whether they are still there in the next run; how it is now."""

    name: str
    lasts: bool
    state: State

    @property
    def can_keep(self) -> bool:
        """Whether a secret would be there in the next run: only then a token is made for it (P4)."""
        return self.lasts and self.state.condition is Condition.READY

    @property
    def words(self) -> str:
        """The name, and what is the matter if it is not ready: `Secret Service: locked`."""
        condition = self.state.condition
        return self.name if condition is Condition.READY else f"{self.name}: {condition}"


class Secrets:
    """The secrets that this machine holds of one server; they are sent to no other (T6).

    Each call ends within seconds, whatever the store does. All but `condition` raise `NotKept`.
    """

    def __init__(self, keeper: Keeper, data: Path, address: str) -> None:
        """`data` is the folder of the embedded server, `address` the server's, or that of the embedded one."""
        self._keeper = keeper
        self._data = data
        self._address = address

    async def condition(self) -> Kept:
        """Where secrets are kept and how that is, looked at anew. Raises `Refused` for an unknown store."""
        return await asyncio.to_thread(self._condition)

    async def read(self, id: str) -> str | None:
        """The secret of a token or a session, or None."""
        return await asyncio.to_thread(self._read, id)

    async def keep(self, id: str, secret: str) -> None:
        """Keep a secret and read it back; where this raises, nothing is kept."""
        await asyncio.to_thread(self._keep, id, secret)

    async def forget(self, id: str) -> bool:
        """Forget a secret; whether there was one."""
        return await asyncio.to_thread(self._forget, id)

    async def held(self) -> frozenset[str]:
        """The ids of tokens and sessions whose secret this machine holds (T4)."""
        return await asyncio.to_thread(self._held)

    def _condition(self) -> Kept:
        store = self._keeper.store()
        self._keeper.seen = kept = Kept(store.name, store.lasts, store.state())
        return kept

    def _read(self, id: str) -> str | None:
        server = self._server()
        return self._keeper.store().get(SecretName(server, id)) if server else None

    def _keep(self, id: str, secret: str) -> None:
        store, name = self._keeper.store(), SecretName(self._server() or self._installed(), id)
        store.set(name, secret)
        try:
            _read_back(store, name, secret)
        except NotKept:
            with suppress(NotKept):
                store.delete(name)
            raise

    def _forget(self, id: str) -> bool:
        server = self._server()
        return self._keeper.store().delete(SecretName(server, id)) if server else False

    def _held(self) -> frozenset[str]:
        server = self._server()
        return self._keeper.store().ids(server) if server else frozenset()

    def _server(self) -> ServerName | None:
        """None for the embedded server of a folder that no secret was ever kept for."""
        if self._address != EMBEDDED:
            return ServerName.of(self._address)
        path = self._data / INSTALLATION_FILE
        try:
            return ServerName.embedded(path.read_text(encoding="ascii"))
        except FileNotFoundError:
            return None
        except (OSError, UnicodeDecodeError) as error:
            raise NotKept.failed(f"{path} cannot be read.") from error

    def _installed(self) -> ServerName:
        path = made(self._data) / INSTALLATION_FILE
        try:
            with locks.only_writer(path):
                if not path.exists():
                    write_whole(path, secrets.token_hex(8).encode())
                return ServerName.embedded(path.read_text(encoding="ascii"))
        except OSError as error:
            raise unusable(path, error) from error


def _read_back(store: SecretStore, name: SecretName, secret: str) -> None:
    found = store.get(name)
    if found is None or not compare_digest(found.encode(), secret.encode()):
        raise NotKept.failed(f"{store.name} does not give back what it was given.")
