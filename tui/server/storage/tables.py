"""The tables. Times are integer microseconds (`times`), 0 where a sort key has none.

What a person can search or sort members by is carried by `members`, folded, so that every page
of every list is one walk along an index. `info={"logged": True}` marks the tables whose changes
must appear in the activity log (A1).
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects import postgresql

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)

String = Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
"""Text that compares code point by code point, on every database."""

Number = BigInteger().with_variant(Integer, "sqlite")
"""A whole number of 64 bits, which SQLite can make its row id."""

LOGGED = {"logged": True}

server = Table(
    "server",
    metadata,
    Column("pk", SmallInteger, primary_key=True, autoincrement=False),
    Column("embedded_user_id", String),
    Column("set_up_hash", LargeBinary),
    Column("set_up_expires_at", BigInteger),
)
"""One row about the server itself."""

users = Table(
    "users",
    metadata,
    Column("id", String, primary_key=True),
    Column("username", String, nullable=False, unique=True),
    Column("display_name", String, nullable=False),
    Column("email", String),
    Column("email_folded", String, index=True),
    Column("email_proved", Boolean, nullable=False),
    Column("github_login", String),
    Column("sso_managed", Boolean, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("version", BigInteger, nullable=False),
    Column("github_id", String),
    Column("github_token", LargeBinary),
    Index("ix_users_github_id", "github_id", unique=True),
    # An address is proved for one account only.
    Index(
        "ix_users_email_proved",
        "email_folded",
        unique=True,
        sqlite_where=text("email_proved"),
        postgresql_where=text("email_proved"),
    ),
    info=LOGGED,
)
"""`github_token` is sealed with a key that is not in the database."""

email_codes = Table(
    "email_codes",
    metadata,
    Column("user_id", String, ForeignKey("users.id", ondelete="CASCADE"), primary_key=True),
    Column("email", String, nullable=False),
    Column("code_hash", LargeBinary, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
)
"""The address that a user wants to prove, and the code that was mailed to it (S5)."""

sign_ins = Table(
    "sign_ins",
    metadata,
    Column("id", String, primary_key=True),
    Column("poll_hash", LargeBinary, nullable=False),
    Column("user_id", String, ForeignKey("users.id", ondelete="CASCADE")),
    Column("github_device_code", LargeBinary, nullable=False),
    Column("device_name", String, nullable=False),
    Column("device_platform", String, nullable=False),
    Column("device_app", String, nullable=False),
    Column("interval", Integer, nullable=False),
    Column("expires_at", BigInteger, nullable=False, index=True),
)
"""Sign-ins that wait for GitHub; with a user: the link that the user wants. The device code is sealed."""

sessions = Table(
    "sessions",
    metadata,
    Column("id", String, primary_key=True),
    Column("secret_hash", LargeBinary, nullable=False),
    Column("user_id", String, ForeignKey("users.id", ondelete="CASCADE"), nullable=False),
    Column("device_name", String, nullable=False),
    Column("device_platform", String, nullable=False),
    Column("device_app", String, nullable=False),
    Column("embedded", Boolean, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("last_used_at", BigInteger, nullable=False),
    Column("last_ip", String),
    Index("ix_sessions_user_id_created_at_id", "user_id", "created_at", "id"),
)
"""`last_used_at` is 0 until the first use."""

workspaces = Table(
    "workspaces",
    metadata,
    Column("pk", Number, primary_key=True),
    Column("id", String, nullable=False, unique=True),
    Column("name", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("source", String, nullable=False),
    Column("github_org_id", String),
    Column("github_org_login", String),
    Column("created_at", BigInteger, nullable=False),
    Column("revision", BigInteger, nullable=False),
    Column("version", BigInteger, nullable=False),
    Column("deleted_at", BigInteger),
    Column("auto_join", Boolean),
    Index("ix_workspaces_github_org_id", "github_org_id"),
    info=LOGGED,
)
"""`auto_join` is null where the workspace is not from GitHub.

A deleted one is out of sight at once; a sweep takes its rows away, which may be a million."""

workspace_names = Table(
    "workspace_names",
    metadata,
    Column("name", String, primary_key=True),
    Column("workspace_pk", Number, ForeignKey("workspaces.pk", ondelete="CASCADE"), nullable=False, index=True),
    Column("held_until", BigInteger),
)
"""Who has which name: in use, or given up and held until then (W2, W9)."""

SORT_KEYS = ("username", "display_name", "email", "joined_at", "last_active_at")

members = Table(
    "members",
    metadata,
    Column("pk", Number, primary_key=True, autoincrement=False),
    Column("workspace_pk", Number, ForeignKey("workspaces.pk", ondelete="CASCADE"), nullable=False),
    Column("user_id", String, ForeignKey("users.id"), nullable=False),
    Column("role", SmallInteger, nullable=False),
    Column("status", SmallInteger, nullable=False),
    Column("joined_by", String, nullable=False),
    Column("joined_at", BigInteger, nullable=False),
    Column("last_active_at", BigInteger, nullable=False),
    Column("disabled_at", BigInteger),
    Column("disabled_by", String),
    Column("version", BigInteger, nullable=False),
    Column("changed_by", String),
    Column("changed_at", BigInteger),
    Column("username", String, nullable=False),
    Column("display_name", String, nullable=False),
    Column("email", String, nullable=False),
    Column("words", String, nullable=False),
    UniqueConstraint("workspace_pk", "user_id"),
    Index("ix_members_user_id", "user_id"),
    *(Index(f"ix_members_by_{key}", "workspace_pk", "role", "status", key, "user_id") for key in SORT_KEYS),
    info=LOGGED,
)
"""`username`, `display_name` and `email` are the folded sort keys of the user, `words` what a search finds.

`pk` is the workspace's in the upper half and a count in the lower one, so that the members of a
workspace are one range of row ids.
"""

member_counts = Table(
    "member_counts",
    metadata,
    Column("workspace_pk", Number, ForeignKey("workspaces.pk", ondelete="CASCADE"), nullable=False),
    Column("role", SmallInteger, nullable=False),
    Column("status", SmallInteger, nullable=False),
    Column("n", BigInteger, nullable=False),
    PrimaryKeyConstraint("workspace_pk", "role", "status"),
)

invites = Table(
    "invites",
    metadata,
    Column("pk", Number, primary_key=True, autoincrement=False),
    Column("id", String, nullable=False, unique=True),
    Column("workspace_pk", Number, ForeignKey("workspaces.pk", ondelete="CASCADE"), nullable=False),
    Column("kind", String, nullable=False),
    Column("email", String),
    Column("email_folded", String, nullable=False),
    Column("label", String),
    Column("role", SmallInteger, nullable=False),
    Column("state", String, nullable=False),
    Column("revoked_by", String),
    Column("mail", String),
    Column("inviter_id", String, nullable=False),
    Column("inviter_name", String, nullable=False),
    Column("code_hash", LargeBinary, nullable=False, unique=True),
    Column("created_at", BigInteger, nullable=False),
    Column("sent_at", BigInteger),
    Column("expires_at", BigInteger, nullable=False),
    Column("uses", Integer, nullable=False),
    Column("max_uses", Integer),
    Column("version", BigInteger, nullable=False),
    Column("words", String, nullable=False),
    Column("lifetime", BigInteger),
    Column("email_key", String, nullable=False, server_default=""),
    Index("ix_invites_by_created_at", "workspace_pk", "state", "created_at", "id"),
    Index("ix_invites_by_email", "workspace_pk", "state", "email_folded", "id"),
    Index("ix_invites_by_email_key", "workspace_pk", "state", "email_key", "id"),
    Index("ix_invites_by_expires_at", "workspace_pk", "state", "expires_at", "id"),
    Index("ix_invites_by_role", "workspace_pk", "state", "role", "id"),
    Index("ix_invites_by_inviter", "workspace_pk", "inviter_id", "state"),
    info=LOGGED,
)
"""`state` is a status, but for `expired`: that is told by `expires_at`, 0 for never. `lifetime` is in
seconds, null for never.

`email_folded` is what an address is compared by, `email_key` what it is ordered by.
"""

tokens = Table(
    "tokens",
    metadata,
    Column("pk", Number, primary_key=True, autoincrement=False),
    Column("id", String, nullable=False, unique=True),
    Column("workspace_pk", Number, nullable=False),
    Column("user_id", String, nullable=False),
    Column("name", String, nullable=False),
    Column("secret_hash", LargeBinary, nullable=False),
    Column("secret_at", BigInteger, nullable=False),
    Column("status", SmallInteger, nullable=False),
    Column("disabled_by_id", String),
    Column("disabled_by", String),
    Column("created_at", BigInteger, nullable=False),
    Column("last_used_at", BigInteger, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Column("lifetime", BigInteger),
    Column("version", BigInteger, nullable=False),
    Column("name_folded", String, nullable=False),
    Column("username", String, nullable=False),
    Column("words", String, nullable=False),
    # A seat that goes takes its tokens with it (W7, M7).
    ForeignKeyConstraint(
        ["workspace_pk", "user_id"],
        ["members.workspace_pk", "members.user_id"],
        name="fk_tokens_member",
        ondelete="CASCADE",
    ),
    Index("ix_tokens_by_member", "workspace_pk", "user_id", "status", "expires_at"),
    Index("ix_tokens_by_created_at", "workspace_pk", "created_at", "id", "status", "expires_at"),
    Index("ix_tokens_by_name", "workspace_pk", "name_folded", "id", "status", "expires_at"),
    Index("ix_tokens_by_username", "workspace_pk", "username", "id", "status", "expires_at"),
    Index("ix_tokens_by_last_used_at", "workspace_pk", "last_used_at", "id", "status", "expires_at"),
    Index("ix_tokens_by_expires_at", "workspace_pk", "expires_at", "id", "status"),
    info=LOGGED,
)
"""`secret_at` is when the secret was made. `lifetime` is in seconds, null for never; `expires_at` and
`last_used_at` are 0 for never.

Each index of a sort ends in what the status is told by, so that a filter for it looks up no rows that it leaves out.
"""

activity = Table(
    "activity",
    metadata,
    Column("pk", Number, primary_key=True),
    Column("id", String, nullable=False),
    Column("event_at", BigInteger, nullable=False),
    Column("workspace_pk", Number, ForeignKey("workspaces.pk", ondelete="SET NULL")),
    Column("account_id", String),
    Column("actor_type", String, nullable=False),
    Column("actor_id", String),
    Column("actor_name", String, nullable=False),
    Column("token_id", String),
    Column("action", String, nullable=False),
    Column("target_type", String, nullable=False),
    Column("target_id", String, nullable=False),
    Column("target_name", String, nullable=False),
    Column("before", String),
    Column("after", String),
    Column("source", String, nullable=False),
    Column("ip", String),
    Column("device", String),
    Column("request_id", String, nullable=False),
    Column("group_id", String),
    Index("ix_activity_by_time", "workspace_pk", "event_at", "pk"),
    Index("ix_activity_by_actor", "workspace_pk", "actor_id", "event_at", "pk"),
    Index("ix_activity_by_target", "workspace_pk", "target_id", "event_at", "pk"),
    Index("ix_activity_by_action", "workspace_pk", "action", "event_at", "pk"),
    Index("ix_activity_by_account", "account_id", "event_at", "pk"),
)
"""An entry is in a workspace's log, in the log of an account, or in both (A1)."""

idempotency_keys = Table(
    "idempotency_keys",
    metadata,
    Column("key_hash", LargeBinary, primary_key=True),
    Column("body_mac", LargeBinary, nullable=False),
    Column("answer", String),
    Column("created_at", BigInteger, nullable=False, index=True),
)

rates = Table(
    "rates",
    metadata,
    Column("act", String, nullable=False),
    Column("address", String, nullable=False),
    Column("minute", BigInteger, nullable=False),
    Column("calls", Integer, nullable=False),
    PrimaryKeyConstraint("act", "address"),
)
