"""What every call to a route must get past first: its rate, an address that is text, a body where one belongs."""

from typing import Any

from litestar import Request

from tui.domain.errors import invalid
from tui.domain.structs import Ask
from tui.server.api.credentials import bearer
from tui.server.api.inputs import check_path, decode, parameters
from tui.server.api.rates import Rates


class Guard:
    """Refuses a call before its route looks at it: `rate_limited`, or `input_invalid`.

    `calls_a_minute` None counts nothing.
    """

    def __init__(self, calls_a_minute: int | None) -> None:
        self._rates = Rates(calls_a_minute) if calls_a_minute else None

    async def __call__(self, request: Request[Any, Any, Any]) -> None:
        """Lets a call pass by returning nothing."""
        credential = bearer(request)
        request.scope["state"]["credential"] = credential[0] if credential else None
        if self._rates:
            self._rates.count(_caller(request, credential))
        check_path(request.scope["raw_path"])
        given = parameters(request.scope["query_string"])
        if given and "listing" not in request.route_handler.opt:
            raise invalid(name := next(iter(given)), f"This address has no parameter “{name}”.")
        if request.method == "POST" and not request.route_handler.parsed_data_field and (body := await request.body()):
            decode(body, Ask)  # It takes no field: what somebody meant by one must not be lost.


def _caller(request: Request[Any, Any, Any], credential: tuple[str, str] | None) -> str:
    """Who is counted: the whole credential, so that nobody can use up the calls of an id they know."""
    if credential:
        return ".".join(credential)
    return request.client.host if request.client else ""
