"""The programs of ours that call a service, and how each names itself to it (A1)."""

from enum import StrEnum


class Program(StrEnum):
    APP = "app"
    CLI = "cli"

    @property
    def product(self) -> str:
        """What a User-Agent begins with, before `/` and the version."""
        return f"workspaces-{self}"
