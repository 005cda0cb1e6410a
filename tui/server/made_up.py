"""What demo data is made of: the same at each call."""

from random import Random


def made_up_id(prefix: str, number: int) -> str:
    """A public id that looks like any other."""
    return f"{prefix}-{Random(f'{prefix}{number}').getrandbits(66):022d}"[:23]  # noqa: S311 - made-up ids
