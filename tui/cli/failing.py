"""All of standard error, and every exit code."""

import io
import os
import re
import sys
import traceback
from collections.abc import Callable, Iterable
from typing import Literal, TextIO

import click

from tui.domain.errors import USAGE_EXIT, Failure
from tui.lists.text import harmless
from tui.logs import mask

FAILED_EXIT = 1
INTERRUPTED_EXIT = 130
BROKEN_PIPE_EXIT = 141
"""What a shell reports of a program whose reader went away."""

_PASSWORD = re.compile(r"(?<=://)[^/\s@]*:[^/\s@]*@")


class Declined(Failure):
    """A person was asked and did not say yes."""

    def __init__(self) -> None:
        super().__init__("declined", "Nothing was changed.")


class Ambiguous(Failure):
    """A name that fits several members."""

    @property
    def status(self) -> int:
        return 409


def guarded(work: Callable[[], object], *, debug: bool) -> int:
    """The exit code of a piece of work, which may return one. What fails is told in one sentence."""
    try:
        code = work()
        sys.stdout.flush()
    except click.exceptions.Exit as done:
        return done.exit_code
    except (KeyboardInterrupt, click.Abort):
        return INTERRUPTED_EXIT
    except BrokenPipeError:
        _leave(sys.stdout)
        return BROKEN_PIPE_EXIT
    except Exception as error:  # noqa: BLE001  # a person gets a sentence, whatever it is
        if debug:
            warn(*traceback.format_exc().splitlines())
        return _told(error)
    return code if isinstance(code, int) else 0


def _told(error: Exception) -> int:
    """Tell what went wrong; the exit code."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        warn(*error.format_message().splitlines())
        return USAGE_EXIT
    if isinstance(error, click.UsageError):
        path = error.ctx.command_path if error.ctx else "workspaces"
        warn(f"{error.format_message()} See {path} --help. (usage)")
        return USAGE_EXIT
    if isinstance(error, Failure):
        warn(spoken(error))
        return error.exit_code
    if isinstance(error, OSError):
        where = f"{error.filename}: " if error.filename else ""
        warn(f"{where}{error.strerror or error}. (system)")
        return FAILED_EXIT
    warn(f"Something went wrong in the program ({type(error).__name__}). Run it with --debug to see more. (internal)")
    return FAILED_EXIT


def spoken(failure: Failure) -> str:
    """A failure in one sentence, with its code, and the request that the server's log knows it by."""
    request = f", {failure.request_id}" if failure.code == "internal" and failure.request_id else ""
    return f"{failure} ({failure.code}{request})"


def warn(*lines: str) -> None:
    """Write lines to standard error, harmless and with secrets masked."""
    for line in lines:
        click.echo(harmless(_PASSWORD.sub("***@", mask(line))), err=True)


def check_arguments(arguments: Iterable[str]) -> None:
    """Raise `UsageError` for what is not UTF-8, and for a secret, which every process list shows."""
    for argument in arguments:
        if any("\ud800" <= character <= "\udfff" for character in argument):
            raise click.UsageError("Arguments must be UTF-8.")
        if _PASSWORD.search(argument) or mask(argument) != argument:
            raise click.UsageError("Secrets are not taken from arguments; use the environment or standard input.")


def take_the_terminal() -> None:
    """What was closed leads nowhere, and what the encoding of a terminal does not have is spelled out."""
    sys.stdin = sys.stdin or _nowhere("r")
    sys.stdout = sys.stdout or _nowhere("w")
    sys.stderr = sys.stderr or _nowhere("w")
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


def let_go_of_the_terminal() -> None:
    """Where the terminal is gone, Python would put its own exit code in place of ours."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            _leave(stream)


def _nowhere(mode: Literal["r", "w"]) -> TextIO:
    return os.fdopen(os.open(os.devnull, os.O_RDWR), mode)


def _leave(stream: TextIO) -> None:
    """Let what Python still holds for a reader that went away go nowhere, without a complaint at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
