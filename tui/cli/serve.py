"""`workspaces serve`: the service for many, on this machine."""

import logging
import os
from pathlib import Path
from urllib.parse import quote

import click

from tui.cli.output import say
from tui.folders import chosen, made
from tui.logs import Masking

DATABASE_VARIABLE = "WORKSPACES_DATABASE_URL"
FILE_NAME = "served.db"


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8080, show_default=True, help="0 takes a free one.")
@click.option("--database-file", type=click.Path(dir_okay=False, path_type=Path), help="SQLite file to keep data in.")
@click.option("--open-signup", is_flag=True, help="Let anybody make an account.")
def serve(host: str, port: int, database_file: Path | None, *, open_signup: bool) -> None:
    """Serve workspaces until stopped.

    The data is in --database-file, else in the database of WORKSPACES_DATABASE_URL, else in a file
    of the data folder. A new server prints a link that makes its first account.
    """
    # The server and its libraries are loaded by this command alone.
    from tui.server import run, settings  # noqa: PLC0415

    _log_to_terminal()
    run.serve(settings.served(open_sign_up=open_signup), _database_url(database_file), host, port, say)


def _database_url(file: Path | None) -> str:
    if file is None and (url := os.environ.get(DATABASE_VARIABLE)):
        return url
    path = (file or made(chosen(os.environ).data) / FILE_NAME).absolute()
    return f"sqlite:///{quote(str(path))}"


def _log_to_terminal() -> None:
    handler = logging.StreamHandler()
    handler.setFormatter(Masking("{asctime} {levelname} {message}", style="{"))
    logging.basicConfig(level=logging.INFO, handlers=[handler])
