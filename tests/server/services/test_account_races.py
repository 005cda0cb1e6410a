"""Accounts that end, or take a name, while others act."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import cycle, islice

from tests.server.people import Person, seat, sign_up
from tests.server.services.test_W8_races import Act, demote, disable, leave, owners_by_workspace, raced, remove
from tui.domain.roles import Role
from tui.domain.sign_ins import UserPatch
from tui.server.services import me, workspaces
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
