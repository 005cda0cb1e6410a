"""Where files of ours are kept: the platform's own folders, or `WORKSPACES_HOME` in place of them all."""

import errno
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from platformdirs import PlatformDirs

from tui import files
from tui.domain.errors import Failure

HOME_VARIABLE = "WORKSPACES_HOME"


@dataclass(frozen=True)
class Folders:
    """The folders by what they hold; none is made before something is written there."""

    data: Path
    state: Path
    settings: Path

    @classmethod
    def within(cls, home: Path) -> "Folders":
        """All of them under one folder."""
        return cls(data=home / "data", state=home / "state", settings=home / "settings")


def chosen(environ: Mapping[str, str]) -> Folders:
    """The folders of this person, by the environment."""
    if home := environ.get(HOME_VARIABLE):
        return Folders.within(Path(home).expanduser().absolute())
    platform = PlatformDirs("workspaces", appauthor=False)
    return Folders(data=platform.user_data_path, state=platform.user_state_path, settings=platform.user_config_path)


def made(folder: Path) -> Path:
    """The folder, made for its owner alone (0700) with all that is missing above it.

    Raises `Failure` `folder_unusable` where that cannot be.
    """
    try:
        for part in reversed([folder, *folder.parents]):
            if not part.exists():
                part.mkdir(mode=0o700, exist_ok=True)
        if not folder.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, "it is not a folder")
    except OSError as error:
        raise unusable(folder, error) from error
    return folder


def write_whole(path: Path, content: bytes) -> None:
    """Write a file (0600) so that it is there as a whole or as it was before, whatever happens.

    Raises `Failure` `folder_unusable` where that cannot be.
    """
    made(path.parent)
    try:
        files.replace(path, content)
    except OSError as error:
        raise unusable(path, error) from error


def unusable(path: Path, error: OSError) -> Failure:
    """The failure of a file or folder that cannot be used."""
    return Failure(
        "folder_unusable",
        f"{path} cannot be used ({error.strerror}). {_advice(error)} {HOME_VARIABLE} to another folder.",
    )


def _advice(error: OSError) -> str:
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT:
            return "Make room there, or set"
        case errno.EACCES | errno.EPERM | errno.EROFS:
            return "Get the right to write there, or set"
        case errno.ENOTDIR | errno.EEXIST | errno.EISDIR | errno.EINVAL:
            return "Move away what stands there, or set"
    return "Set"
