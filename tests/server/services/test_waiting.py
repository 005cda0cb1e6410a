"""A change that waited for others is made, and told of, at the time when its turn came."""

from collections.abc import Callable, Generator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from sqlalchemy import Connection, text, update

from tests.server.people import Person, seat, sign_up
from tests.server.services.test_token_races import by
from tui.domain.errors import Refused, Unauthenticated
from tui.domain.invites import AcceptAsk, InviteLinkAsk
from tui.domain.members import MemberPatch
from tui.domain.queries import ActivityQuery, Place
from tui.domain.tokens import TokenAsk
from tui.domain.workspaces import Workspace
from tui.server.caller import IdempotencyKey
from tui.server.services import accepting, activity, invites, members, tokens, workspaces
from tui.server.services.letters import Way
from tui.server.storage import tables
from tui.server.storage import workspaces as rows
from tui.server.storage.engine import Store
from tui.server.storage.times import moment, now

WAITING = text("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")


@contextmanager
def held_up(store: Store, workspace: Workspace, call: Callable[[], Any]) -> Generator[tuple[Connection, Future[Any]]]:
    """A call that waits, for as long as the block lasts, for somebody who changes the workspace."""
    with ThreadPoolExecutor(1) as threads, store.writing() as connection:
        rows.lock(connection, workspace.id)
        waiting = threads.submit(call)
        while store.dialect == "postgresql" and not waiting.done() and not blocked(store):
            pass
        yield connection, waiting


def blocked(store: Store) -> bool:
    with store.reading() as connection:
        return bool(connection.execute(WAITING).scalar_one())


@pytest.fixture
def ada(store: Store) -> Person:
    return sign_up(store, "ada")


@pytest.fixture
def acme(store: Store, ada: Person) -> Workspace:
    return workspaces.create(store, ada.caller, "acme")


def test_A1_what_waited_is_told_after_what_it_waited_for(store: Store, ada: Person, acme: Workspace) -> None:
    linus = sign_up(store, "linus")
    seat(store, acme, linus)

    change = partial(members.update, store, ada.caller, acme.id, linus.id, MemberPatch(role="manager"), None)
    with held_up(store, acme, change) as (_, waiting):
        until = now()

    assert waiting.result().changed_at >= moment(until)
    [entry] = activity.list(store, ada.caller, acme.id, ActivityQuery(action="members.*"), Place()).items
    assert entry.event_at >= moment(until)


def test_I3_an_invite_that_expires_while_somebody_waits_is_refused(store: Store, ada: Person, acme: Workspace) -> None:
    linus = sign_up(store, "linus")
    made = invites.link(store, ada.caller, acme.id, InviteLinkAsk(), way=Way("", None))

    accept = partial(accepting.accept, store, linus.caller, AcceptAsk(code=made.link or ""), mails=False)
    with held_up(store, acme, accept) as (connection, waiting):
        connection.execute(update(tables.invites).values(expires_at=now()))

    with pytest.raises(Refused) as refused:
        waiting.result()
    assert refused.value.code == "invite_expired"


@pytest.mark.parametrize("key", [None, IdempotencyKey("key", "POST /v1/here", b"{}")], ids=["plain", "by key"])
def test_T2_a_token_that_expires_while_its_call_waits_is_refused(
    store: Store, ada: Person, acme: Workspace, key: IdempotencyKey | None
) -> None:
    made = tokens.create(store, ada.caller, acme.id, TokenAsk(name="ci", expires_in=None))

    caller = replace(by(made, ada.caller), idempotency=key)
    rename = partial(workspaces.rename, store, caller, acme.id, "other", None)
    with held_up(store, acme, rename) as (connection, waiting):
        connection.execute(update(tables.tokens).values(expires_at=now()))

    with pytest.raises(Unauthenticated):
        waiting.result()
