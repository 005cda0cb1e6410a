"""The store that the operating system offers: Secret Service, KWallet, macOS Keychain, Credential Locker."""

from collections.abc import Callable
from contextlib import suppress
from typing import Protocol

from tui.secret_stores.keyring_process import KeyringProcess
from tui.secret_stores.store import Condition, NotKept, SecretName, ServerName, State


class Index(Protocol):
    """Which ids a keyring holds the secrets of. All raise `NotKept`."""

    def add(self, name: SecretName) -> None: ...

    def discard(self, name: SecretName) -> None: ...

    def held(self, server: ServerName) -> frozenset[str]: ...


class KeyringStore:
    """One keyring class behind a time limit.

    `probe` looks at the keyring before each use, where that can be done without asking anybody
    anything; without one the class itself is asked when somebody wants to know.
    """

    lasts = True

    def __init__(
        self, name: str, process: KeyringProcess, index: Index, probe: Callable[[], State] | None = None
    ) -> None:
        self.name = name
        self._process = process
        self._index = index
        self._probe = probe

    def state(self) -> State:
        return self._probe() if self._probe else self._asked()

    def get(self, name: SecretName) -> str | None:
        self._check()
        return self._process.get(name)

    def set(self, name: SecretName, secret: str) -> None:
        self._check()
        try:
            self._process.set(name, secret)
            self._index.add(name)
        except NotKept:
            # It may be kept all the same, where the keyring was only too slow to say so.
            with suppress(NotKept):
                self.delete(name)
            raise

    def delete(self, name: SecretName) -> bool:
        self._check()
        deleted = self._process.delete(name)
        self._index.discard(name)
        return deleted

    def ids(self, server: ServerName) -> frozenset[str]:
        self._check()
        return self._index.held(server)

    def _check(self) -> None:
        if self._probe and (state := self._probe()).condition is not Condition.READY:
            raise NotKept(state)

    def _asked(self) -> State:
        try:
            viable = self._process.viable()
        except NotKept as failure:
            return failure.state
        if viable:
            return State(Condition.READY, f"Secrets are kept by {self.name}.")
        return State(Condition.ABSENT, f"{self.name} does not work here.", "Choose another in WORKSPACES_SECRETS.")
