"""One database, SQLite or PostgreSQL."""

from typing import Self


class SchemaTooNew(Exception):
    """A newer program made this database; `str()` is one sentence for a person."""


class Store:
    @classmethod
    def open(cls, url: str) -> Self:
        raise NotImplementedError

    def close(self) -> None:
        raise NotImplementedError

    def check(self) -> None:
        raise NotImplementedError
