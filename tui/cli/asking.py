"""What is asked of a person one line at a time, or read from standard input where there is no terminal."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click


def line(question: str, *, hidden: bool = False) -> str:
    """One line: typed at a terminal, else the next one of standard input.

    What is `hidden` lets somebody in: it is not shown while it is typed. Raises `UsageError` where there is none.
    """
    if at_terminal():
        with interruptible():
            return str(click.prompt(question, err=True, hide_input=hidden)).strip()
    try:
        found = sys.stdin.readline().strip()
    except UnicodeDecodeError as error:
        raise click.UsageError("Standard input is not UTF-8.") from error
    if not found:
        raise click.UsageError(f"Standard input must hold this: {question.lower()}.")
    return found


def at_terminal() -> bool:
    """Whether there is a person who can be asked."""
    return sys.stdin.isatty() and sys.stderr.isatty()


@contextmanager
def interruptible() -> Iterator[None]:
    """The loop keeps an interrupt until its next turn, which does not come while a question waits."""
    kept = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, kept)
