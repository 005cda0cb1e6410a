"""Which ids a keyring holds the secrets of, for keyrings that cannot tell: a file of ids, no secrets."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from tui import folders, locks
from tui.domain.errors import Failure
from tui.secret_stores.store import NotKept, SecretName, ServerName

Ids = dict[str, set[str]]


class IdFile:
    """The ids of each server, as JSON in the file at `path`. Raises `NotKept` where it cannot be used."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def add(self, name: SecretName) -> None:
        with self._changing() as ids:
            ids.setdefault(name.server.text, set()).add(name.public_id)

    def discard(self, name: SecretName) -> None:
        with self._changing() as ids:
            ids.get(name.server.text, set()).discard(name.public_id)

    def held(self, server: ServerName) -> frozenset[str]:
        with self._spoken():
            return frozenset(self._read().get(server.text, ()))

    @contextmanager
    def _changing(self) -> Iterator[Ids]:
        with self._spoken():
            folders.made(self._path.parent)
            with locks.only_writer(self._path):
                ids = self._read()
                yield ids
                folders.write_whole(self._path, msgspec.json.encode(ids, order="sorted"))

    def _read(self) -> Ids:
        """A damaged index is begun anew: the secrets themselves are still found by name."""
        try:
            return msgspec.json.decode(self._path.read_bytes(), type=Ids)
        except (FileNotFoundError, msgspec.DecodeError):
            return {}

    @contextmanager
    def _spoken(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise NotKept.failed(f"{self._path} cannot be used: {error.strerror}.") from error
        except Failure as failure:
            raise NotKept.failed(failure.detail) from failure
