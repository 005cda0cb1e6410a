from tui.domain.queries import ListQuery, Page, Place
from tui.domain.workspaces import Revision, Workspace
from tui.server.caller import Caller
from tui.server.storage.engine import Store


def list(store: Store, caller: Caller, query: ListQuery, place: Place) -> Page[Workspace]:
    raise NotImplementedError


def get(store: Store, caller: Caller, workspace_id: str) -> Workspace:
    raise NotImplementedError


def revision(store: Store, caller: Caller, workspace_id: str) -> Revision:
    raise NotImplementedError


def create(store: Store, caller: Caller, name: str) -> Workspace:
    raise NotImplementedError


def rename(store: Store, caller: Caller, workspace_id: str, name: str, version: int | None) -> Workspace:
    raise NotImplementedError


def delete(store: Store, caller: Caller, workspace_id: str, version: int | None) -> None:
    raise NotImplementedError


def leave(store: Store, caller: Caller, workspace_id: str) -> None:
    raise NotImplementedError
