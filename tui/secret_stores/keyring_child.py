"""One call of one keyring class, in a process of its own that can be killed.

It is run as a file, so that it loads nothing of ours. The request comes on standard input and
the answer goes to standard output, each one JSON object: no secret is among the arguments or
in the environment. What the class itself prints goes nowhere, and it has no terminal to ask on.
"""

import importlib
import json
import os
import sys
import threading
from typing import Any

from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, PasswordDeleteError


def main() -> None:
    request = json.load(sys.stdin.buffer)
    end_without_parent(request["limit"])
    answer_to = take_standard_output()
    try:
        answer = {"result": perform(load(request["keyring"]), request)}
    except KeyringLocked:
        answer = {"failed": "locked"}
    except (ImportError, AttributeError) as error:
        answer = {"failed": "missing", "what": type(error).__name__}
    except BaseException as error:  # noqa: BLE001 - keyrings raise what they like, SystemExit too
        answer = {"failed": "error", "what": type(error).__name__}
    with os.fdopen(answer_to, "w") as out:
        json.dump(answer, out)


def load(path: str) -> KeyringBackend:
    """The named class and no other: auto-detection writes plain text where `keyrings.alt` is installed."""
    module, _, name = path.rpartition(".")
    backend: KeyringBackend = getattr(importlib.import_module(module), name)()
    return backend


def perform(backend: KeyringBackend, request: dict[str, Any]) -> Any:
    name = request["service"], request["username"]
    match request["call"]:
        case "get":
            return backend.get_password(*name)
        case "set":
            return backend.set_password(*name, request["secret"])
        case "delete":
            return delete(backend, *name)
        case "viable":
            return backend.viable


def delete(backend: KeyringBackend, service: str, username: str) -> bool:
    """Whether there was something; classes say with one error that there was not and that they could not."""
    try:
        backend.delete_password(service, username)
    except PasswordDeleteError:
        if backend.get_password(service, username) is not None:
            raise
        return False
    return True


def end_without_parent(limit: float) -> None:
    """End at the deadline even if the parent, who would kill this process, is gone."""
    timer = threading.Timer(limit, os._exit, (1,))
    timer.daemon = True
    timer.start()


def take_standard_output() -> int:
    """Keep standard output for the answer alone."""
    answer_to = os.dup(1)
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    return answer_to


if __name__ == "__main__":
    main()
