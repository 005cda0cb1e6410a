"""Tokens: listing, creating, renaming, disabling, rotating, deleting (T1-T4)."""

from collections.abc import Callable, Iterator

from tui.domain.activity import TargetType
from tui.domain.acts import ActId
from tui.domain.errors import Refused, invalid
from tui.domain.names import text_problem, tidy
from tui.domain.queries import ListQuery, Page, Place
from tui.domain.tokens import (
    TOKEN_LIMIT,
    RotateAsk,
    Token,
    TokenAsk,
    TokenBulkAsk,
    TokenChange,
    TokenPatch,
    TokenSecret,
    TokenStatus,
    TokenVerdict,
    TokenVerdicts,
)
from tui.server.change import Change, Target, changing
from tui.server.reading import Here, Reading, reading
from tui.server.services import asked, shown
from tui.server.services.attempting import attempted
from tui.server.services.token_roster import TokenRoster
from tui.server.storage import token_pages, tokens
from tui.server.storage.activity import Values
from tui.server.storage.times import told
from tui.server.storage.token_pages import SORTS, TokenFilter
from tui.server.storage.tokens import TokenRow

ME, ALL = "me", "all"
"""Whose tokens a list is asked for, where it is not by user ids."""


@reading
def list(read: Reading, workspace_id: str, query: ListQuery, place: Place) -> Page[Token]:
    """A page of a workspace's tokens; the caller's own unless others are asked for (T4).

    Raises `role_forbidden` for everybody's, and `not_found` for another's, where the caller may not see them.
    """
    asked.only(query, "member", "status", "unused_since", "expires_before")
    here = read.enter(workspace_id)
    found = TokenFilter(
        workspace_pk=here.workspace.pk,
        user_ids=_whose(query, here),
        statuses=asked.values(query, "status", TokenStatus),
        unused_since=asked.time(query, "unused_since"),
        expires_before=asked.time(query, "expires_before"),
        q=query.q,
        sort=asked.sort(query, SORTS),
        descending=query.descending,
    )
    page = token_pages.read(read.connection, found, read.now, place)
    return asked.shown(page, lambda row: shown.token(row, here, read.now))


def _new_secret(change: Change, kept: TokenSecret) -> TokenSecret:
    """A repeat gets a secret in place of the first, if that one was never used."""
    change.enter(kept.token.workspace_id).may(ActId.TOKENS_CREATE)
    secret = tokens.new_secret_if_unused(change.connection, kept.token.id, kept.token.version)
    return TokenSecret(token=kept.token, secret=secret)


@changing(renew=_new_secret)
def create(change: Change, workspace_id: str, ask: TokenAsk) -> TokenSecret:
    """A new token of the caller, with its secret (T1). Raises `session_required` (S2), `token_limit`."""
    name = _clean(ask.name)
    here = change.enter(workspace_id)
    here.may(ActId.TOKENS_CREATE)
    workspace_pk, own = here.workspace.pk, here.own
    if tokens.count_of(change.connection, workspace_pk, own.user_id) >= TOKEN_LIMIT:
        raise Refused("token_limit")
    token_id, secret = tokens.add(
        change.connection,
        workspace_pk,
        user_id=own.user_id,
        username=own.username,
        name=name,
        lifetime=ask.expires_in,
        now=change.now,
    )
    row = tokens.by_id(change.connection, workspace_pk, [token_id])[token_id]
    change.record(ActId.TOKENS_CREATE, _target(row), after=_expiry(row), workspace_pk=workspace_pk)
    return TokenSecret(token=shown.token(row, here, change.now), secret=secret)


@changing()
def update(change: Change, workspace_id: str, token_id: str, patch: TokenPatch, version: int | None) -> Token:
    """Gives a token another name, status or both (T3). What is so already changes nothing.

    Raises `not_found`, `role_forbidden`, `Conflict` with the token as it is, `token_expired`.
    """
    if patch.name is None and patch.status is None:
        raise invalid("name", "Say which name or which status the token gets.")
    name = None if patch.name is None else _clean(patch.name)
    roster = TokenRoster.read(change, workspace_id, [token_id])
    roster.alter(token_id, version, name=name, status=patch.status)
    _write(change, roster)
    return roster.token(token_id)


@changing(renew=_new_secret)
def rotate(change: Change, workspace_id: str, token_id: str, ask: RotateAsk) -> TokenSecret:
    """The caller's own token with a new secret and its lifetime anew; the old secret is dead (T3).

    Raises `not_found`, `session_required` (S2), `role_forbidden`, `token_disabled`.
    """
    roster = TokenRoster.read(change, workspace_id, [token_id])
    row = roster.rotate(token_id, ask.expires_in)
    secret = tokens.rotate(change.connection, row.pk, change.now)
    _write(change, roster)
    return TokenSecret(token=roster.token(token_id), secret=secret)


@changing()
def delete(change: Change, workspace_id: str, token_id: str, version: int | None) -> None:
    """Ends a token: it is refused at its next call (T2, T3). Raises as `update` does."""
    roster = TokenRoster.read(change, workspace_id, [token_id])
    roster.delete(token_id, version)
    _write(change, roster)


@changing()
def bulk(change: Change, workspace_id: str, ask: TokenBulkAsk) -> TokenVerdicts:
    """Disables, enables or deletes many, each with its own result; those refused do not stop the rest (T3)."""
    _check_bulk(ask)
    roster = TokenRoster.read(change, workspace_id, [item.id for item in ask.items])
    problems = {item.id: attempted(_step(roster, ask.change, item.id, item.version)) for item in ask.items}
    _write(change, roster)
    return TokenVerdicts(
        results=[
            TokenVerdict(id=token_id, token=roster.token(token_id) if roster.holds(token_id) else None, problem=problem)
            for token_id, problem in problems.items()
        ]
    )


def _whose(query: ListQuery, here: Here) -> frozenset[str]:
    """The ids of the members whose tokens are asked for; none for everybody's."""
    named = frozenset(query.filters.get("member", ())) or {ME}
    if ALL in named:
        here.may(ActId.TOKENS_DELETE)  # who may end everybody's tokens sees them
        return frozenset()
    user_ids = frozenset(here.own.user_id if name == ME else name for name in named)
    if user_ids != {here.own.user_id} and here.refusal(ActId.TOKENS_DELETE):
        raise Refused("not_found")
    return user_ids


def _clean(name: str) -> str:
    tidied = tidy(name)
    if wrong := text_problem(tidied):
        raise invalid("name", wrong)
    return tidied


def _check_bulk(ask: TokenBulkAsk) -> None:
    if (ask.change.status is not None) == ask.change.delete:
        raise invalid("change", "Exactly one of status and delete.")
    if len({item.id for item in ask.items}) != len(ask.items):
        raise invalid("items", "Each token once.")


def _step(roster: TokenRoster, wanted: TokenChange, token_id: str, version: int | None) -> Callable[[], None]:
    if wanted.delete:
        return lambda: roster.delete(token_id, version)
    return lambda: roster.alter(token_id, version, status=wanted.status)


def _write(change: Change, roster: TokenRoster) -> None:
    """Writes what a roster decided, with an entry for each change of a token."""
    changes = roster.changes()
    workspace_pk = roster.here.workspace.pk
    tokens.save(change.connection, workspace_pk, changes)
    for before, after in changes:
        others = {} if before.user_id == roster.here.own.user_id else {"member": before.username}
        for action, was, became in _told(before, after):
            change.record(action, _target(before), before={**was, **others}, after=became, workspace_pk=workspace_pk)


def _told(before: TokenRow, after: TokenRow | None) -> Iterator[tuple[ActId, Values, Values | None]]:
    """What the log says of a change: the act, what was, what became."""
    if after is None:
        yield ActId.TOKENS_DELETE, {"status": before.status.value}, None
        return
    if after.name != before.name:
        yield ActId.TOKENS_RENAME, {"name": before.name}, {"name": after.name}
    if after.status != before.status:
        yield ActId.TOKENS_SET_STATUS, {"status": before.status.value}, {"status": after.status.value}
    if (after.name, after.status) == (before.name, before.status):
        yield ActId.TOKENS_ROTATE, _expiry(before), _expiry(after)


def _expiry(row: TokenRow) -> Values:
    return {"expires_at": told(row.expires_at)}


def _target(row: TokenRow) -> Target:
    """A token, as the log names it."""
    return Target(TargetType.TOKEN, row.id, row.name)
