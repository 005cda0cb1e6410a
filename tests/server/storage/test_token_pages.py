"""Pages of tokens against a plain reckoning of the same rows, on both databases (T4, M4)."""

import itertools
import subprocess
import sys
from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from sqlalchemy import Engine, event, update

from tests.server.people import Person, seat, sign_up
from tui.domain.folding import fold, found, words
from tui.domain.queries import ListQuery, Page, Place
from tui.domain.roles import Status
from tui.domain.tokens import Token
from tui.domain.workspaces import Workspace
from tui.server.services import tokens as services
from tui.server.services import workspaces
from tui.server.storage import members, tables, tokens
from tui.server.storage.engine import Store
from tui.server.storage.members import STATUS_NUMBER
from tui.server.storage.times import DAY, moment, now

NAMES = ("ci", "CI deploy", "Zoë's laptop", "zoe phone", "~tilde", "nightly 2", "Ärger", "鍵", "a b c")
NOW = now()


@pytest.fixture
def acme(store: Store) -> tuple[Person, Workspace]:
    """Ada's workspace with 60 tokens of four people, in every state."""
    people = [sign_up(store, name) for name in ("ada", "bob", "cleo", "dora")]
    acme = workspaces.create(store, people[0].caller, "acme", None, None)
    for person in people[1:]:
        seat(store, acme, person)
    chance = Random(4)  # noqa: S311  # rows of a test
    with store.writing() as connection:
        pk = connection.execute(tables.workspaces.select().where(tables.workspaces.c.id == acme.id)).one().pk
        for number in range(60):
            person = chance.choice(people)
            made = NOW - chance.randrange(100) * DAY
            token_id, _ = tokens.add(
                connection,
                pk,
                user_id=person.id,
                username=person.username,
                name=chance.choice(NAMES),
                lifetime=chance.choice((None, 30 * 86_400, 90 * 86_400)),
                now=made,
            )
            lived = {
                "last_used_at": chance.choice((0, made + chance.randrange(1, 10**9))),
                "status": STATUS_NUMBER[Status.DISABLED if number % 5 == 0 else Status.ACTIVE],
            }
            connection.execute(update(tables.tokens).where(tables.tokens.c.id == token_id).values(lived))
    return people[0], acme


def read(store: Store, acme: tuple[Person, Workspace], query: ListQuery, place: Place) -> Page[Token]:
    return services.list(store, acme[0].caller, acme[1].id, query, place)


def everything(store: Store, acme: tuple[Person, Workspace], **filters: tuple[str, ...]) -> list[Token]:
    return read(store, acme, ListQuery(sort="name", filters={"member": ("all",), **filters}), Place(limit=200)).items


CURSOR = """
import sys
from tui.domain.activity import From
from tui.domain.queries import ListQuery, Place
from tui.server.caller import Caller
from tui.server.services import tokens
from tui.server.storage.engine import Store
store = Store.open(sys.argv[1])
caller = Caller(From.API, "request", credential=tuple(sys.argv[3].split(".")))
query = ListQuery(sort="name", filters={"status": ("active", "disabled", "expired")})
print(tokens.list(store, caller, sys.argv[2], query, Place(limit=1)).next)
"""
"""Prints the cursor after the first token."""

KEYS: dict[str, Callable[[Token], tuple[float | str, str]]] = {
    "created_at": lambda token: (token.created_at.timestamp(), token.id),
    "name": lambda token: (fold(token.name), token.id),
    "username": lambda token: (token.username, token.id),
    "last_used_at": lambda token: (token.last_used_at.timestamp() if token.last_used_at else 0, token.id),
    "expires_at": lambda token: (token.expires_at.timestamp() if token.expires_at else 0, token.id),
}


@pytest.mark.parametrize(("sort", "descending"), itertools.product(KEYS, (False, True)))
def test_T4_each_sort_in_both_directions_page_by_page(
    store: Store, acme: tuple[Person, Workspace], sort: str, *, descending: bool
) -> None:
    expected = sorted(everything(store, acme), key=KEYS[sort], reverse=descending)
    query = ListQuery(sort=sort, descending=descending, filters={"member": ("all",)})
    seen: list[Token] = []
    page = read(store, acme, query, Place(limit=7))
    while True:
        seen += page.items
        if page.next is None:
            break
        page = read(store, acme, query, Place(limit=7, cursor=page.next))
    assert [token.id for token in seen] == [token.id for token in expected]
    assert page.total == len(expected) == 60
    back = read(store, acme, query, Place(limit=7, from_end=True))
    assert back.items == expected[-7:]
    assert read(store, acme, query, Place(limit=7, cursor=back.prev)).items == expected[-14:-7]
    assert read(store, acme, query, Place(limit=5, at=31)).items == expected[31:36]


def test_T4_filters_together_leave_what_each_leaves(store: Store, acme: tuple[Person, Workspace]) -> None:
    rows = everything(store, acme)
    since = moment(NOW - 40 * DAY)
    soon = moment(NOW + 20 * DAY)
    for statuses in (("active",), ("disabled",), ("expired",), ("active", "expired"), ("disabled", "expired")):
        assert everything(store, acme, status=statuses) == [row for row in rows if row.status in statuses]
    assert everything(store, acme, unused_since=(since.isoformat(),)) == [
        row for row in rows if max(row.last_used_at or row.created_at, row.created_at) < since
    ]
    assert everything(store, acme, expires_before=(soon.isoformat(),), status=("active",)) == [
        row for row in rows if row.expires_at and row.expires_at < soon and row.status == "active"
    ]


@pytest.mark.parametrize("q", ["zoe", "Zoë lap", "bob", "ci", "a", "2", "~", "鍵", "nothing", "arg", "bob ci"])
def test_T4_a_search_finds_word_beginnings_of_name_id_and_username(
    store: Store, acme: tuple[Person, Workspace], q: str
) -> None:
    expected = [row for row in everything(store, acme) if words(q) and found(q, row.name, row.id, row.username)]
    query = ListQuery(sort="name", q=q, filters={"member": ("all",)})
    page = read(store, acme, query, Place(limit=200))
    assert (page.items, page.total) == (expected, len(expected))


def test_T4_a_user_who_is_renamed_is_found_and_sorted_by_the_new_name(
    store: Store, acme: tuple[Person, Workspace]
) -> None:
    ada, _ = acme
    own = [row.id for row in everything(store, acme) if row.user_id == ada.id]
    with store.writing() as connection:
        tokens.rename_user(connection, ada.id, "zelda")

    for q, expected in (("zelda", own), ("ada", [])):
        query = ListQuery(sort="username", q=q, filters={"member": ("all",)})
        assert sorted(row.id for row in read(store, acme, query, Place(limit=200)).items) == sorted(expected)


def test_M7_tokens_that_go_with_a_seat_leave_the_search_index_whole(
    store: Store, acme: tuple[Person, Workspace]
) -> None:
    _, workspace = acme
    with store.writing() as connection:
        pk = connection.execute(tables.workspaces.select().where(tables.workspaces.c.id == workspace.id)).one().pk
        gone = next(row.user_id for row in everything(store, acme) if row.username == "bob")
        row = members.of_users(connection, pk, [gone])[gone]
        members.save(connection, pk, [members.Change(row, None)])
    query = ListQuery(q="bob", filters={"member": ("all",)})
    assert read(store, acme, query, Place()).total == 0
    if store.path:
        with store.writing() as connection:
            connection.exec_driver_sql("INSERT INTO tokens_words(tokens_words) VALUES ('integrity-check')")


def test_M4_a_cursor_is_the_same_for_every_process(store: Store, acme: tuple[Person, Workspace]) -> None:
    ada, workspace = acme
    credential = ".".join(ada.caller.credential or ())
    asked = [sys.executable, "-c", CURSOR, store.url.render_as_string(hide_password=False), workspace.id, credential]

    cursors = {
        subprocess.run(asked, env={"PYTHONHASHSEED": seed}, capture_output=True, check=True).stdout  # our own program
        for seed in ("1", "2", "3")
    }

    assert len(cursors) == 1
    query = ListQuery(sort="name", filters={"status": ("active", "disabled", "expired")})
    assert read(store, acme, query, Place(limit=1, cursor=cursors.pop().decode().strip())).items


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # PostgreSQL chooses by what it knows of the rows
def test_M4_ones_own_tokens_are_read_without_walking_through_everybodys(
    store: Store, acme: tuple[Person, Workspace]
) -> None:
    asked: list[tuple[str, Any]] = []

    def note(_connection: object, _cursor: object, sql: str, values: Any, *_: object) -> None:
        asked.append((sql, values))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        read(store, acme, ListQuery(sort="name"), Place())
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    with store.reading() as connection:
        plans = [
            row.detail
            for sql, values in asked
            if "FROM tokens" in sql
            for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values)
        ]
    assert any("ix_tokens_by_member" in step for step in plans)
    assert not any("ix_tokens_by_name" in step for step in plans)
