"""What a cursor move and a million rows cost, as ratios measured in one run, in a real terminal."""

import contextlib
import fcntl
import json
import os
import pty
import struct
import subprocess
import sys
import termios
from pathlib import Path

import pytest

pytestmark = pytest.mark.benchmark

ROOT = Path(__file__).parents[2]
ROUNDS = 4


def measured(kind: str, rows: int, folder: Path) -> dict[str, float]:
    """Median processor seconds and bytes of a cursor move at 120x40, and resident bytes before it."""
    main, terminal = pty.openpty()
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
    answer = folder / f"{kind}-{rows}.json"
    program = [sys.executable, "-m", "tests.benchmarks.table_app", kind, str(rows), str(answer)]
    environment = os.environ | {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
    with subprocess.Popen(
        program, cwd=ROOT, env=environment, stdin=terminal, stdout=terminal, stderr=terminal, start_new_session=True
    ) as process:
        os.close(terminal)
        with contextlib.suppress(OSError):  # the terminal ends with the program
            while os.read(main, 65536):
                pass
        process.wait(timeout=30)
    os.close(main)
    figures: dict[str, float] = json.loads(answer.read_text())
    return figures


def test_a_cursor_move_is_cheaper_than_data_tables(tmp_path: Path) -> None:
    """By turns, and the best of each: what else the machine does only ever adds to it."""
    rounds = [(measured("window", 10_000, tmp_path), measured("datatable", 10_000, tmp_path)) for _ in range(ROUNDS)]
    ours, theirs = ({what: min(each[i][what] for each in rounds) for what in ("bytes", "seconds")} for i in (0, 1))
    assert ours["bytes"] / theirs["bytes"] <= 0.65, (ours, theirs)
    assert ours["seconds"] / theirs["seconds"] <= 0.5, (ours, theirs)


def test_a_million_rows_take_the_memory_of_a_hundred(tmp_path: Path) -> None:
    many = measured("window", 1_000_000, tmp_path)
    few = measured("window", 100, tmp_path)
    assert many["resident"] / few["resident"] <= 1.1, (many, few)
