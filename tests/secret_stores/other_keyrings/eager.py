"""A keyring that auto-detection prefers to all others, and that writes plain text, as `keyrings.alt` has one."""

from pathlib import Path

from keyring.backend import KeyringBackend


class Plain(KeyringBackend):
    priority = 100

    def get_password(self, service: str, username: str) -> str | None:
        return None

    def set_password(self, service: str, username: str, password: str) -> None:
        (Path.home() / "plain.txt").write_text(password)

    def delete_password(self, service: str, username: str) -> None:
        """It never forgets."""
