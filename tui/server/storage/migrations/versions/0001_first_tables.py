"""The first tables: users, sessions, workspaces, members, activity, bookkeeping."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

STRING = sa.Text().with_variant(sa.TEXT(collation="C"), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

SEARCH = {
    "sqlite": (
        "CREATE VIRTUAL TABLE members_words USING fts5(words, content='members', content_rowid='pk',"
        " tokenize='ascii', prefix='1 2 3', detail='none', columnsize=0)",
        "CREATE TRIGGER members_words_insert AFTER INSERT ON members BEGIN"
        " INSERT INTO members_words(rowid, words) VALUES (new.pk, new.words); END",
        "CREATE TRIGGER members_words_delete AFTER DELETE ON members BEGIN"
        " INSERT INTO members_words(members_words, rowid, words) VALUES ('delete', old.pk, old.words); END",
        "CREATE TRIGGER members_words_update AFTER UPDATE OF words ON members BEGIN"
        " INSERT INTO members_words(members_words, rowid, words) VALUES ('delete', old.pk, old.words);"
        " INSERT INTO members_words(rowid, words) VALUES (new.pk, new.words); END",
    ),
    "postgresql": ("CREATE INDEX members_words ON members USING gin (array_to_tsvector(string_to_array(words, ' ')))",),
}


def upgrade() -> None:
    op.create_table(
        "idempotency_keys",
        sa.Column("key_hash", sa.LargeBinary(), nullable=False),
        sa.Column("body_mac", sa.LargeBinary(), nullable=False),
        sa.Column("answer", STRING, nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key_hash", name=op.f("pk_idempotency_keys")),
    )
    op.create_index(op.f("ix_idempotency_keys_created_at"), "idempotency_keys", ["created_at"])
    op.create_table(
        "rates",
        sa.Column("act", STRING, nullable=False),
        sa.Column("address", STRING, nullable=False),
        sa.Column("minute", sa.BigInteger(), nullable=False),
        sa.Column("calls", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("act", "address", name=op.f("pk_rates")),
    )
    op.create_table(
        "server",
        sa.Column("pk", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("embedded_user_id", STRING, nullable=True),
        sa.Column("set_up_hash", sa.LargeBinary(), nullable=True),
        sa.Column("set_up_expires_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_server")),
    )
    op.create_table(
        "users",
        sa.Column("id", STRING, nullable=False),
        sa.Column("username", STRING, nullable=False),
        sa.Column("display_name", STRING, nullable=False),
        sa.Column("email", STRING, nullable=True),
        sa.Column("email_folded", STRING, nullable=True),
        sa.Column("email_proved", sa.Boolean(), nullable=False),
        sa.Column("github_login", STRING, nullable=True),
        sa.Column("sso_managed", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("username", name=op.f("uq_users_username")),
    )
    op.create_index(op.f("ix_users_email_folded"), "users", ["email_folded"])
    op.create_table(
        "workspaces",
        sa.Column("pk", NUMBER, nullable=False),
        sa.Column("id", STRING, nullable=False),
        sa.Column("name", STRING, nullable=False),
        sa.Column("kind", STRING, nullable=False),
        sa.Column("source", STRING, nullable=False),
        sa.Column("github_org_id", STRING, nullable=True),
        sa.Column("github_org_login", STRING, nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("deleted_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_workspaces")),
        sa.UniqueConstraint("id", name=op.f("uq_workspaces_id")),
    )
    op.create_table(
        "activity",
        sa.Column("pk", NUMBER, nullable=False),
        sa.Column("id", STRING, nullable=False),
        sa.Column("event_at", sa.BigInteger(), nullable=False),
        sa.Column("workspace_pk", NUMBER, nullable=True),
        sa.Column("account_id", STRING, nullable=True),
        sa.Column("actor_type", STRING, nullable=False),
        sa.Column("actor_id", STRING, nullable=True),
        sa.Column("actor_name", STRING, nullable=False),
        sa.Column("token_id", STRING, nullable=True),
        sa.Column("action", STRING, nullable=False),
        sa.Column("target_type", STRING, nullable=False),
        sa.Column("target_id", STRING, nullable=False),
        sa.Column("target_name", STRING, nullable=False),
        sa.Column("before", STRING, nullable=True),
        sa.Column("after", STRING, nullable=True),
        sa.Column("source", STRING, nullable=False),
        sa.Column("ip", STRING, nullable=True),
        sa.Column("device", STRING, nullable=True),
        sa.Column("request_id", STRING, nullable=False),
        sa.Column("group_id", STRING, nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_pk"], ["workspaces.pk"], name=op.f("fk_activity_workspace_pk"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_activity")),
    )
    op.create_index("ix_activity_by_account", "activity", ["account_id", "event_at", "pk"])
    op.create_index("ix_activity_by_action", "activity", ["workspace_pk", "action", "event_at", "pk"])
    op.create_index("ix_activity_by_actor", "activity", ["workspace_pk", "actor_id", "event_at", "pk"])
    op.create_index("ix_activity_by_target", "activity", ["workspace_pk", "target_id", "event_at", "pk"])
    op.create_index("ix_activity_by_time", "activity", ["workspace_pk", "event_at", "pk"])
    op.create_table(
        "member_counts",
        sa.Column("workspace_pk", NUMBER, nullable=False),
        sa.Column("role", sa.SmallInteger(), nullable=False),
        sa.Column("status", sa.SmallInteger(), nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_pk"], ["workspaces.pk"], name=op.f("fk_member_counts_workspace_pk"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("workspace_pk", "role", "status", name=op.f("pk_member_counts")),
    )
    op.create_table(
        "members",
        sa.Column("pk", NUMBER, autoincrement=False, nullable=False),
        sa.Column("workspace_pk", NUMBER, nullable=False),
        sa.Column("user_id", STRING, nullable=False),
        sa.Column("role", sa.SmallInteger(), nullable=False),
        sa.Column("status", sa.SmallInteger(), nullable=False),
        sa.Column("joined_by", STRING, nullable=False),
        sa.Column("joined_at", sa.BigInteger(), nullable=False),
        sa.Column("last_active_at", sa.BigInteger(), nullable=False),
        sa.Column("disabled_at", sa.BigInteger(), nullable=True),
        sa.Column("disabled_by", STRING, nullable=True),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("changed_by", STRING, nullable=True),
        sa.Column("changed_at", sa.BigInteger(), nullable=True),
        sa.Column("username", STRING, nullable=False),
        sa.Column("display_name", STRING, nullable=False),
        sa.Column("email", STRING, nullable=False),
        sa.Column("words", STRING, nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_members_user_id")),
        sa.ForeignKeyConstraint(
            ["workspace_pk"], ["workspaces.pk"], name=op.f("fk_members_workspace_pk"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_members")),
        sa.UniqueConstraint("workspace_pk", "user_id", name=op.f("uq_members_workspace_pk_user_id")),
    )
    op.create_index(
        "ix_members_by_display_name", "members", ["workspace_pk", "role", "status", "display_name", "user_id"]
    )
    op.create_index("ix_members_by_email", "members", ["workspace_pk", "role", "status", "email", "user_id"])
    op.create_index("ix_members_by_joined_at", "members", ["workspace_pk", "role", "status", "joined_at", "user_id"])
    op.create_index(
        "ix_members_by_last_active_at", "members", ["workspace_pk", "role", "status", "last_active_at", "user_id"]
    )
    op.create_index("ix_members_by_username", "members", ["workspace_pk", "role", "status", "username", "user_id"])
    op.create_index("ix_members_user_id", "members", ["user_id"])
    op.create_table(
        "sessions",
        sa.Column("id", STRING, nullable=False),
        sa.Column("secret_hash", sa.LargeBinary(), nullable=False),
        sa.Column("user_id", STRING, nullable=False),
        sa.Column("device_name", STRING, nullable=False),
        sa.Column("device_platform", STRING, nullable=False),
        sa.Column("device_app", STRING, nullable=False),
        sa.Column("embedded", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("last_used_at", sa.BigInteger(), nullable=False),
        sa.Column("last_ip", STRING, nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_sessions_user_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sessions")),
    )
    op.create_index("ix_sessions_user_id_created_at_id", "sessions", ["user_id", "created_at", "id"])
    op.create_table(
        "workspace_names",
        sa.Column("name", STRING, nullable=False),
        sa.Column("workspace_pk", NUMBER, nullable=False),
        sa.Column("held_until", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_pk"], ["workspaces.pk"], name=op.f("fk_workspace_names_workspace_pk"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_workspace_names")),
    )
    op.create_index(op.f("ix_workspace_names_workspace_pk"), "workspace_names", ["workspace_pk"])
    for statement in SEARCH[op.get_bind().dialect.name]:
        op.execute(statement)
