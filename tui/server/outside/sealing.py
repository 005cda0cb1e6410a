"""What must be kept and never be read: sealed with a key that is not in the database."""


class Seal:
    """Seals short texts with one key, made by `Seal.new_key`."""

    def __init__(self, key: bytes) -> None:
        """Raises ValueError for what is no key."""
        # Only a service with GitHub seals anything; the others start sooner without this library.
        from cryptography.fernet import Fernet, InvalidToken  # noqa: PLC0415

        self._fernet = Fernet(key)
        self._wrong = InvalidToken

    @staticmethod
    def new_key() -> bytes:
        from cryptography.fernet import Fernet  # noqa: PLC0415 - as above

        return Fernet.generate_key()

    def closed(self, text: str) -> bytes:
        """The text, sealed."""
        return self._fernet.encrypt(text.encode())

    def opened(self, sealed: bytes) -> str | None:
        """The text that was sealed; None for what another key sealed, or nobody."""
        try:
            return self._fernet.decrypt(sealed).decode()
        except self._wrong:
            return None
