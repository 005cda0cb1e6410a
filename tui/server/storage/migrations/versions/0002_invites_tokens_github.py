"""Invites, tokens, GitHub accounts, addresses to be proved."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

STRING = sa.Text().with_variant(sa.TEXT(collation="C"), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _github()
    _email_codes()
    _invites()
    _tokens()
    make = {"sqlite": _search_sqlite, "postgresql": _search_postgresql}[op.get_bind().dialect.name]
    make("invites")
    make("tokens")


def _github() -> None:
    op.add_column("users", sa.Column("github_id", STRING, nullable=True))
    op.add_column("users", sa.Column("github_token", sa.LargeBinary(), nullable=True))
    op.create_index("ix_users_github_id", "users", ["github_id"], unique=True)
    op.add_column("workspaces", sa.Column("auto_join", sa.Boolean(), nullable=True))
    op.create_index("ix_workspaces_github_org_id", "workspaces", ["github_org_id"])
    op.create_table(
        "sign_ins",
        sa.Column("id", STRING, nullable=False),
        sa.Column("poll_hash", sa.LargeBinary(), nullable=False),
        sa.Column("user_id", STRING, nullable=True),
        sa.Column("github_device_code", sa.LargeBinary(), nullable=False),
        sa.Column("device_name", STRING, nullable=False),
        sa.Column("device_platform", STRING, nullable=False),
        sa.Column("device_app", STRING, nullable=False),
        sa.Column("interval", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_sign_ins_user_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_ins")),
    )
    op.create_index(op.f("ix_sign_ins_expires_at"), "sign_ins", ["expires_at"])


def _email_codes() -> None:
    proved = sa.text("email_proved")
    op.create_index(
        "ix_users_email_proved",
        "users",
        ["email_folded"],
        unique=True,
        sqlite_where=proved,
        postgresql_where=proved,
    )
    op.create_table(
        "email_codes",
        sa.Column("user_id", STRING, nullable=False),
        sa.Column("email", STRING, nullable=False),
        sa.Column("code_hash", sa.LargeBinary(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_email_codes_user_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_email_codes")),
    )


def _invites() -> None:
    op.create_table(
        "invites",
        sa.Column("pk", NUMBER, autoincrement=False, nullable=False),
        sa.Column("id", STRING, nullable=False),
        sa.Column("workspace_pk", NUMBER, nullable=False),
        sa.Column("kind", STRING, nullable=False),
        sa.Column("email", STRING, nullable=True),
        sa.Column("email_folded", STRING, nullable=False),
        sa.Column("label", STRING, nullable=True),
        sa.Column("role", sa.SmallInteger(), nullable=False),
        sa.Column("state", STRING, nullable=False),
        sa.Column("revoked_by", STRING, nullable=True),
        sa.Column("mail", STRING, nullable=True),
        sa.Column("inviter_id", STRING, nullable=False),
        sa.Column("inviter_name", STRING, nullable=False),
        sa.Column("code_hash", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("sent_at", sa.BigInteger(), nullable=True),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("uses", sa.Integer(), nullable=False),
        sa.Column("max_uses", sa.Integer(), nullable=True),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("words", STRING, nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_pk"], ["workspaces.pk"], name=op.f("fk_invites_workspace_pk"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_invites")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_invites_code_hash")),
        sa.UniqueConstraint("id", name=op.f("uq_invites_id")),
    )
    op.create_index("ix_invites_by_created_at", "invites", ["workspace_pk", "state", "created_at", "id"])
    op.create_index("ix_invites_by_email", "invites", ["workspace_pk", "state", "email_folded", "id"])
    op.create_index("ix_invites_by_expires_at", "invites", ["workspace_pk", "state", "expires_at", "id"])
    op.create_index("ix_invites_by_role", "invites", ["workspace_pk", "state", "role", "id"])
    op.create_index("ix_invites_by_inviter", "invites", ["workspace_pk", "inviter_id", "state"])


def _tokens() -> None:
    op.create_table(
        "tokens",
        sa.Column("pk", NUMBER, autoincrement=False, nullable=False),
        sa.Column("id", STRING, nullable=False),
        sa.Column("workspace_pk", NUMBER, nullable=False),
        sa.Column("user_id", STRING, nullable=False),
        sa.Column("name", STRING, nullable=False),
        sa.Column("secret_hash", sa.LargeBinary(), nullable=False),
        sa.Column("secret_at", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.SmallInteger(), nullable=False),
        sa.Column("disabled_by_id", STRING, nullable=True),
        sa.Column("disabled_by", STRING, nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("last_used_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("lifetime", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("name_folded", STRING, nullable=False),
        sa.Column("username", STRING, nullable=False),
        sa.Column("words", STRING, nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_pk", "user_id"],
            ["members.workspace_pk", "members.user_id"],
            name="fk_tokens_member",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_tokens")),
        sa.UniqueConstraint("id", name=op.f("uq_tokens_id")),
    )
    op.create_index("ix_tokens_by_member", "tokens", ["workspace_pk", "user_id", "status", "expires_at"])
    told = ["id", "status", "expires_at"]
    op.create_index("ix_tokens_by_created_at", "tokens", ["workspace_pk", "created_at", *told])
    op.create_index("ix_tokens_by_name", "tokens", ["workspace_pk", "name_folded", *told])
    op.create_index("ix_tokens_by_username", "tokens", ["workspace_pk", "username", *told])
    op.create_index("ix_tokens_by_last_used_at", "tokens", ["workspace_pk", "last_used_at", *told])
    op.create_index("ix_tokens_by_expires_at", "tokens", ["workspace_pk", "expires_at", "id", "status"])


def _search_sqlite(name: str) -> None:
    index = f"{name}_words"
    forget = f"INSERT INTO {index}({index}, rowid, words) VALUES ('delete', old.pk, old.words);"  # noqa: S608  # our own tables' names
    learn = f"INSERT INTO {index}(rowid, words) VALUES (new.pk, new.words);"  # noqa: S608  # our own tables' names
    op.execute(
        f"CREATE VIRTUAL TABLE {index} USING fts5(words, content='{name}', content_rowid='pk',"
        " tokenize='ascii', prefix='1 2 3', detail='none', columnsize=0)"
    )
    op.execute(f"CREATE TRIGGER {index}_insert AFTER INSERT ON {name} BEGIN {learn} END")
    op.execute(f"CREATE TRIGGER {index}_delete AFTER DELETE ON {name} BEGIN {forget} END")
    op.execute(f"CREATE TRIGGER {index}_update AFTER UPDATE OF words ON {name} BEGIN {forget} {learn} END")


def _search_postgresql(name: str) -> None:
    op.execute(f"CREATE INDEX {name}_words ON {name} USING gin (array_to_tsvector(string_to_array(words, ' ')))")
