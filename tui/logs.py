"""The log: one file in the state folder, never the terminal, never a secret."""

import logging
import re
from contextlib import suppress
from logging.handlers import RotatingFileHandler
from pathlib import Path

from tui.domain.errors import Failure
from tui.folders import made

FILE_NAME = "workspaces.log"
_BYTES = 1024 * 1024
_CHATTY = ("httpx", "httpcore", "litestar", "alembic", "workspaces.server.calls")
_SECRET = re.compile(
    r"\b(?P<kind>[a-z]{2}-)[\w-]{40,}"  # of a session, a token, an invite: ids are shorter
    r"|(?P<bearer>Bearer )[^\s'\"]+"
)


def configure(folder: Path) -> None:
    """Send everything that is logged to one file in this folder, and nothing to the terminal.

    Calling it again is harmless. A log that cannot be written is done without.
    """
    root = logging.getLogger()
    if any(isinstance(handler.formatter, Masking) for handler in root.handlers):
        return
    # Otherwise logging complains on the terminal, over the app, when the disk is full.
    logging.raiseExceptions = False
    logging.captureWarnings(capture=True)
    root.setLevel(logging.INFO)
    with suppress(Failure):
        made(folder)
    root.addHandler(_file_handler(folder / FILE_NAME))
    for name in _CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)


def mask(text: str) -> str:
    """The text with each secret in it made unreadable (T5)."""
    return _SECRET.sub(_masked, text)


class Masking(logging.Formatter):
    """Masks what comes out, tracebacks included, which a filter would not see."""

    def format(self, record: logging.LogRecord) -> str:
        return mask(super().format(record))


def _file_handler(path: Path) -> RotatingFileHandler:
    handler = RotatingFileHandler(path, maxBytes=_BYTES, backupCount=1, encoding="utf-8", delay=True)
    handler.setFormatter(Masking("{asctime} {levelname} {name}: {message}", style="{"))
    return handler


def _masked(match: re.Match[str]) -> str:
    return f"{match['kind'] or match['bearer']}***"
