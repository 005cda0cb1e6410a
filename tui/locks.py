"""One writer at a time for a file that several processes change."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tui import files


@contextmanager
def only_writer(path: Path, limit: float = 10.0) -> Iterator[None]:
    """Keep every other writer of a file out, in this process and in others.

    What is written depends on what was read inside, not before. A missing folder is made. Raises
    OSError when the lock cannot be made, or is held by somebody else for `limit` seconds.
    """
    # Costs half of what the program loads before its first frame, where nothing is written.
    from filelock import FileLock, Timeout  # noqa: PLC0415

    lock = FileLock(path.with_name(f"{path.name}.lock"), timeout=limit)
    try:
        lock.acquire()
    except Timeout:
        raise TimeoutError(errno.ETIMEDOUT, f"another program has been writing it for {limit:.0f} seconds") from None
    try:
        files.sweep(path)
        yield
    finally:
        lock.release()
