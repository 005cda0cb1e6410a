"""Who is calling, as a request says it. Nothing here is believed: the services look it up."""

import re
from typing import Any

from litestar import Request

from tui.domain.activity import From
from tui.domain.errors import invalid
from tui.domain.names import is_id
from tui.domain.programs import Program
from tui.server.api.door import request_id
from tui.server.caller import Caller, IdempotencyKey

KEY_HEADER = "Idempotency-Key"
KEY_SCHEMA = {"type": "string", "pattern": "^[!-~]{1,255}$"}

_KEY = re.compile(r"[!-~]{1,255}")
_BEARER = re.compile(r"bearer +([a-z]{2}-[0-9a-z]{20})\.([\w-]{1,100})", re.ASCII | re.IGNORECASE)
_SOURCES = {program.product: From(program.value) for program in Program}

AnyRequest = Request[Any, Any, Any]


async def caller(request: AnyRequest) -> Caller:
    """The caller of one request; `input_invalid` for a key that is none."""
    return Caller(
        source=_SOURCES.get(request.headers.get("User-Agent", "").partition("/")[0], From.API),
        request_id=request_id(request.scope),
        credential=bearer(request),
        ip=request.client.host if request.client else None,
        idempotency=await _idempotency(request) if request.method == "POST" else None,
    )


def bearer(request: AnyRequest) -> tuple[str, str] | None:
    """The id and secret of the credential that was sent; None for none, or for what cannot be one."""
    found = _BEARER.fullmatch(request.headers.get("Authorization", ""))
    return (found[1], found[2]) if found and is_id(found[1]) else None


async def _idempotency(request: AnyRequest) -> IdempotencyKey | None:
    key = request.headers.get(KEY_HEADER)
    if key is None:
        return None
    if not _KEY.fullmatch(key):
        raise invalid(KEY_HEADER, "A key has 1 to 255 visible ASCII characters.")
    return IdempotencyKey(key=key, route=f"{request.method} {request.scope['path']}", body=await request.body())
