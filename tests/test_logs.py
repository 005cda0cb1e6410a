"""The log: a file, never the terminal, never a secret (T5)."""

import subprocess
import sys
from pathlib import Path

import pytest

from tui.logs import FILE_NAME, mask

SECRET = "ss-" + "aB3_-" * 9

PROGRAM = f"""
import logging, sys, warnings
from pathlib import Path
from tui import logs

logs.configure(Path(sys.argv[1]))
logs.configure(Path(sys.argv[1]))
logging.getLogger("tui").info("once %s", "{SECRET}")
logging.getLogger("httpx").info("chatter")
warnings.warn("warned")
try:
    raise ValueError("Bearer se-1.{SECRET}")
except ValueError:
    logging.getLogger("tui").exception("it failed")
"""


def run(folder: Path) -> subprocess.CompletedProcess[str]:
    """A program that logs into a folder."""
    return subprocess.run([sys.executable, "-c", PROGRAM, str(folder)], capture_output=True, text=True, check=True)


def test_T5_everything_goes_to_one_file_and_no_secret_to_it(tmp_path: Path) -> None:
    done = run(tmp_path / "state")
    assert (done.stdout, done.stderr) == ("", "")
    text = (tmp_path / "state" / FILE_NAME).read_text()
    assert text.count("once ss-***") == 1
    assert "Bearer ***" in text
    assert "Traceback" in text
    assert "warned" in text
    assert "chatter" not in text
    assert SECRET not in text


def test_a_log_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "state").touch()
    done = run(tmp_path / "state")
    assert (done.stdout, done.stderr) == ("", "")


@pytest.mark.parametrize("kind", ["ss", "as", "su"])
def test_T5_secrets_are_masked_and_ids_are_not(kind: str) -> None:
    secret = f"{kind}-{'x' * 43}"
    assert mask(f"https://host/i#setup.{secret}") == f"https://host/i#setup.{kind}-***"
    assert mask("se-abcdefghij0123456789 in ac-abcdefghij0123456789") == (
        "se-abcdefghij0123456789 in ac-abcdefghij0123456789"
    )
