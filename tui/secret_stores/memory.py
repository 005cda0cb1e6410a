"""The store of last resort: secrets are kept for this run only."""

from threading import Lock

from tui.secret_stores.store import Condition, SecretName, ServerName, State


class MemoryStore:
    """Secrets that end with the process. `reason` is why nothing better is in use."""

    name = "this run only"
    lasts = False

    def __init__(self, reason: State | None = None) -> None:
        self._reason = reason
        self._secrets: dict[SecretName, str] = {}
        self._lock = Lock()

    def state(self) -> State:
        sentence = "Secrets are kept for this run only."
        if self._reason is None:
            return State(Condition.READY, sentence)
        return State(Condition.READY, f"{sentence} {self._reason.sentence}", self._reason.advice)

    def get(self, name: SecretName) -> str | None:
        return self._secrets.get(name)

    def set(self, name: SecretName, secret: str) -> None:
        with self._lock:
            self._secrets[name] = secret

    def delete(self, name: SecretName) -> bool:
        with self._lock:
            return self._secrets.pop(name, None) is not None

    def ids(self, server: ServerName) -> frozenset[str]:
        with self._lock:
            return frozenset(name.public_id for name in self._secrets if name.server == server)
