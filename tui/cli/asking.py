"""What is asked of a person one line at a time, or read from standard input where there is no terminal."""

import sys

import click


def line(question: str) -> str:
    """One line: typed at a terminal, else the next one of standard input.

    Raises `UsageError` where there is none.
    """
    if sys.stdin.isatty() and sys.stderr.isatty():
        return str(click.prompt(question, err=True)).strip()
    try:
        found = sys.stdin.readline().strip()
    except UnicodeDecodeError as error:
        raise click.UsageError("Standard input is not UTF-8.") from error
    if not found:
        raise click.UsageError(f"Standard input must hold this: {question.lower()}.")
    return found
