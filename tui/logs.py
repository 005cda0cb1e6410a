"""The log: one file in the state folder, never the terminal, never a secret."""

import logging
import re
from logging.handlers import RotatingFileHandler
from pathlib import Path

from tui.folders import made

FILE_NAME = "workspaces.log"
_BYTES = 1024 * 1024
_CHATTY = ("httpx", "httpcore", "litestar", "alembic", "workspaces.server.calls")
_SECRET = re.compile(
    r"\b(?P<kind>ss|as)-[\w-]{16,}"  # of a session, of a token
    r"|(?P<bearer>Bearer )[^\s'\"]+"
    r"|(?P<link>#(?:setup\.|recover\.)?)[\w-]{32,}"  # the code of a link
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
    root.addHandler(_file_handler(made(folder) / FILE_NAME))
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
    if kind := match["kind"]:
        return f"{kind}-***"
    return f"{match['bearer'] or match['link']}***"
