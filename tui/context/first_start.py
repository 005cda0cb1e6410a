"""The first start on a machine: what the person at the keyboard would be called."""

import getpass


def username() -> str:
    """The operating system's user name without its domain; empty where there is none.

    It is a wish: the service makes a valid username of it (W2), or takes another one.
    """
    try:
        return without_domain(getpass.getuser())
    except (OSError, KeyError, ImportError):
        return ""


def without_domain(name: str) -> str:
    """`ada` of `ada`, `CORP\\ada`, `CORP+ada` and `ada@corp.example.org`."""
    return name.replace("\\", "+").rpartition("+")[2].partition("@")[0]
