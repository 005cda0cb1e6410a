"""Files that are written whole, so that nobody ever reads half of one."""

import errno
import glob
import os
import sys
import tempfile
from contextlib import suppress
from pathlib import Path


def replace(path: Path, content: bytes) -> None:
    """Put `content` in the place of a file, readable by its owner only (0600).

    Whatever happens, the file has its old content or the new one. Raises OSError.
    """
    if path.exists() and not path.is_file():
        raise OSError(errno.EINVAL, "it is not a regular file")
    descriptor, temporary = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(descriptor)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    _sync(path.parent)


def sweep(path: Path) -> None:
    """Remove what killed writers of a file left beside it; nobody else may be writing it now."""
    for temporary in path.parent.glob(f".{glob.escape(path.name)}.*.tmp"):
        temporary.unlink(missing_ok=True)


def _sync(folder: Path) -> None:
    """Let the new name survive a loss of power, where a folder can be synced."""
    if sys.platform == "win32":
        return
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
