"""New accounts (S4, W1)."""

from litestar import post
from litestar.di import NamedDependency
from litestar.params import JSONBody

from tui.domain.users import SignUpAsk, Welcome
from tui.server.api.problems import POSTED, refusals
from tui.server.api.schema import PUBLIC
from tui.server.caller import Caller
from tui.server.services import accounts
from tui.server.settings import Settings
from tui.server.storage.engine import Store


@post(
    "/users",
    responses=refusals("sign_up_closed", "username_taken", "username_invalid", "email_invalid", "code_wrong", *POSTED),
    security=PUBLIC,
    sync_to_thread=True,
)
def sign_up(
    data: JSONBody[SignUpAsk],
    store: NamedDependency[Store],
    caller: NamedDependency[Caller],
    settings: NamedDependency[Settings],
) -> Welcome:
    """Make an account with its personal workspace and a session."""
    return accounts.sign_up(store, caller, data, open_sign_up=settings.open_sign_up)


ROUTES = (sign_up,)
