"""What the first frame costs, as a ratio to an empty app of Textual, both as processes in a terminal."""

import sys
import time
from pathlib import Path

import pytest

from tests.app.terminal import terminal

pytestmark = pytest.mark.benchmark

ROUNDS = 8


def seconds_to_first_frame(module: str, home: Path) -> float:
    """From starting a process to the word that both apps show first; compiled, as what is installed is."""
    environ = {"WORKSPACES_HOME": str(home), "PYTHONDONTWRITEBYTECODE": ""}
    began = time.perf_counter()
    with terminal([sys.executable, "-m", module], environ) as window:
        window.sees("Opening…".encode())
        return time.perf_counter() - began


def test_the_first_frame_comes_as_soon_as_an_empty_apps(home: Path) -> None:
    """By turns, and the best of each: what else the machine does only ever adds to it."""
    rounds = [
        (seconds_to_first_frame("tui", home), seconds_to_first_frame("tests.benchmarks.empty_app", home))
        for _ in range(ROUNDS)
    ]
    ours, empty = (min(each[i] for each in rounds) for i in (0, 1))
    assert ours / empty <= 1.25, (ours, empty)
