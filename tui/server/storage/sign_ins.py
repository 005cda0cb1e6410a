"""Sign-ins, and links of GitHub accounts, that wait for a person at GitHub (S4, U1)."""

from typing import NamedTuple

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from tui.domain.users import DeviceAsk
from tui.server.storage.secrets import digest, new_id, new_secret
from tui.server.storage.tables import sign_ins


class Waiting(NamedTuple):
    """One that waits; with a `user_id`, the user whose account is to be linked. The device code is sealed."""

    id: str
    poll_hash: bytes
    user_id: str | None
    device_code: bytes
    device: DeviceAsk
    interval: int
    expires_at: int


_BY_ID = select(
    sign_ins.c.id,
    sign_ins.c.poll_hash,
    sign_ins.c.user_id,
    sign_ins.c.github_device_code,
    sign_ins.c.device_name,
    sign_ins.c.device_platform,
    sign_ins.c.device_app,
    sign_ins.c.interval,
    sign_ins.c.expires_at,
).where(sign_ins.c.id == bindparam("sign_in_id"))
_CHANGE = update(sign_ins).where(sign_ins.c.id == bindparam("sign_in_id"))
_SLOW_DOWN = _CHANGE.values(interval=bindparam("new_interval"))
_NEW_SECRET = _CHANGE.values(poll_hash=bindparam("new_poll_hash"))
_TAKE = delete(sign_ins).where(sign_ins.c.id == bindparam("sign_in_id"))


def add(
    connection: Connection,
    *,
    user_id: str | None,
    device_code: bytes,
    device: DeviceAsk,
    interval: int,
    expires_at: int,
) -> tuple[str, str]:
    """A new one's id and the secret to poll it with."""
    sign_in_id, poll_secret = new_id("si"), new_secret("ps")
    connection.execute(
        insert(sign_ins),
        {
            "id": sign_in_id,
            "poll_hash": digest(poll_secret),
            "user_id": user_id,
            "github_device_code": device_code,
            "device_name": device.name,
            "device_platform": device.platform,
            "device_app": device.app,
            "interval": interval,
            "expires_at": expires_at,
        },
    )
    return sign_in_id, poll_secret


def new_secret_if_waiting(connection: Connection, sign_in_id: str) -> str | None:
    """A secret in place of the first, for one that was not taken; else None."""
    secret = new_secret("ps")
    changed = connection.execute(_NEW_SECRET, {"sign_in_id": sign_in_id, "new_poll_hash": digest(secret)})
    return secret if changed.rowcount == 1 else None


def read(connection: Connection, sign_in_id: str) -> Waiting | None:
    """One that was not taken, expired or not."""
    row = connection.execute(_BY_ID, {"sign_in_id": sign_in_id}).one_or_none()
    if row is None:
        return None
    device = DeviceAsk(name=row.device_name, platform=row.device_platform, app=row.device_app)
    return Waiting(*row[:4], device, row.interval, row.expires_at)


def slow_down(connection: Connection, sign_in_id: str, interval: int) -> None:
    """Lets it be polled less often."""
    connection.execute(_SLOW_DOWN, {"sign_in_id": sign_in_id, "new_interval": interval})


def take(connection: Connection, sign_in_id: str) -> bool:
    """Ends it; of two who take it at once one does."""
    return connection.execute(_TAKE, {"sign_in_id": sign_in_id}).rowcount == 1
