"""API tokens of a workspace's members (T1-T4)."""

from litestar import Response, delete, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from tui.domain.queries import Page
from tui.domain.tokens import (
    RotateAsk,
    Token,
    TokenAsk,
    TokenBulkAsk,
    TokenPatch,
    TokenSecret,
    TokenStatus,
    TokenVerdicts,
)
from tui.server.api.etags import ETAG, tagged
from tui.server.api.pages import TEXT, TIME, Asked, Listing, one_of
from tui.server.api.problems import CHANGED, POSTED, UNDER, refusals
from tui.server.caller import Caller
from tui.server.services import tokens
from tui.server.storage.engine import Store

TOKENS = Listing(
    filters={"member": TEXT, "status": one_of(*TokenStatus), "unused_since": TIME, "expires_before": TIME},
    sorts=("-created_at", "name", "username", "last_used_at", "expires_at"),
    searched=True,
)


@get(
    "/workspaces/{w:str}/tokens",
    opt={"listing": TOKENS},
    responses=refusals(*UNDER, "role_forbidden", "cursor_invalid"),
    sync_to_thread=True,
)
def list_tokens(
    w: FromPath[str], asked: NamedDependency[Asked], store: NamedDependency[Store], caller: NamedDependency[Caller]
) -> Page[Token]:
    """One page of a workspace's tokens: the caller's own, unless `member` names others (T4)."""
    return tokens.list(store, caller, w, asked.query, asked.place)


@post(
    "/workspaces/{w:str}/tokens",
    responses=refusals(*UNDER, "session_required", "token_limit", *POSTED),
    sync_to_thread=True,
)
def create_token(
    w: FromPath[str], data: JSONBody[TokenAsk], store: NamedDependency[Store], caller: NamedDependency[Caller]
) -> TokenSecret:
    """Make a token of the caller's; its secret is shown this once (T1)."""
    return tokens.create(store, caller, w, data)


@patch(
    "/workspaces/{w:str}/tokens/{t:str}",
    response_headers=ETAG,
    responses=refusals(*UNDER, "role_forbidden", "token_expired", *CHANGED),
    sync_to_thread=True,
)
def update_token(
    w: FromPath[str],
    t: FromPath[str],
    data: JSONBody[TokenPatch],
    *,
    version: NamedDependency[int | None],
    store: NamedDependency[Store],
    caller: NamedDependency[Caller],
) -> Response[Token]:
    """Give a token another name or status (T3)."""
    return tagged(tokens.update(store, caller, w, t, data, version))


@post(
    "/workspaces/{w:str}/tokens/{t:str}/rotate",
    status_code=200,
    responses=refusals(*UNDER, "session_required", "role_forbidden", "token_disabled", *POSTED),
    sync_to_thread=True,
)
def rotate_token(
    w: FromPath[str],
    t: FromPath[str],
    data: JSONBody[RotateAsk],
    store: NamedDependency[Store],
    caller: NamedDependency[Caller],
) -> TokenSecret:
    """Give one's own token a new secret; the old one is dead at once (T3)."""
    return tokens.rotate(store, caller, w, t, data)


@delete("/workspaces/{w:str}/tokens/{t:str}", responses=refusals(*UNDER, *CHANGED), sync_to_thread=True)
def delete_token(
    w: FromPath[str],
    t: FromPath[str],
    version: NamedDependency[int | None],
    store: NamedDependency[Store],
    caller: NamedDependency[Caller],
) -> None:
    """End a token (T3)."""
    tokens.delete(store, caller, w, t, version)


@post("/workspaces/{w:str}/tokens/bulk", status_code=200, responses=refusals(*UNDER, *POSTED), sync_to_thread=True)
def change_tokens(
    w: FromPath[str], data: JSONBody[TokenBulkAsk], store: NamedDependency[Store], caller: NamedDependency[Caller]
) -> TokenVerdicts:
    """Disable, enable or delete many, each with its own result (T3)."""
    return tokens.bulk(store, caller, w, data)


ROUTES = (list_tokens, create_token, update_token, rotate_token, delete_token, change_tokens)
