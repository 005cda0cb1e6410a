"""What `change.py` promises of every change: once, whole, told, counted."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import func, select, update

from tests.server.people import DEVICE, NOBODY, Person, seat, sign_up
from tui.domain.errors import Failure, Refused
from tui.domain.members import MemberBulkAsk, MemberChange, MemberItem, MemberPatch
from tui.domain.queries import ActivityQuery, ListQuery, Place
from tui.domain.roles import ROLES, Role
from tui.domain.users import SignUpAsk
from tui.domain.workspaces import Workspace
from tui.server.caller import Caller, IdempotencyKey
from tui.server.change import Change, changing
from tui.server.services import accounts, activity, members, workspaces
from tui.server.storage import members as rows
from tui.server.storage import tables
from tui.server.storage.engine import Store

KILLED = """
import sys
from tests.server.people import sign_up
from tui.server.storage.engine import Store
store = Store.open(sys.argv[1])
for n in range(1000):
    print(sign_up(store, f"user-{n}").username, flush=True)
"""


def counted(store: Store) -> dict[tuple[int, int, int], int]:
    """Members by workspace, role and status, counted one by one."""
    held = tables.members.c
    query = select(held.workspace_pk, held.role, held.status, func.count()).group_by(
        held.workspace_pk, held.role, held.status
    )
    with store.reading() as connection:
        return {(pk, role, status): n for pk, role, status, n in connection.execute(query)}


def kept(store: Store) -> dict[tuple[int, int, int], int]:
    """The counts that are kept with each change."""
    with store.reading() as connection:
        return {(pk, role, status): n for pk, role, status, n in connection.execute(select(tables.member_counts)) if n}


def revision(store: Store, person: Person, workspace: Workspace) -> int:
    return workspaces.revision(store, person.caller, workspace.id).revision


def entries(store: Store, person: Person, workspace: Workspace) -> list[str]:
    page = activity.list(store, person.caller, workspace.id, ActivityQuery(), Place())
    return [entry.action for entry in page.items]


def test_A1_A2_each_change_is_told_and_counted_once(store: Store) -> None:
    ada, grace = sign_up(store), sign_up(store)
    acme = workspaces.create(store, ada.caller, "acme")
    seat(store, acme, grace)
    before = revision(store, ada, acme)
    members.update(store, ada.caller, acme.id, grace.id, MemberPatch(role="manager", status="disabled"), 1)
    members.update(store, ada.caller, acme.id, grace.id, MemberPatch(role="manager"), None)
    members.remove(store, ada.caller, acme.id, grace.id, None)
    assert entries(store, ada, acme)[:-1] == ["members.remove", "members.set_status", "members.set_role"]
    assert revision(store, ada, acme) == before + 2
    assert counted(store) == kept(store)


def test_A1_a_change_without_an_entry_is_a_fault_and_leaves_nothing(store: Store) -> None:
    ada = sign_up(store, "ada")

    @changing()
    def silently(change: Change) -> None:
        change.connection.execute(update(tables.users).values(display_name="changed"))

    with pytest.raises(RuntimeError, match="A1"):
        silently(store, ada.caller)
    with store.reading() as connection:
        assert connection.execute(select(tables.users.c.display_name)).scalars().all() == ["ada"]


def test_W8_a_change_that_would_leave_no_owner_is_refused_whatever_made_it(store: Store) -> None:
    ada = sign_up(store)
    acme = workspaces.create(store, ada.caller, "acme")

    @changing()
    def carelessly(change: Change) -> None:
        here = change.enter(acme.id)
        rows.save(change.connection, here.workspace.pk, [rows.Change(here.own, here.own._replace(role=Role.USER))])
        change.record("members.set_role", workspaces.target(here.workspace), workspace_pk=here.workspace.pk)

    with pytest.raises(Refused) as refused:
        carelessly(store, ada.caller)
    assert refused.value.code == "last_owner"
    assert counted(store) == kept(store)


def test_M6_two_hundred_at_once_keep_the_counts_and_share_a_group(store: Store) -> None:
    ada = sign_up(store)
    acme = workspaces.create(store, ada.caller, "acme")
    people = [sign_up(store) for _ in range(30)]
    for n, person in enumerate(people):
        seat(store, acme, person, ROLES[n % 3])
    for wanted in (MemberChange(role="manager"), MemberChange(status="disabled"), MemberChange(remove=True)):
        ask = MemberBulkAsk(change=wanted, items=[MemberItem(person.id, None) for person in people])
        dry = members.bulk(store, ada.caller, acme.id, MemberBulkAsk(change=wanted, items=ask.items, dry_run=True))
        done = members.bulk(store, ada.caller, acme.id, ask)
        assert [verdict.problem for verdict in dry.results] == [verdict.problem for verdict in done.results]
        assert not any(verdict.problem for verdict in done.results)
        assert counted(store) == kept(store)
    page = activity.list(store, ada.caller, acme.id, ActivityQuery(action="members.remove"), Place(limit=200))
    assert len(page.items) == len(people)
    assert len({entry.context.group for entry in page.items}) == 1


def test_a_repeated_request_is_carried_out_once_and_gets_the_first_answer(store: Store) -> None:
    ada = sign_up(store)
    first = workspaces.create(store, ada.once("key"), "acme")
    assert workspaces.create(store, ada.once("key"), "acme") == first
    with pytest.raises(Refused) as refused:
        workspaces.create(store, ada.once("key", b'{"other": 1}'), "acme")
    assert refused.value.code == "idempotency_mismatch"
    with pytest.raises(Refused) as refused:
        workspaces.create(store, ada.once("key", route="POST /elsewhere"), "acme")
    assert refused.value.code == "name_taken"
    with pytest.raises(Refused) as refused:
        workspaces.create(store, sign_up(store).once("key"), "acme")
    assert refused.value.code == "name_taken"


def test_a_refused_request_is_not_kept(store: Store) -> None:
    ada = sign_up(store)
    acme = workspaces.create(store, ada.caller, "acme")
    with pytest.raises(Refused):
        workspaces.create(store, ada.once("key"), "acme")
    workspaces.delete(store, ada.caller, acme.id, None)
    assert workspaces.create(store, ada.once("key"), "acme").id != acme.id


def test_of_equal_requests_at_once_one_is_carried_out(store: Store) -> None:
    ada = sign_up(store)
    barrier = Barrier(4)

    def create(n: int) -> str:
        barrier.wait()
        return workspaces.create(store, ada.once("key"), "acme").id

    with ThreadPoolExecutor(4) as threads:
        assert len(set(threads.map(create, range(4)))) == 1
    assert workspaces.list(store, ada.caller, ListQuery(q="acme"), Place()).total == 1


def test_W1_two_sign_ups_at_once_for_one_name_have_one_winner_and_no_fault(store: Store) -> None:
    workspaces.create(store, sign_up(store).caller, "wanted-4")
    barrier = Barrier(4)

    def come(n: int) -> str:
        barrier.wait()
        try:
            sign_up(store, "wanted-4")
        except Failure as refused:
            return refused.code
        return "in"

    with ThreadPoolExecutor(4) as threads:
        assert sorted(threads.map(come, range(4))) == ["in", "username_taken", "username_taken", "username_taken"]


def test_a_secret_is_never_kept_and_renewed_only_while_it_was_not_used(store: Store) -> None:
    ask = SignUpAsk(username="ada", device=DEVICE)
    caller = Caller(NOBODY.source, "request", idempotency=IdempotencyKey("key", "POST /v1/users", b"{}"))
    first = accounts.sign_up(store, caller, ask, open_sign_up=True)
    again = accounts.sign_up(store, caller, ask, open_sign_up=True)
    assert again.user == first.user
    assert again.session
    assert again.secret
    assert again.secret != first.secret
    signed_in = Caller(NOBODY.source, "request", credential=(again.session.id, again.secret))
    workspaces.list(store, signed_in, ListQuery(), Place())
    assert accounts.sign_up(store, caller, ask, open_sign_up=True).secret is None
    with store.reading() as connection:
        answers = " ".join(connection.execute(select(tables.idempotency_keys.c.answer)).scalars())
    assert first.secret
    assert first.secret not in answers
    assert again.secret not in answers


def test_what_was_acknowledged_outlives_a_killed_program(store: Store, database: str) -> None:
    with subprocess.Popen([sys.executable, "-c", KILLED, database], stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout
        told = [program.stdout.readline().strip() for _ in range(5)]
        program.kill()
        told += program.stdout.read().split()
    with store.reading() as connection:
        there = set(connection.execute(select(tables.users.c.username)).scalars())
    assert there >= set(told)
    assert counted(store) == kept(store)
    sign_up(store, "afterwards")


def test_reads_go_on_while_somebody_writes(store: Store) -> None:
    ada = sign_up(store)
    with store.writing() as connection:
        connection.execute(update(tables.users).values(display_name="not yet"))
        page = workspaces.list(store, ada.caller, ListQuery(), Place())
        assert page.total == 1
