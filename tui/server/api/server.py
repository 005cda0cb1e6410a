"""What the server says of itself."""

from functools import cache
from importlib.metadata import version

from litestar import get
from litestar.di import NamedDependency

from tui.domain.acts import PERMISSIONS, ActId
from tui.domain.servers import Server
from tui.server.api.problems import refusals
from tui.server.api.schema import PUBLIC
from tui.server.services import accounts
from tui.server.settings import Settings
from tui.server.storage.engine import Store

FEATURES = ("members.list", "tokens.list", "paging", "versions", "watch")

BY_GITHUB = (ActId.ACCOUNT_LINK_GITHUB, ActId.WORKSPACES_JOIN)
NO_GITHUB = "This server is not connected to GitHub."
NO_MAIL = "This server sends no mail, so no code can come."


@get("/server", responses=refusals(), security=PUBLIC, sync_to_thread=True)
def get_server(store: NamedDependency[Store], settings: NamedDependency[Settings]) -> Server:
    """What the server is and can do."""
    return about(store, settings)


def about(store: Store, settings: Settings) -> Server:
    """The server as it stands now."""
    unavailable = _unavailable(settings)
    return Server(
        name="Workspaces",
        version=own_version(),
        api=1,
        mode=settings.mode,
        sign_in=["github"] if settings.github else [],
        open_sign_up=settings.open_sign_up,
        needs_set_up=accounts.needs_set_up(store),
        mail=settings.mail is not None,
        capabilities=[capability for capability in (*PERMISSIONS, *FEATURES) if capability not in unavailable],
        unavailable=unavailable,
    )


def _unavailable(settings: Settings) -> dict[str, str]:
    """Why the acts that need GitHub or a mail server are not offered, where there is none."""
    unavailable: dict[str, str] = {}
    if settings.github is None:
        unavailable |= dict.fromkeys(BY_GITHUB, NO_GITHUB)
    if settings.mail is None:
        unavailable[ActId.ACCOUNT_CONFIRM_EMAIL] = NO_MAIL
    return unavailable


@cache
def own_version() -> str:
    """The version of this program."""
    return version("workspaces-tui")


ROUTES = (get_server,)
