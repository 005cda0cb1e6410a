"""Where files are kept, and that nobody else can read them."""

import errno
import os
from pathlib import Path

import pytest

from tui.domain.errors import Failure
from tui.folders import Folders, chosen, made, unusable, write_whole


def test_one_folder_stands_in_place_of_the_platforms_own(tmp_path: Path) -> None:
    folders = chosen({"WORKSPACES_HOME": str(tmp_path)})
    assert folders == Folders.within(tmp_path)
    assert chosen({"WORKSPACES_HOME": ""}) == chosen({})
    assert chosen({"WORKSPACES_HOME": "here"}).data == Path.cwd() / "here" / "data"


def test_choosing_folders_makes_none(tmp_path: Path) -> None:
    chosen({"WORKSPACES_HOME": str(tmp_path / "home")})
    assert list(tmp_path.iterdir()) == []


def test_what_is_made_is_for_its_owner_alone(tmp_path: Path) -> None:
    folder = made(tmp_path / "home" / "state")
    write_whole(folder / "file", b"1")
    assert [path.stat().st_mode & 0o777 for path in (folder.parent, folder, folder / "file")] == [0o700, 0o700, 0o600]
    assert made(folder) == folder


@pytest.mark.parametrize(
    ("reason", "advice"),
    [
        (errno.ENOSPC, "Make room there, or set WORKSPACES_HOME to another folder."),
        (errno.EACCES, "Get the right to write there, or set WORKSPACES_HOME to another folder."),
        (errno.ENOTDIR, "Move away what stands there, or set WORKSPACES_HOME to another folder."),
        (errno.EIO, ". Set WORKSPACES_HOME to another folder."),
    ],
)
def test_the_advice_fits_the_reason(reason: int, advice: str) -> None:
    assert str(unusable(Path("/data"), OSError(reason, os.strerror(reason)))).endswith(advice)


def test_a_folder_that_cannot_be_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for wrong in (tmp_path / "file", tmp_path / "file" / "state", Path("/proc/none")):
        with pytest.raises(Failure, match="WORKSPACES_HOME") as caught:
            made(wrong)
        assert caught.value.code == "folder_unusable"
        assert str(wrong) in str(caught.value)
