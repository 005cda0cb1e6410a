"""Versions on the wire: `If-Match` before a change, `ETag` on what can be changed (M5)."""

import re
from typing import Annotated, Any, TypeVar

from litestar import Request, Response
from litestar.datastructures import ResponseHeader
from litestar.params import HeaderParameter

from tui.domain.errors import Conflict, Failure, Refused, invalid
from tui.server.services.refusing import Versioned

HEADER = "If-Match"
NEVER = -1
"""A version that nothing ever has: what a change is made against when no `If-Match` was sent."""

ETAG = [ResponseHeader(name="ETag", description='The version: `"3"`', documentation_only=True)]

_VERSION = re.compile(r'"([0-9]{1,15})"')


T = TypeVar("T", bound=Versioned)


async def version(
    if_match: Annotated[
        str | None, HeaderParameter(name=HEADER, description='The version that was seen, `"3"`; or `*`')
    ] = None,
) -> int | None:
    """The version that the caller saw; None for `*`; `input_invalid` for what is neither.

    Without the header the services decide against a version that never fits, so that what they
    refuse before looking at versions comes first, and `version_required` where a conflict would.
    """
    if if_match is None:
        return NEVER
    if if_match == "*":
        return None
    if not (found := _VERSION.fullmatch(if_match)):
        raise invalid(HEADER, 'One version in quotes, such as "3", or *.')
    return int(found[1])


def unasked(request: Request[Any, Any, Any], failure: Failure) -> Failure:
    """A conflict as `version_required` where the caller named no version; else the failure itself."""
    if isinstance(failure, Conflict) and request.method in {"PATCH", "DELETE"} and HEADER not in request.headers:
        return Refused("version_required")
    return failure


def tagged(answer: T, status: int | None = None) -> Response[T]:
    """An answer with its version as `ETag`; `status` is the route's own unless another is said."""
    headers = {} if answer.version is None else {"ETag": f'"{answer.version}"'}
    return Response(answer, headers=headers, status_code=status)
