"""What the server says of itself."""

from functools import cache
from importlib.metadata import version

from litestar import get
from litestar.di import NamedDependency

from tui.domain.acts import PERMISSIONS
from tui.domain.servers import Server
from tui.server.api.problems import refusals
from tui.server.api.schema import PUBLIC
from tui.server.services import accounts
from tui.server.settings import Settings
from tui.server.storage.engine import Store

FEATURES = ("members.list", "tokens.list", "paging", "versions", "watch")


@get("/server", responses=refusals(), security=PUBLIC, sync_to_thread=True)
def get_server(store: NamedDependency[Store], settings: NamedDependency[Settings]) -> Server:
    """What the server is and can do."""
    return about(store, settings)


def about(store: Store, settings: Settings) -> Server:
    """The server as it stands now."""
    return Server(
        name="Workspaces",
        version=own_version(),
        api=1,
        mode=settings.mode,
        sign_in=[],
        open_sign_up=settings.open_sign_up,
        needs_set_up=accounts.needs_set_up(store),
        mail=False,
        capabilities=[*PERMISSIONS, *FEATURES],
        unavailable={},
    )


@cache
def own_version() -> str:
    """The version of this program."""
    return version("workspaces-tui")


ROUTES = (get_server,)
