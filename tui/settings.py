"""What a person chose: files of their own in the settings folder, written by hand or by the app."""

from pathlib import Path
from typing import Any

from tui import locks
from tui.domain.errors import Failure
from tui.folders import made, unusable, write_whole

SETTINGS_FILE = "settings.toml"
KEYS_FILE = "keys.toml"


def theme(folder: Path) -> str | None:
    """The theme that the person chose, or None.

    Raises `Failure` `settings_invalid` or `folder_unusable` when the file cannot be read.
    """
    name = _read(folder / SETTINGS_FILE).get("theme")
    return name if isinstance(name, str) else None


def choose_theme(folder: Path, name: str) -> None:
    """Keep a theme as the person's choice, beside whatever else the file says.

    Raises `Failure` `settings_invalid` or `folder_unusable` when it cannot be kept.
    """
    # Few people write anything, and the first frame would wait for this.
    import tomli_w  # noqa: PLC0415

    path = made(folder) / SETTINGS_FILE
    try:
        with locks.only_writer(path):
            write_whole(path, tomli_w.dumps(_read(path) | {"theme": name}).encode())
    except OSError as error:
        raise unusable(path, error) from error


def keys(folder: Path) -> dict[str, str]:
    """Act id -> key, as `keys.toml` says: `members.set_role = "r"`; empty without one.

    Raises `Failure` `settings_invalid` or `folder_unusable` when the file cannot be read.
    """
    path = folder / KEYS_FILE
    found: dict[str, str] = {}
    for noun, value in _read(path).items():
        acts = {f"{noun}.{verb}": key for verb, key in value.items()} if isinstance(value, dict) else {noun: value}
        for act, key in acts.items():
            if not isinstance(key, str) or not key:
                raise Failure("settings_invalid", f'{path}: {act} needs a key in quotes, such as "r".')
            found[act] = key
    return found


def _read(path: Path) -> dict[str, Any]:
    try:
        written = path.read_bytes()
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise unusable(path, error) from error
    # Most people have no such file, and the first frame would wait for this.
    import tomllib  # noqa: PLC0415

    try:
        return tomllib.loads(written.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Failure("settings_invalid", f"{path} cannot be read: {error}.") from error
