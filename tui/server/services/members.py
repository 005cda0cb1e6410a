from tui.domain.members import BulkAsk, BulkVerdicts, HandedOver, HandOverAsk, Member, MemberPatch
from tui.domain.queries import ListQuery, Page, Place
from tui.server.caller import Caller
from tui.server.storage.engine import Store


def list(store: Store, caller: Caller, workspace_id: str, query: ListQuery, place: Place) -> Page[Member]:
    raise NotImplementedError


def get(store: Store, caller: Caller, workspace_id: str, user_id: str) -> Member:
    raise NotImplementedError


def update(
    store: Store, caller: Caller, workspace_id: str, user_id: str, patch: MemberPatch, version: int | None
) -> Member:
    raise NotImplementedError


def remove(store: Store, caller: Caller, workspace_id: str, user_id: str, version: int | None) -> None:
    raise NotImplementedError


def bulk(store: Store, caller: Caller, workspace_id: str, ask: BulkAsk) -> BulkVerdicts:
    raise NotImplementedError


def hand_over(store: Store, caller: Caller, workspace_id: str, ask: HandOverAsk) -> HandedOver:
    raise NotImplementedError
