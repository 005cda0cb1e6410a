"""What can go wrong with a database is one sentence, and changes nothing."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.exc import IntegrityError

from tests.server.people import sign_up
from tui.domain.errors import Refused
from tui.domain.queries import ListQuery, Place
from tui.server.services import workspaces
from tui.server.storage import tables
from tui.server.storage.engine import Store


def test_a_writer_that_would_have_to_wait_can_give_up_at_once(store: Store) -> None:
    ada = sign_up(store)
    with store.writing() as connection:
        connection.execute(text("UPDATE users SET display_name = 'first'"))
        with pytest.raises(Refused, match="busy") as refused, store.attempting() as other:
            other.execute(text("UPDATE users SET display_name = 'second'"))
    assert refused.value.code == "unavailable"
    assert refused.value.retry_after
    assert workspaces.list(store, ada.caller, ListQuery(), Place()).total == 1


def test_a_full_disk_is_refused_and_what_was_there_stays(tmp_path: Path) -> None:
    store = Store.open(f"sqlite:///{tmp_path / 'small.db'}")
    ada = sign_up(store, "ada")
    with store.writing() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1")
    with pytest.raises(Refused, match="full") as refused:
        [workspaces.create(store, ada.caller, f"workspace-{n}") for n in range(1000)]
    assert refused.value.code == "unavailable"
    there = workspaces.list(store, ada.caller, ListQuery(), Place()).total
    assert there > 1
    with store.writing() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
    workspaces.create(store, ada.caller, "afterwards")
    assert workspaces.list(store, ada.caller, ListQuery(), Place()).total == there + 1
    store.close()


def test_a_reader_cannot_write(store: Store) -> None:
    with pytest.raises(Refused, match="read"), store.reading() as connection:
        connection.execute(insert(tables.rates), {"act": "x", "address": "x", "minute": 1, "calls": 1})


def test_a_reader_sees_one_state_whoever_writes_meanwhile(store: Store) -> None:
    with store.reading() as connection:
        assert connection.execute(select(tables.users.c.id)).all() == []
        sign_up(store)
        assert connection.execute(select(tables.users.c.id)).all() == []


def test_many_callers_at_once_wait_for_their_turn(store: Store) -> None:
    ada = sign_up(store)
    with ThreadPoolExecutor(16) as threads:
        list(threads.map(lambda n: workspaces.create(store, ada.caller, f"workspace-{n}"), range(64)))
    assert workspaces.list(store, ada.caller, ListQuery(), Place()).total == 65


def test_T5_a_fault_of_the_database_names_no_values(store: Store) -> None:
    """What a server logs of a fault could be read by others: codes that are short can be guessed from their hash."""
    row = {"key_hash": b"one", "body_mac": b"not-to-be-told", "created_at": 1}
    with pytest.raises(IntegrityError) as fault, store.writing() as connection:
        connection.execute(insert(tables.idempotency_keys), [row, row])
    assert "not-to-be-told" not in str(fault.value)
