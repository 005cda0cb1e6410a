"""A profile: a named entry of the config file that binds a server, a workspace and a token."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from itertools import count

NAME_LIMIT = 100


@dataclass(frozen=True)
class Profile:
    """What the config file says of one profile; the file may hold more, which is kept.

    `active` is true for the one that the official tool takes, `plain_secret` where the file
    holds a `token_secret` in plain text.
    """

    name: str
    server_url: str | None = None
    workspace_id: str | None = None
    token_id: str | None = None
    environment: str | None = None
    active: bool = False
    plain_secret: bool = False

    @property
    def is_modals_own(self) -> bool:
        """Whether it is of Modal's own cloud, which is not administered here (P3)."""
        return not self.server_url


@dataclass(frozen=True)
class PlainSecret:
    """A secret that stands in the config file in plain text."""

    profile: Profile
    secret: str = field(repr=False)


def name_problem(name: str) -> str | None:
    """Why a profile cannot be called this, as a sentence; None when it can.

    Only what TOML takes without quotes: the official tool's parser misreads much of the rest.
    """
    if not name:
        return "A profile's name has at least 1 character."
    if len(name) > NAME_LIMIT:
        return f"A profile's name has at most {NAME_LIMIT} characters; this one has {len(name):,}."
    if not re.fullmatch(r"[A-Za-z0-9_-]+", name):
        return "A profile's name has only letters A-Z and a-z, digits, - and _."
    return None


def value_problem(key: str, value: str) -> str | None:
    """Why a value cannot stand in the config file, as a sentence; None when it can."""
    if re.fullmatch(r"[A-Za-z0-9\-_./:+=@ ]+", value):
        return None
    return f"The {key} of a profile has only letters A-Z and a-z, digits, spaces and - _ . / : + = @"


def free_name(wanted: str, taken: Collection[str]) -> str:
    """The wanted name, with the first free number behind it where it is taken (P4)."""
    if wanted not in taken:
        return wanted
    return next(name for n in count(2) if (name := f"{wanted}-{n}") not in taken)
