"""Files that are replaced whole, and the lock for those that several processes change."""

import os
from pathlib import Path

import pytest

from tui import files, locks


def test_what_is_no_file_is_never_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(OSError, match="not a regular file"):
        files.replace(pipe, b"new")
    assert pipe.is_fifo()


def test_a_lock_that_is_held_is_reported_after_its_limit(tmp_path: Path) -> None:
    path = tmp_path / "file"
    (tmp_path / "link").symlink_to(tmp_path)
    with (
        locks.only_writer(path),
        pytest.raises(TimeoutError, match="another program"),
        locks.only_writer(tmp_path / "link" / "file", limit=0.1),
    ):
        pass
    with locks.only_writer(path, limit=0.1):
        files.replace(path, b"new")
    assert path.read_bytes() == b"new"
