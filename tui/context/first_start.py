"""The first start on a machine: who the person at the keyboard will be called."""

import getpass
import re

from tui.domain.folding import fold
from tui.domain.names import NAME_LIMIT


def username() -> str:
    """The operating system's user name as a username of ours (W2), without its domain; or empty.

    It is a wish: the service takes a random one in place of what is empty or reserved.
    """
    try:
        return folded(getpass.getuser())
    except (OSError, KeyError, ImportError):
        return ""


def folded(name: str) -> str:
    """A name of an operating system, `DOMAIN\\\\name` and `name@domain` too, in the form of W2."""
    without_domain = name.rpartition("\\")[2].partition("@")[0]
    hyphenated = re.sub(r"[^a-z0-9]+", "-", fold(without_domain))
    return hyphenated[:NAME_LIMIT].strip("-")
