"""The two kinds of Structs on the wire: what is answered and what is asked."""

from enum import StrEnum
from typing import Annotated, Self

import msgspec

SeenVersion = Annotated[int, msgspec.Meta(ge=0, lt=2**53)]
"""A version that a caller saw; every program can hold it exactly."""


class Answer(msgspec.Struct, frozen=True, gc=False):
    """What a service answers. Unknown fields are ignored, so that a newer server may say more."""


class Ask(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What a caller sends. A misspelt field is refused, never lost."""


class OpenEnum(StrEnum):
    """An enumeration that takes a value of a newer server as it comes."""

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        if not isinstance(value, str):
            return None
        unknown = str.__new__(cls, value)
        unknown._name_ = value
        unknown._value_ = value
        return unknown
