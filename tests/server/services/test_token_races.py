"""Tokens, many calls at once: the limit holds, of two secrets one wins, what is ended stays so (T1-T3)."""

from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from functools import partial

import pytest
from sqlalchemy import func, select

from tests.server.people import Person, seat, sign_up
from tests.server.services.test_W8_races import raced
from tui.domain.errors import Unauthenticated
from tui.domain.queries import ListQuery, Place
from tui.domain.servers import Mode, Server
from tui.domain.tokens import TOKEN_LIMIT, RotateAsk, TokenAsk, TokenPatch, TokenSecret
from tui.domain.workspaces import Workspace
from tui.server.caller import Caller
from tui.server.services import me, members, tokens, workspaces
from tui.server.storage import tables
from tui.server.storage.engine import Store

ROUNDS = 20
FOREVER = TokenAsk(name="ci", expires_in=None)
SERVER = Server("here", "1", 1, Mode.SERVED, [], False, False, False, [], {})


@pytest.fixture
def threads() -> Generator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(4) as threads:
        yield threads


@pytest.fixture
def ada(store: Store) -> Person:
    return sign_up(store, "ada")


@pytest.fixture
def acme(store: Store, ada: Person) -> Workspace:
    return workspaces.create(store, ada.caller, "acme", None, None)


def by(made: TokenSecret, caller: Caller) -> Caller:
    """A caller by a token."""
    return replace(caller, credential=(made.token.id, made.secret or ""))


def works(store: Store, made: TokenSecret, caller: Caller) -> bool:
    """Whether a token is let in."""
    with suppress(Unauthenticated):
        me.get(store, by(made, caller), SERVER)
        return True
    return False


def test_T1_the_limit_holds_however_many_are_made_at_once(
    store: Store, threads: ThreadPoolExecutor, ada: Person, acme: Workspace
) -> None:
    for _ in range(TOKEN_LIMIT - 3):
        tokens.create(store, ada.caller, acme.id, FOREVER)

    codes = [
        code
        for _ in range(3)
        for code in raced(threads, *[partial(tokens.create, store, ada.caller, acme.id, FOREVER)] * 4)
    ]

    assert sorted(codes, key=str) == [None] * 3 + ["token_limit"] * 9
    assert tokens.list(store, ada.caller, acme.id, ListQuery(), Place()).total == TOKEN_LIMIT


def test_T3_of_two_rotations_at_once_the_later_secret_is_the_one_that_works(
    store: Store, threads: ThreadPoolExecutor, ada: Person, acme: Workspace
) -> None:
    made = tokens.create(store, ada.caller, acme.id, FOREVER)
    rotate = partial(tokens.rotate, store, ada.caller, acme.id, made.token.id, RotateAsk())
    for n in range(ROUNDS):
        first, second = sorted(
            [threads.submit(rotate).result, threads.submit(rotate).result], key=lambda done: done().token.version or 0
        )
        assert (first().token.version, second().token.version) == (2 * n + 2, 2 * n + 3)
        assert [works(store, done(), ada.caller) for done in (first, second)] == [False, True]
    assert not works(store, made, ada.caller)


def test_T2_a_token_that_rotates_itself_twice_at_once_does_so_once(
    store: Store, threads: ThreadPoolExecutor, ada: Person, acme: Workspace
) -> None:
    for _ in range(ROUNDS):
        made = tokens.create(store, ada.caller, acme.id, FOREVER)
        itself = by(made, ada.caller)
        codes = raced(threads, *[partial(tokens.rotate, store, itself, acme.id, made.token.id, RotateAsk())] * 2)
        assert sorted(codes, key=str) == [None, "unauthenticated"]
        tokens.delete(store, ada.caller, acme.id, made.token.id, None)


def test_T2_a_token_that_is_deleted_while_it_acts_acts_before_or_not_at_all(
    store: Store, threads: ThreadPoolExecutor, ada: Person, acme: Workspace
) -> None:
    for _ in range(ROUNDS):
        made = tokens.create(store, ada.caller, acme.id, FOREVER)
        itself = by(made, ada.caller)
        rename = partial(tokens.update, store, itself, acme.id, made.token.id, TokenPatch(name="mine"), None)
        deleted, renamed = raced(
            threads, partial(tokens.delete, store, ada.caller, acme.id, made.token.id, None), rename
        )
        assert deleted is None
        assert renamed in {None, "unauthenticated"}
        assert not works(store, made, ada.caller)
    assert tokens.list(store, ada.caller, acme.id, ListQuery(), Place()).total == 0


def test_M7_no_token_outlives_its_seat(store: Store, threads: ThreadPoolExecutor, ada: Person, acme: Workspace) -> None:
    for _ in range(ROUNDS):
        linus = sign_up(store)
        seat(store, acme, linus)
        removed, created = raced(
            threads,
            partial(members.remove, store, ada.caller, acme.id, linus.id, None),
            partial(tokens.create, store, linus.caller, acme.id, FOREVER),
        )
        assert removed is None
        assert created in {None, "not_found"}
    with store.reading() as connection:
        assert connection.execute(select(func.count()).select_from(tables.tokens)).scalar_one() == 0


def test_T3_a_token_disabled_by_two_at_once_is_changed_once(
    store: Store, threads: ThreadPoolExecutor, ada: Person, acme: Workspace
) -> None:
    for _ in range(ROUNDS):
        made = tokens.create(store, ada.caller, acme.id, FOREVER)
        disable = partial(
            tokens.update, store, ada.caller, acme.id, made.token.id, TokenPatch(status="disabled"), made.token.version
        )
        assert sorted(raced(threads, disable, disable), key=str) == [None, "version_conflict"]
        tokens.delete(store, ada.caller, acme.id, made.token.id, None)
