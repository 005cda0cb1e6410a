"""Accounts that end, or take a name, while others act."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import cycle, islice

from sqlalchemy import func, select

from tests.server.people import Person, seat, sign_up
from tests.server.services.test_W8_races import Act, demote, disable, leave, owners_by_workspace, raced, remove
from tui.domain.roles import Role
from tui.domain.users import UserPatch
from tui.server.services import me, workspaces
from tui.server.storage import tables
from tui.server.storage.engine import Store

ROUNDS = 40
ALLOWED = {"last_owner", "not_found", "member_disabled", "role_forbidden", "unauthenticated", None}


def delete_account(store: Store, workspace_id: str, own: Person, other: Person) -> object:
    return me.delete(store, own.caller, None)


ACTS: list[Act] = [delete_account, demote, disable, leave, remove]


def test_W8_an_account_that_ends_leaves_no_workspace_ownerless(store: Store) -> None:
    codes: list[str | None] = []
    with ThreadPoolExecutor(2) as threads:
        for n, against in enumerate(islice(cycle(ACTS), ROUNDS)):
            ada, grace = sign_up(store), sign_up(store)
            workspace = workspaces.create(store, ada.caller, f"round-{n}")
            seat(store, workspace, grace, Role.OWNER)
            codes += raced(
                threads,
                partial(delete_account, store, workspace.id, ada, grace),
                partial(against, store, workspace.id, grace, ada),
            )
    assert set(codes) <= ALLOWED
    assert {"last_owner", None} <= set(codes)
    assert min(owners_by_workspace(store).values()) >= 1
    assert len(owners_by_workspace(store)) == ROUNDS


def test_U1_of_two_who_want_a_username_one_gets_it(store: Store) -> None:
    ada, grace = sign_up(store), sign_up(store)
    with ThreadPoolExecutor(2) as threads:
        for n in range(ROUNDS):
            wanted = UserPatch(username=f"wanted-{n}")
            codes = raced(
                threads,
                partial(me.update, store, ada.caller, wanted, None),
                partial(me.update, store, grace.caller, wanted, None),
            )
            assert sorted(codes, key=str) == [None, "username_taken"]


def test_W1_who_signs_up_never_fails_for_a_name_that_a_workspace_takes_at_that_moment(store: Store) -> None:
    ada = sign_up(store)
    with ThreadPoolExecutor(2) as threads:
        for n in range(ROUNDS):
            came, made = raced(
                threads,
                partial(sign_up, store, f"wanted-{n}"),
                partial(workspaces.create, store, ada.caller, f"wanted-{n}"),
            )
            assert came is None
            assert made in {None, "name_taken"}


def test_U1_members_of_the_same_workspaces_change_names_at_once(store: Store) -> None:
    ada, grace = sign_up(store), sign_up(store)
    for n in range(5):
        seat(store, workspaces.create(store, ada.caller, f"both-{n}"), grace)
    with ThreadPoolExecutor(2) as threads:
        for n in range(ROUNDS):
            codes = raced(
                threads,
                partial(me.update, store, ada.caller, UserPatch(display_name=f"Ada {n}"), None),
                partial(me.update, store, grace.caller, UserPatch(display_name=f"Grace {n}"), None),
            )
            assert codes == [None, None]


def test_U1_who_joins_while_changing_names_is_listed_by_the_new_one(store: Store) -> None:
    ada, grace = sign_up(store), sign_up(store)
    with ThreadPoolExecutor(2) as threads:
        for n in range(ROUNDS):
            joined = workspaces.create(store, ada.caller, f"joined-{n}")
            codes = raced(
                threads,
                partial(me.update, store, grace.caller, UserPatch(username=f"grace-{n}"), None),
                partial(seat, store, joined, grace),
            )
            assert codes == [None, None]
    shown = (
        select(tables.members.c.username, tables.users.c.username)
        .join(tables.users)
        .where(tables.members.c.user_id == grace.id)
    )
    with store.reading() as connection:
        assert {tuple(row) for row in connection.execute(shown)} == {(f"grace-{ROUNDS - 1}", f"grace-{ROUNDS - 1}")}


def test_U1_nobody_is_seated_whose_account_ends(store: Store) -> None:
    ada = sign_up(store)
    codes: list[str | None] = []
    with ThreadPoolExecutor(2) as threads:
        for n in range(ROUNDS // 2):
            grace, joined = sign_up(store), workspaces.create(store, ada.caller, f"ending-{n}")
            ended, seated = raced(
                threads,
                partial(me.delete, store, grace.caller, None),
                partial(seat, store, joined, grace),
            )
            assert ended is None
            codes.append(seated)
    assert set(codes) <= {None, "unauthenticated"}
    with store.reading() as connection:
        assert connection.execute(select(func.count()).select_from(tables.users)).scalar_one() == 1
