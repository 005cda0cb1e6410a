"""Who calls, as the request says it: nothing here has been looked up or believed yet."""

from dataclasses import dataclass, field

from tui.domain.activity import From


@dataclass(frozen=True, slots=True)
class IdempotencyKey:
    """A request that may be repeated: its key, its route (method and path) and its body as sent."""

    key: str = field(repr=False)
    route: str
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Caller:
    """One request's caller. `credential` is the id and the secret of a bearer, where one was sent."""

    source: From
    request_id: str
    credential: tuple[str, str] | None = field(default=None, repr=False)
    ip: str | None = None
    device: str | None = None
    idempotency: IdempotencyKey | None = None
