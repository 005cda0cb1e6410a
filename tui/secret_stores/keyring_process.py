"""Calls of a keyring class that end in time, whatever the keyring does."""

import json
import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from tui.secret_stores.store import Condition, NotKept, SecretName, State

_CHILD = Path(__file__).with_name("keyring_child.py")
_NOT_FOR_CHILDREN = frozenset({"WORKSPACES_TOKEN", "MODAL_TOKEN_SECRET"})

SILENT = State(
    Condition.SILENT,
    "The keyring does not answer.",
    "Answer it where it asks, or end and start it again; then try once more.",
)
LOCKED = State(Condition.LOCKED, "The keyring is locked.", "Unlock it and try again.")


class KeyringProcess:
    """One keyring class, each call in a child process that is killed at the deadline.

    A thread could not be killed: it would keep the program from ending, or keep a secret after
    we said that it was not kept. `keyring` is the path of the class, `limit` is in seconds.
    """

    def __init__(self, keyring: str, limit: float) -> None:
        self.keyring = keyring
        self._limit = limit

    def viable(self) -> bool:
        """Whether the class says that it can work here. Raises `NotKept`."""
        return bool(self._call("viable", "", ""))

    def get(self, name: SecretName) -> str | None:
        """Raises `NotKept`."""
        found = self._call("get", *_words(name))
        return found if isinstance(found, str) else None

    def set(self, name: SecretName, secret: str) -> None:
        """Raises `NotKept`."""
        self._call("set", *_words(name), secret)

    def delete(self, name: SecretName) -> bool:
        """Whether there was something. Raises `NotKept`."""
        return bool(self._call("delete", *_words(name)))

    def _call(self, call: str, service: str, username: str, secret: str | None = None) -> Any:
        request = {"keyring": self.keyring, "limit": self._limit, "call": call}
        request |= {"service": service, "username": username, "secret": secret}
        try:
            answer = json.loads(_run(json.dumps(request).encode(), self._limit))
        except subprocess.TimeoutExpired:
            raise NotKept(SILENT) from None
        except (OSError, ValueError) as error:
            raise NotKept.failed(f"The keyring could not be asked ({type(error).__name__}).") from None
        if "failed" in answer:
            raise self._failure(answer)
        return answer["result"]

    def _failure(self, answer: dict[str, str]) -> NotKept:
        if answer["failed"] == "locked":
            return NotKept(LOCKED)
        if answer["failed"] == "missing":
            return NotKept(State(Condition.ABSENT, f"There is no keyring class {self.keyring} here."))
        return NotKept.failed(f"The keyring failed ({answer['what']}).")


def _words(name: SecretName) -> tuple[str, str]:
    return name.server.service, name.public_id


def _run(request: bytes, limit: float) -> bytes:
    """The answer of a new child. Raises TimeoutExpired when it took too long and was killed."""
    with subprocess.Popen(  # noqa: S603 - our own interpreter with our own file
        # -P: nothing is imported from the folder that somebody happens to stand in.
        [sys.executable, "-P", str(_CHILD)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={key: value for key, value in os.environ.items() if key not in _NOT_FOR_CHILDREN},
        start_new_session=True,
    ) as child:
        try:
            answer, _ = child.communicate(request, timeout=limit)
        except BaseException:
            _kill(child)
            raise
    return answer


def _kill(child: subprocess.Popen[bytes]) -> None:
    """End a child and whatever it started: a helper of it could still keep the secret."""
    if sys.platform == "win32":
        child.kill()
        return
    with suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
