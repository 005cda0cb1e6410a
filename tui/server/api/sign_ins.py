"""Signing in without a password (S4)."""

from litestar import Response, post
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromPath, JSONBody

from tui.domain.sign_ins import Pending, PollAsk, SignIn, SignInAsk
from tui.domain.users import Welcome
from tui.server.api.problems import POSTED, refusals
from tui.server.api.schema import PUBLIC
from tui.server.caller import Caller
from tui.server.outside.github import Github
from tui.server.services import sign_ins
from tui.server.settings import Settings
from tui.server.storage.engine import Store


@post(
    "/sign-ins",
    responses=refusals("method_unavailable", "github_unavailable", *POSTED),
    security=PUBLIC,
    sync_to_thread=True,
)
def start_sign_in(
    data: JSONBody[SignInAsk],
    store: NamedDependency[Store],
    caller: NamedDependency[Caller],
    github: NamedDependency[Github | None],
) -> SignIn:
    """Ask for a code to enter at GitHub; then poll."""
    return sign_ins.start(store, caller, data, github)


@post(
    "/sign-ins/{s:str}/poll",
    status_code=200,
    responses={
        **refusals(
            "sign_in_denied", "sign_up_closed", "sign_in_expired", "github_taken", "github_unavailable", *POSTED
        ),
        202: ResponseSpec(Pending, description="Nobody has approved yet.", generate_examples=False),
    },
    security=PUBLIC,
    sync_to_thread=True,
)
def poll_sign_in(
    s: FromPath[str],
    data: JSONBody[PollAsk],
    *,
    store: NamedDependency[Store],
    caller: NamedDependency[Caller],
    settings: NamedDependency[Settings],
    github: NamedDependency[Github | None],
) -> Response[Welcome | Pending]:
    """What came of a sign-in, or of the link of an account, that waits to be approved."""
    answer = sign_ins.poll(store, caller, s, data, github, open_sign_up=settings.open_sign_up)
    return Response(answer, status_code=202 if isinstance(answer, Pending) else 200)


ROUTES = (start_sign_in, poll_sign_in)
