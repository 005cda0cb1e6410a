"""W8: two Owners act at once, two hundred times; the workspace never is without an active Owner."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import cycle, islice, product
from threading import Barrier

from sqlalchemy import func, select

from tests.server.people import Person, seat, sign_up
from tui.domain.errors import Failure
from tui.domain.members import HandOverAsk, MemberPatch
from tui.domain.roles import Role
from tui.server.services import members, workspaces
from tui.server.storage import tables
from tui.server.storage.engine import Store
from tui.server.storage.members import ROLE_NUMBER

ROUNDS = 200
ALLOWED = {"last_owner", "version_conflict", "role_forbidden", "not_found", "member_disabled"}

Act = Callable[[Store, str, Person, Person], object]


def demote(store: Store, workspace_id: str, me: Person, other: Person) -> object:
    return members.update(store, me.caller, workspace_id, other.id, MemberPatch(role="user"), 1)


def step_down(store: Store, workspace_id: str, me: Person, other: Person) -> object:
    return members.update(store, me.caller, workspace_id, me.id, MemberPatch(role="manager"), None)


def disable(store: Store, workspace_id: str, me: Person, other: Person) -> object:
    return members.update(store, me.caller, workspace_id, other.id, MemberPatch(status="disabled"), None)


def remove(store: Store, workspace_id: str, me: Person, other: Person) -> object:
    return members.remove(store, me.caller, workspace_id, other.id, None)


def leave(store: Store, workspace_id: str, me: Person, other: Person) -> object:
    return workspaces.leave(store, me.caller, workspace_id)


def hand_over(store: Store, workspace_id: str, me: Person, other: Person) -> object:
    return members.hand_over(store, me.caller, workspace_id, HandOverAsk(user_id=other.id, version=None))


ACTS: list[Act] = [demote, step_down, disable, remove, leave, hand_over]


def raced(threads: ThreadPoolExecutor, *calls: Callable[[], object]) -> list[str | None]:
    """The code that each of these calls is refused with, all of them made at once."""
    barrier = Barrier(len(calls))

    def code_of(call: Callable[[], object]) -> str | None:
        barrier.wait()
        try:
            call()
        except Failure as failure:
            return failure.code
        return None

    return list(threads.map(code_of, calls))


def owners_by_workspace(store: Store) -> dict[str, int]:
    """The active Owners of every shared workspace, counted one by one."""
    active = (tables.members.c.role == ROLE_NUMBER[Role.OWNER]) & (tables.members.c.status == 0)
    owners = select(func.count()).where(tables.members.c.workspace_pk == tables.workspaces.c.pk, active)
    counted = select(tables.workspaces.c.id, owners.scalar_subquery().label("owners")).where(
        tables.workspaces.c.kind == "shared"
    )
    with store.reading() as connection:
        return {row.id: row.owners for row in connection.execute(counted)}


def test_W8_two_racing_owners_never_leave_a_workspace_ownerless(store: Store) -> None:
    ada, grace = sign_up(store), sign_up(store)
    codes: list[str | None] = []
    with ThreadPoolExecutor(2) as threads:
        for n, (first, second) in enumerate(islice(cycle(product(ACTS, ACTS)), ROUNDS)):
            workspace = workspaces.create(store, ada.caller, f"round-{n}")
            seat(store, workspace, grace, Role.OWNER)
            codes += raced(
                threads,
                partial(first, store, workspace.id, ada, grace),
                partial(second, store, workspace.id, grace, ada),
            )
    assert {code for code in codes if code} <= ALLOWED
    assert None in codes
    assert min(owners_by_workspace(store).values()) >= 1
    assert len(owners_by_workspace(store)) == ROUNDS
