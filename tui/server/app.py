"""The service as an ASGI app: the same in the app's own process and under a web server."""

from litestar import Litestar, Router
from litestar.di import Provide

from tui.server.api import (
    activity,
    credentials,
    etags,
    github,
    health,
    invites,
    me,
    members,
    server,
    sessions,
    sign_ins,
    tokens,
    users,
    workspaces,
)
from tui.server.api import settings as workspace_settings
from tui.server.api.door import Door
from tui.server.api.guard import Guard
from tui.server.api.inputs import BODY_LIMIT, StrictRequest
from tui.server.api.pages import asked
from tui.server.api.problems import HANDLERS
from tui.server.api.schema import openapi
from tui.server.outside.outside import Outside
from tui.server.settings import Settings
from tui.server.storage.engine import Store

NOUNS = (
    server,
    users,
    sign_ins,
    me,
    github,
    sessions,
    workspaces,
    workspace_settings,
    members,
    invites,
    tokens,
    activity,
)
"""One file of routes each."""


NOTHING = Outside()
"""No mail server and no GitHub: what an embedded service has."""


def create_app(store: Store, settings: Settings, outside: Outside = NOTHING) -> Door:
    """The service over what is open; whoever opened it closes it. No start-up of its own."""
    guard = Guard(settings.calls_a_minute)
    v1 = Router("/v1", route_handlers=[route for noun in NOUNS for route in noun.ROUTES], before_request=guard)
    app = Litestar(
        route_handlers=[v1, *health.ROUTES],
        dependencies={
            "store": Provide(lambda: store, sync_to_thread=False),
            "settings": Provide(lambda: settings, sync_to_thread=False),
            "mail": Provide(lambda: outside.mail, sync_to_thread=False),
            "github": Provide(lambda: outside.github, sync_to_thread=False),
            "caller": Provide(credentials.caller),
            "asked": Provide(asked),
            "version": Provide(etags.version),
            "way": Provide(invites.way),
        },
        exception_handlers=HANDLERS,
        logging_config=None,
        openapi_config=openapi(server.own_version()),
        request_class=StrictRequest,
        request_max_body_size=BODY_LIMIT,
    )
    return Door(app)
