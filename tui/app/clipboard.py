"""How a text gets to the clipboard of the terminal that a person sits at, through tmux and screen."""

import base64
import subprocess
from collections.abc import Callable, Mapping

BUFFER = "workspaces"
CHUNK = 76
"""Characters that GNU screen passes on in one control string."""
TIMEOUT = 2.0
"""Seconds that tmux gets to answer."""


def sent(text: str, environ: Mapping[str, str], write: Callable[[str], object]) -> bool:
    """Sends a text by tmux or through GNU screen; False where neither is there, or it did not work."""
    if environ.get("TMUX"):
        return _by_tmux(text)
    if environ.get("STY"):
        write(through_screen(text))
        return True
    return False


def through_screen(text: str) -> str:
    """The control strings that carry a text through GNU screen, which spills longer ones on the page."""
    sequence = f"\x1b]52;c;{base64.b64encode(text.encode()).decode()}\a"
    parts = (sequence[start : start + CHUNK] for start in range(0, len(sequence), CHUNK))
    return "".join(f"\x1bP{part}\x1b\\" for part in parts)


def _by_tmux(text: str) -> bool:
    """Hands a text to tmux, which sends it on; nothing stays in its buffers.

    The text goes by standard input: a process list shows arguments.
    """
    try:
        _tmux("load-buffer", "-w", "-b", BUFFER, "-", text=text)
        _tmux("delete-buffer", "-b", BUFFER)
    except (OSError, subprocess.SubprocessError):
        return False
    return True


def _tmux(*arguments: str, text: str = "") -> None:
    command = ["tmux", *arguments]
    subprocess.run(command, input=text.encode(), check=True, capture_output=True, timeout=TIMEOUT)  # noqa: S603  # fixed words
