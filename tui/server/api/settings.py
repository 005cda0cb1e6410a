"""A workspace's settings (W5)."""

from litestar import Response, get, patch
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from tui.domain.settings import Settings, SettingsPatch
from tui.server.api.etags import ETAG, tagged
from tui.server.api.problems import CHANGED, UNDER, refusals
from tui.server.caller import Caller
from tui.server.services import settings
from tui.server.storage.engine import Store


@get("/workspaces/{w:str}/settings", response_headers=ETAG, responses=refusals(*UNDER), sync_to_thread=True)
def get_settings(
    w: FromPath[str], store: NamedDependency[Store], caller: NamedDependency[Caller]
) -> Response[Settings]:
    """A workspace's settings."""
    return tagged(settings.get(store, caller, w))


@patch(
    "/workspaces/{w:str}/settings",
    response_headers=ETAG,
    responses=refusals(*UNDER, "role_forbidden", "not_github", *CHANGED),
    sync_to_thread=True,
)
def update_settings(
    w: FromPath[str],
    data: JSONBody[SettingsPatch],
    version: NamedDependency[int | None],
    store: NamedDependency[Store],
    caller: NamedDependency[Caller],
) -> Response[Settings]:
    """Switch auto-join on or off; the version is the workspace's."""
    return tagged(settings.update(store, caller, w, data, version))


ROUTES = (get_settings, update_settings)
