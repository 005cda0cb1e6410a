"""Requests that may be repeated: what the first one was answered with (api.md "Idempotency-Key")."""

import hashlib
import hmac
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, delete, select, update
from sqlalchemy.dialects.postgresql import insert as upsert_postgresql
from sqlalchemy.dialects.sqlite import insert as upsert_sqlite

from tui.server.storage.tables import idempotency_keys as keys
from tui.server.storage.times import DAY, MINUTE

KEPT = DAY
RENEWED = 10 * MINUTE
"""How long a repeat gets a new secret in place of one that was never used."""

_EXPIRED = delete(keys).where(keys.c.key_hash == bindparam("hash"), keys.c.created_at < bindparam("oldest"))
_CLAIM: dict[str, Any] = {
    "sqlite": upsert_sqlite(keys).on_conflict_do_nothing().returning(keys.c.key_hash),
    "postgresql": upsert_postgresql(keys).on_conflict_do_nothing().returning(keys.c.key_hash),
}
_READ = select(keys.c.body_mac, keys.c.answer, keys.c.created_at).where(keys.c.key_hash == bindparam("hash"))
_KEEP = update(keys).where(keys.c.key_hash == bindparam("hash")).values(answer=bindparam("kept"))


class First(NamedTuple):
    """The request that came first under a key. `answer` is JSON."""

    same_body: bool
    answer: str
    created_at: int


def hashed(owner: str, route: str, key: str) -> bytes:
    """What a key is stored under: it belongs to somebody (or, empty, to nobody signed in) and a route."""
    return hashlib.sha256("\0".join((owner, route, key)).encode()).digest()


def claim(connection: Connection, key_hash: bytes, key: str, body: bytes, now: int) -> First | None:
    """None when this is the first request under the key; waits for a first one that is under way."""
    mac = hmac.digest(key.encode(), body, "sha256")
    connection.execute(_EXPIRED, {"hash": key_hash, "oldest": now - KEPT})
    row = {"key_hash": key_hash, "body_mac": mac, "created_at": now}
    if connection.execute(_CLAIM[connection.dialect.name], row).one_or_none():
        return None
    first = connection.execute(_READ, {"hash": key_hash}).one()
    return First(hmac.compare_digest(first.body_mac, mac), first.answer, first.created_at)


def keep(connection: Connection, key_hash: bytes, answer: bytes) -> None:
    """Stores the answer to the first request."""
    connection.execute(_KEEP, {"hash": key_hash, "kept": answer.decode()})
