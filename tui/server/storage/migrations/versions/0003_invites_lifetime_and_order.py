"""The lifetime that an invite was given, and its address as lists are ordered by it."""

import sqlalchemy as sa
from alembic import op

from tui.domain.folding import fold

revision = "0003"
down_revision = "0002"

STRING = sa.Text().with_variant(sa.TEXT(collation="C"), "postgresql")
KEY_LIMIT = 254

# What an invite was given when it was sent last, to the second: its expiry counts from there.
LIFETIMES = """
UPDATE invites SET lifetime = (expires_at - COALESCE((
    SELECT MAX(event_at) FROM activity
    WHERE workspace_pk = invites.workspace_pk AND target_id = invites.id AND action = 'invites.resend'
), created_at) + 500000) / 1000000
WHERE expires_at <> 0
"""


def upgrade() -> None:
    op.add_column("invites", sa.Column("lifetime", sa.BigInteger(), nullable=True))
    op.add_column("invites", sa.Column("email_key", STRING, nullable=False, server_default=""))
    op.execute(LIFETIMES)
    _fill_keys()
    op.create_index("ix_invites_by_email_key", "invites", ["workspace_pk", "state", "email_key", "id"])


def _fill_keys() -> None:
    connection = op.get_bind()
    found = connection.execute(sa.text("SELECT pk, email FROM invites WHERE email IS NOT NULL"))
    keys = [{"pk": pk, "key": fold(email)[:KEY_LIMIT]} for pk, email in found]
    if keys:
        connection.execute(sa.text("UPDATE invites SET email_key = :key WHERE pk = :pk"), keys)
