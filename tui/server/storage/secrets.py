"""Ids, and secrets of 256 random bits that are stored as a hash only (T5, S1)."""

import hashlib
import hmac
import secrets
import string

_ALPHABET = string.digits + string.ascii_lowercase
_NOBODY = bytes(32)
_LETTERS = "BCDFGHJKLMNPQRSTVWXZ"
_CODE_LENGTH = 8


def new_id(prefix: str) -> str:
    """A public id: the prefix, a hyphen and 20 random characters `[0-9a-z]`."""
    return f"{prefix}-{''.join(secrets.choice(_ALPHABET) for _ in range(20))}"


def new_secret(prefix: str) -> str:
    """A secret to be shown once: the prefix, a hyphen and 256 random bits in base64url."""
    return f"{prefix}-{secrets.token_urlsafe(32)}"


def new_code() -> str:
    """A short code that a person types: 8 random letters, none of which is a vowel or looks like another."""
    return "".join(secrets.choice(_LETTERS) for _ in range(_CODE_LENGTH))


def digest(secret: str) -> bytes:
    """What is stored of a secret."""
    return hashlib.sha256(secret.encode()).digest()


def matches(secret: str, stored: bytes | None) -> bool:
    """Whether a secret is the stored one, in a time that tells nothing; None is never matched."""
    same = hmac.compare_digest(digest(secret), stored or _NOBODY)
    return same and stored is not None
