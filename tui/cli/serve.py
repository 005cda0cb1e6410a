"""`workspaces serve`: the service for many, on this machine."""

import logging
import os
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

import click

from tui.cli.output import say
from tui.domain.errors import Failure
from tui.folders import chosen, made, unusable, write_whole
from tui.locks import only_writer
from tui.logs import Masking

if TYPE_CHECKING:
    from tui.server.outside.github import GithubApp

DATABASE_VARIABLE = "WORKSPACES_DATABASE_URL"
MAIL_VARIABLE = "WORKSPACES_SMTP_URL"
GITHUB_APP_VARIABLE = "WORKSPACES_GITHUB_CLIENT_ID"
GITHUB_VARIABLE = "WORKSPACES_GITHUB_URL"
FILE_NAME = "served.db"
KEY_FILE_NAME = "github.key"


def _address(_context: click.Context, _option: click.Parameter, given: str | None) -> str:
    """An address without a slash at the end; empty for none."""
    if given is None:
        return ""
    try:
        parts = urlsplit(given)
        fits = parts.scheme in {"http", "https"} and parts.hostname and not parts.query and not parts.fragment
    except ValueError:
        fits = None
    if not fits or "@" in given or any(character.isspace() for character in given):
        raise click.BadParameter("An address looks like https://workspaces.example.org.")
    return given.rstrip("/")


@click.command()
@click.option("--host", metavar="H", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", metavar="P", type=click.IntRange(0, 65535), default=8080, show_default=True, help="0 takes a free one."
)
@click.option("--address", metavar="URL", callback=_address, help="Address that people reach it at, for links.")
@click.option("--database-file", type=click.Path(dir_okay=False, path_type=Path), help="SQLite file to keep data in.")
@click.option("--open-signup", is_flag=True, help="Let anybody make an account.")
def serve(host: str, port: int, address: str, database_file: Path | None, *, open_signup: bool) -> None:
    """Serve workspaces until stopped.

    The data is in --database-file, else in the database of WORKSPACES_DATABASE_URL, else in a file
    of the data folder. A new server prints a link that makes its first account.

    The links of invites and of the set-up begin with --address, where it is behind a proxy or has a
    name of its own: never with what a caller says that the address is.

    Mail goes out by WORKSPACES_SMTP_URL. With WORKSPACES_GITHUB_CLIENT_ID, the id of an OAuth app
    with the device flow, people sign in by GitHub, or by the GitHub Enterprise Server of
    WORKSPACES_GITHUB_URL. What GitHub lets the server see is kept encrypted, with a key in the
    data folder that every replica needs.
    """
    # The server and its libraries are loaded by this command alone.
    from tui.server import run, settings  # noqa: PLC0415
    from tui.server.outside.mail import MailServer  # noqa: PLC0415

    _log_to_terminal()
    mail = MailServer.at(url) if (url := os.environ.get(MAIL_VARIABLE)) else None
    chosen_settings = settings.served(open_sign_up=open_signup, mail=mail, github=_github_app(), address=address)
    run.serve(chosen_settings, _database_url(database_file), host, port, say)


def _database_url(file: Path | None) -> str:
    if file is None and (url := os.environ.get(DATABASE_VARIABLE)):
        return _checked(url)
    path = (file or made(chosen(os.environ).data) / FILE_NAME).absolute()
    return f"sqlite:///{quote(str(path))}"


def _checked(url: str) -> str:
    """The address of a database of a kind that there is a driver for. Raises `Failure`."""
    try:
        parts = urlsplit(url)
        fits = parts.scheme in {"postgresql", "sqlite"} and parts.port != 0
    except ValueError:
        fits = False
    if not fits:
        raise Failure(
            "database_address_invalid",
            "The address of a database looks like postgresql://db.example.org/workspaces?user=workspaces.",
        )
    if parts.scheme == "postgresql" and find_spec("psycopg") is None:
        raise Failure("not_installed", "PostgreSQL needs its driver: install workspaces-tui[postgresql].")
    return url


def _github_app() -> "GithubApp | None":
    from tui.server.outside.github import HOME, GithubApp  # noqa: PLC0415 - as above

    if not (client_id := os.environ.get(GITHUB_APP_VARIABLE)):
        return None
    key = _key(made(chosen(os.environ).data) / KEY_FILE_NAME)
    return GithubApp(client_id, os.environ.get(GITHUB_VARIABLE) or HOME, key)


def _key(file: Path) -> bytes:
    """The key that seals what GitHub lets the server see; made (0600) at the first start, by one process only."""
    from tui.server.outside.sealing import Seal  # noqa: PLC0415 - as above

    try:
        with only_writer(file):
            if not file.exists():
                write_whole(file, Seal.new_key())
            key = file.read_bytes()
        Seal(key)
    except OSError as error:
        raise unusable(file, error) from error
    except ValueError as error:
        raise Failure(
            "key_invalid", f"{file} is damaged. Put a copy back, or remove it and let people link GitHub anew."
        ) from error
    return key


def _log_to_terminal() -> None:
    handler = logging.StreamHandler()
    handler.setFormatter(Masking("{asctime} {levelname} {message}", style="{"))
    logging.basicConfig(level=logging.INFO, handlers=[handler])
