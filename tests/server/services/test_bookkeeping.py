"""What is written without activity: times of use, sweeps, rates, embedded sessions (S1, S4)."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from time import perf_counter

import pytest
import time_machine
from sqlalchemy import func, select

from tests.server.people import DEVICE, NOBODY, seat, sign_up
from tui.domain.activity import From
from tui.domain.errors import Refused, Unauthenticated
from tui.domain.queries import ActivityQuery, ListQuery, Place
from tui.domain.tokens import TokenAsk
from tui.domain.users import SignUpAsk
from tui.server.caller import Caller
from tui.server.services import accounts, activity, members, sessions, tokens, workspaces
from tui.server.storage import bookkeeping, email_codes, tables
from tui.server.storage.engine import PATIENCE, Store
from tui.server.storage.tables import metadata
from tui.server.storage.times import micros

START = datetime(2026, 1, 1, tzinfo=UTC)


def rows(store: Store, table: str) -> int:
    with store.reading() as connection:
        return connection.execute(select(func.count()).select_from(metadata.tables[table])).scalar_one()


def test_S1_times_of_use_are_right_to_five_minutes_and_do_not_grow_the_revision(store: Store) -> None:
    with time_machine.travel(START, tick=False) as clock:
        ada = sign_up(store)
        acme = workspaces.create(store, ada.caller, "acme")
        for minutes in (0, 4, 5, 9, 10):
            clock.move_to(START + timedelta(minutes=minutes))
            found = members.get(store, ada.caller, acme.id, ada.id)
            held = members.get(store, ada.caller, acme.id, ada.id).last_active_at
            assert held
            assert START + timedelta(minutes=minutes) - held < timedelta(minutes=5)
            assert found.version == 1
        used = sessions.list(store, ada.caller, Place()).items[0].last_used_at
        assert used == START + timedelta(minutes=10)
        assert workspaces.revision(store, ada.caller, acme.id).revision == acme.revision


def test_S3_a_session_shows_where_it_was_used_last(store: Store) -> None:
    ada = sign_up(store)
    for ip in ("192.0.2.7", "192.0.2.8"):
        sessions.list(store, replace(ada.caller, ip=ip), Place())
        assert sessions.list(store, ada.caller, Place()).items[0].last_ip == "192.0.2.7", "right to 5 minutes"
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=6)):
        sessions.list(store, replace(ada.caller, ip="192.0.2.8"), Place())
        assert sessions.list(store, ada.caller, Place()).items[0].last_ip == "192.0.2.8"


def test_S1_times_of_use_wait_for_nobody_who_writes(store: Store) -> None:
    with time_machine.travel(START, tick=False) as clock:
        ada = sign_up(store)
        clock.move_to(START + timedelta(hours=1))
        with store.writing() as connection:
            connection.execute(tables.sessions.update().values(last_ip="10.0.0.1"))
            begun = perf_counter()
            sessions.list(store, ada.caller, Place())
            assert perf_counter() - begun < PATIENCE
        with store.reading() as connection:
            assert connection.execute(select(tables.sessions.c.last_used_at)).scalar_one() == 0, (
                "the next call writes it"
            )


def test_S1_a_session_unused_for_ninety_days_is_refused_and_swept(store: Store) -> None:
    with time_machine.travel(START, tick=False) as clock:
        ada = sign_up(store)
        clock.move_to(START + timedelta(days=89))
        sessions.list(store, ada.caller, Place())
        clock.move_to(START + timedelta(days=89 + 90))
        with pytest.raises(Unauthenticated):
            sessions.list(store, ada.caller, Place())
        bookkeeping.sweep(store)
        assert rows(store, "sessions") == 0


def test_S5_a_code_for_an_address_is_swept_with_the_address_once_it_has_expired(store: Store) -> None:
    with time_machine.travel(START, tick=False) as clock:
        ada = sign_up(store)
        with store.writing() as connection:
            email_codes.put(connection, ada.id, "ada@example.org", "BCDFGHJK", micros(START))
        bookkeeping.sweep(store)
        assert rows(store, "email_codes") == 1
        clock.move_to(START + timedelta(hours=1))
        bookkeeping.sweep(store)
        assert rows(store, "email_codes") == 0


def test_S4_the_owner_of_a_data_folder_is_made_once_and_left_over_sessions_go(store: Store) -> None:
    with time_machine.travel(START, tick=False) as clock:
        first = accounts.embedded_session(store, "Ada Lovelace", DEVICE)
        assert first.user.username == first.workspace.name == "ada-lovelace"
        clock.move_to(START + timedelta(hours=23))
        second = accounts.embedded_session(store, "somebody", DEVICE)
        assert (second.user, second.workspace) == (first.user, first.workspace)
        assert rows(store, "sessions") == 2
        clock.move_to(START + timedelta(hours=24))
        third = accounts.embedded_session(store, "", DEVICE)
        assert rows(store, "sessions") == 2
        assert third.session
        assert third.secret
        caller = Caller(From.APP, "request", credential=(third.session.id, third.secret))
        told = activity.of_me(store, caller, ActivityQuery(), Place()).items
        assert {entry.action for entry in told} == {"users.create", "workspaces.create"}
        accounts.end_embedded_session(store, third.session.id)
        accounts.end_embedded_session(store, third.session.id)
        with pytest.raises(Unauthenticated):
            sessions.list(store, caller, Place())


def test_S1_a_program_that_starts_on_this_computer_ends_nobodys_sign_in(store: Store) -> None:
    with time_machine.travel(START, tick=False) as clock:
        ada = sign_up(store)
        clock.move_to(START + timedelta(days=2))
        accounts.embedded_session(store, "somebody", DEVICE)
        assert sessions.list(store, ada.caller, Place()).total == 1


@pytest.mark.parametrize("hint", ["", "root", "Admin", "名前", "-", "us-" + "a" * 20])
def test_S4_a_name_that_makes_no_username_becomes_a_random_one_to_read_aloud(store: Store, hint: str) -> None:
    owner = accounts.embedded_session(store, hint, DEVICE)
    assert re.fullmatch(r"[a-z]+-[a-z]+-[0-9]{4}", owner.user.username)
    assert owner.workspace.name == owner.user.username


@pytest.mark.parametrize(("hint", "username"), [("a" * 200, "a" * 64), ("[red]x", "red-x"), ("A  B--C", "a-b-c")])
def test_S4_the_owner_gets_a_username_like_the_computers_own(store: Store, hint: str, username: str) -> None:
    assert accounts.embedded_session(store, hint, DEVICE).user.username == username


def test_S4_a_set_up_code_is_good_once_for_a_day_and_until_the_next(store: Store) -> None:
    with time_machine.travel(START, tick=False) as clock:
        old, code = accounts.set_up_code(store), accounts.set_up_code(store)
        for wrong in (old, "su-wrong", ""):
            with pytest.raises(Refused) as refused:
                accounts.sign_up(store, NOBODY, _ask("ada", wrong), open_sign_up=True)
            assert refused.value.code == "code_wrong"
        clock.move_to(START + timedelta(days=1))
        with pytest.raises(Refused):
            accounts.sign_up(store, NOBODY, _ask("ada", code), open_sign_up=False)
        code = accounts.set_up_code(store)
        assert accounts.sign_up(store, NOBODY, _ask("ada", code), open_sign_up=False).secret
        with pytest.raises(Refused):
            accounts.sign_up(store, NOBODY, _ask("grace", code), open_sign_up=False)
        assert accounts.set_up_code(store) is None
        with store.reading() as connection:
            assert str(code) not in str(connection.execute(select(tables.server)).all())


def _ask(username: str, code: str | None) -> SignUpAsk:
    return SignUpAsk(username=username, device=DEVICE, setup_code=code)


def test_signing_up_is_limited_by_address_and_minute(store: Store) -> None:
    with time_machine.travel(START, tick=False) as clock:
        here = Caller(From.API, "request", ip="192.0.2.1")
        for _ in range(bookkeeping.RATE):
            with pytest.raises(Refused, match="does not take"):
                accounts.sign_up(store, here, _ask("ada", None), open_sign_up=False)
        with pytest.raises(Refused) as refused:
            accounts.sign_up(store, here, _ask("ada", None), open_sign_up=True)
        assert (refused.value.code, refused.value.retry_after) == ("rate_limited", 60)
        elsewhere = Caller(From.API, "request", ip="192.0.2.2")
        accounts.sign_up(store, elsewhere, _ask("ada", None), open_sign_up=True)
        clock.move_to(START + timedelta(minutes=1))
        accounts.sign_up(store, here, _ask("grace", None), open_sign_up=True)


def test_W9_a_deleted_workspace_is_gone_at_once_and_its_rows_with_the_next_sweep(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bookkeeping, "SWEEP", 2)
    ada = sign_up(store)
    acme = workspaces.create(store, ada.caller, "acme")
    people = [sign_up(store) for _ in range(4)]
    for person in people:
        seat(store, acme, person)
        members.remove(store, ada.caller, acme.id, person.id, None)
        seat(store, acme, person)
        tokens.create(store, person.caller, acme.id, TokenAsk(name="ci", expires_in=None))
    workspaces.delete(store, ada.caller, acme.id, None)
    assert workspaces.list(store, people[0].caller, ListQuery(), Place()).total == 1
    with pytest.raises(Refused) as refused:
        workspaces.get(store, people[0].caller, acme.id)
    assert refused.value.code == "not_found"
    again = workspaces.create(store, people[0].caller, "acme")
    bookkeeping.sweep(store)
    assert rows(store, "workspaces") == rows(store, "members") == len(people) + 2
    assert rows(store, "tokens") == 0
    told = activity.of_me(store, ada.caller, ActivityQuery(action="workspaces.*"), Place()).items
    assert [entry.action for entry in told] == ["workspaces.delete", "workspaces.create", "workspaces.create"]
    assert workspaces.get(store, people[0].caller, again.id).name == "acme"
