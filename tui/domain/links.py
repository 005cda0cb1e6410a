"""Links with a code: of an invite, of a new server, of a recovery (I5, S4, S6)."""

import re
from typing import NamedTuple

SETUP, RECOVERY = "setup", "recover"

_CODE = re.compile(r"(?:(?P<kind>setup|recover)\.)?(?P<code>[A-Za-z0-9_-]{16,200})")


class Link(NamedTuple):
    """What a person was given. `server` is empty for a code alone, `kind` for an invite."""

    server: str
    code: str
    kind: str = ""


def parsed(text: str) -> Link | None:
    """The parts of `<server>/i#<code>`, `workspaces:embedded#<code>` or a code alone; None for what is none of them."""
    address, sign, code = text.strip().rpartition("#")
    found = _CODE.fullmatch(code)
    if found is None or (sign and not address):
        return None
    return Link(address.removesuffix("/i").rstrip("/"), found["code"], found["kind"] or "")
