"""The official `modal` package, in an environment of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

VERSION = "1.6.4"

READER = """
import json, sys
from modal import config
for line in sys.stdin:
    config.user_config_path = line.rstrip("\\n")
    config._user_config = config._read_user_config()
    active = config._config_active_profile()
    print(json.dumps({"profiles": config._user_config, "active": active}, default=str), flush=True)
"""


class Official:
    """The command `modal`, and the part of it that reads the config file."""

    def __init__(self, folder: Path) -> None:
        self._bin = folder / "bin"
        self._reader = subprocess.Popen(
            [self._bin / "python", "-c", READER],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env=_environ(Path(os.devnull)),
        )

    def read(self, path: Path) -> Any:
        """What it takes from a config file: `profiles` and `active`."""
        assert self._reader.stdin
        assert self._reader.stdout
        print(path, file=self._reader.stdin, flush=True)
        return json.loads(self._reader.stdout.readline())

    def run(self, path: Path, *words: str, **environ: str) -> str:
        """`modal profile …` on this config file; what it prints."""
        return subprocess.run(
            [self._bin / "modal", "profile", *words],
            env=_environ(path) | environ,
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        ).stdout

    def end(self) -> None:
        self._reader.communicate()


def installed(folder: Path) -> Path:
    """The environment with the package, made where it is missing. Raises CalledProcessError."""
    folder = folder / f"modal-{VERSION}"
    with FileLock(folder.with_suffix(".lock")):
        if not (folder / "complete").exists():
            subprocess.run([sys.executable, "-m", "venv", "--clear", folder], check=True)
            pip = [str(folder / "bin" / "pip"), "install", "--disable-pip-version-check", f"modal=={VERSION}"]
            subprocess.run(pip, check=True, capture_output=True, text=True)
            (folder / "complete").touch()
    return folder


@pytest.fixture(scope="session")
def official(request: pytest.FixtureRequest) -> Iterator[Official]:
    """The package, installed once a machine and shared by all workers."""
    try:
        folder = installed(request.config.rootpath / ".pytest_cache")
    except subprocess.CalledProcessError as error:
        pytest.skip(f"needs modal {VERSION} from PyPI: {error.stderr}")
    official = Official(folder)
    yield official
    official.end()


def _environ(path: Path) -> dict[str, str]:
    others = {name: value for name, value in os.environ.items() if not name.startswith("MODAL_")}
    return others | {"MODAL_CONFIG_PATH": str(path), "NO_COLOR": "1"}
