"""Runs the migrations in `versions/`."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection


def config(connection: Connection | None = None) -> Config:
    """Alembic's settings, for a connection that is in a transaction."""
    settings = Config()
    settings.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    settings.attributes["connection"] = connection
    return settings


def knows(version: str) -> bool:
    """Whether a version is one of ours."""
    return any(script.revision == version for script in ScriptDirectory.from_config(config()).walk_revisions())


def upgrade(connection: Connection) -> None:
    """Brings the schema to the newest version, in the connection's transaction."""
    command.upgrade(config(connection), "head")
