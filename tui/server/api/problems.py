"""Every way to fail as a problem document (RFC 9457): the code, one sentence, and no internals."""

import logging
from typing import Any

import msgspec
from litestar import Request, Response
from litestar.exceptions import HTTPException, ValidationException
from litestar.openapi.datastructures import ResponseSpec
from litestar.types import ExceptionHandlersMap

from tui.domain.errors import CODES, Conflict, Failure, Problem, Refused, invalid, problem
from tui.server.api.door import request_id
from tui.server.api.etags import unasked

log = logging.getLogger("workspaces.server")

MEDIA_TYPE = "application/problem+json"
METHODS = ("DELETE", "GET", "OPTIONS", "PATCH", "POST", "PUT")
OF_LITESTAR = {
    400: "input_invalid",
    404: "not_found",
    405: "method_not_allowed",
    413: "too_large",
    415: "media_type",
}
"""The codes of what Litestar refuses before a route is reached."""

USUAL = ("input_invalid", "rate_limited", "unavailable", "internal")
"""What any route may answer."""

UNDER = ("unauthenticated", "not_found", "member_disabled")
"""What everything under a workspace may be refused with."""
CHANGED = ("version_required", "version_conflict", "too_large", "media_type")
"""What a change against a version may be refused with."""
POSTED = ("too_large", "media_type", "idempotency_mismatch")
"""What a POST with a body may be refused with."""

AnyRequest = Request[Any, Any, Any]


def refusals(*codes: str) -> dict[int, ResponseSpec]:
    """The documented refusals of a route, by status: these codes and the usual ones."""
    by_status: dict[int, list[str]] = {}
    for code in dict.fromkeys((*codes, *USUAL)):
        by_status.setdefault(CODES[code].status, []).append(code)
    return {
        status: ResponseSpec(
            data_container=Problem, description=", ".join(same), media_type=MEDIA_TYPE, generate_examples=False
        )
        for status, same in by_status.items()
    }


def on_failure(request: AnyRequest, failure: Failure) -> Response[bytes]:
    """The answer to what the rules, or this layer, refuse."""
    failure = unasked(request, failure)
    failure.request_id = request_id(request.scope)
    document = {field: value for field, value in msgspec.to_builtins(problem(failure)).items() if value is not None}
    if isinstance(failure, Conflict):
        document["current"] = failure.now
    headers = {} if failure.retry_after is None else {"Retry-After": str(failure.retry_after)}
    if failure.code == "unauthenticated":
        headers["WWW-Authenticate"] = "Bearer"
    if failure.code == "method_not_allowed":
        headers["Allow"] = ", ".join(method for method in METHODS if _takes(request, method))
    return Response(msgspec.json.encode(document), status_code=failure.status, media_type=MEDIA_TYPE, headers=headers)


def on_http_exception(request: AnyRequest, exception: HTTPException) -> Response[bytes]:
    """The answer to what Litestar refuses by itself."""
    if exception.status_code not in OF_LITESTAR:
        return on_exception(request, exception)
    if isinstance(exception, ValidationException):
        return on_failure(request, invalid("body", "This needs a body of JSON."))
    return on_failure(request, Refused(OF_LITESTAR[exception.status_code]))


def on_exception(request: AnyRequest, exception: Exception) -> Response[bytes]:
    """The answer to what should not have happened: the request id, and nothing else."""
    log.error("call %s failed", request_id(request.scope), exc_info=exception)
    return on_failure(request, Failure("internal"))


def _takes(request: AnyRequest, method: str) -> bool:
    try:
        request.app.asgi_router.handle_routing(path=request.scope["path"], method=method)
    except HTTPException:
        return False
    return True


HANDLERS: ExceptionHandlersMap = {
    Failure: on_failure,
    HTTPException: on_http_exception,
    Exception: on_exception,
}
