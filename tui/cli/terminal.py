"""What the terminal can do, as far as that can be known without asking it anything."""

import os
import subprocess
import sys
from collections.abc import Mapping

from tui.cli.asking import at_terminal
from tui.lists.checks import Check

TIMEOUT = 2.0
"""Seconds that tmux gets to answer."""


def terminal(environ: Mapping[str, str]) -> Check:
    """Whether the app can be shown here."""
    name = environ.get("TERM", "")
    if not at_terminal():
        return Check("terminal", None, "There is none here: the app needs one, commands do not.")
    if name == "dumb":
        return Check("terminal", False, "TERM is dumb: the app cannot move the cursor.", "Set TERM to what it is.")
    size = os.get_terminal_size(sys.stderr.fileno())
    found = f"{name or 'TERM is not set'}, {size.columns}x{size.lines}"
    if environ.get("TMUX") and _tmux("#{client_utf8}") == "0":
        return Check(
            "terminal", False, f"{found}; tmux shows _ for lines and many letters.", "Attach by: tmux -u attach"
        )
    return Check("terminal", True, found)


def clipboard(environ: Mapping[str, str]) -> Check:
    """Whether a copied text can get to the clipboard of the terminal that a person sits at."""
    if environ.get("TMUX"):
        features = _tmux("#{client_termfeatures}")
        if "clipboard" in (features or "").split(","):
            return Check("clipboard", True, "Through tmux, whose terminal takes it.")
        advice = "Tell tmux: set -as terminal-features ',*:clipboard'"
        return Check("clipboard", False, "tmux does not know that its terminal has a clipboard.", advice)
    if environ.get("STY"):
        return Check("clipboard", None, "Sent through GNU screen; whether it arrives cannot be known.")
    advice = "In a local tmux around ssh: set -g set-clipboard on" if environ.get("SSH_CONNECTION") else ""
    return Check("clipboard", None, "Sent to the terminal (OSC 52); whether it takes it cannot be known.", advice)


def _tmux(format: str) -> str | None:
    """What tmux says; None where it does not."""
    command = ["tmux", "display-message", "-p", format]
    try:
        asked = subprocess.run(command, check=True, capture_output=True, timeout=TIMEOUT, text=True)  # noqa: S603  # fixed words
    except (OSError, subprocess.SubprocessError, UnicodeDecodeError):
        return None
    return asked.stdout.strip()
