"""Acts on members, performed on the embedded service."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from pathlib import Path

import pytest

from tests.server.driver import seat
from tui.acts.act import Result, Weight
from tui.acts.members import HAND_OVER, REMOVE, SET_ROLE, SET_STATUS
from tui.acts.refusal import refusal, role_refusal
from tui.acts.status import other_status
from tui.acts.workspaces import CREATE
from tui.backend.embedded import FILE_NAME
from tui.context.context import Context
from tui.context.opening import opened
from tui.context.start import Start
from tui.domain.acts import ActId
from tui.domain.errors import Conflict
from tui.domain.members import Member
from tui.domain.programs import Program
from tui.domain.queries import ListQuery, Place
from tui.domain.roles import Role, Status
from tui.domain.workspaces import WorkspaceAsk
from tui.folders import Folders
from tui.server.storage import users
from tui.server.storage.engine import Store
from tui.server.storage.times import now

PEOPLE = 205


@pytest.fixture(scope="module")
async def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with two workspaces of one Owner and the same 205 Users."""
    home = tmp_path_factory.mktemp("acts")
    async with opened(Start(Program.CLI, Folders.within(home))) as context:
        made = [
            result.after
            for name in ("acme", "labs")
            async for part in CREATE.perform(context, (), WorkspaceAsk(name))
            for result in part
            if result.after
        ]
    store = Store.open(f"sqlite:///{home / 'data' / FILE_NAME}")
    for number in range(PEOPLE):
        with store.writing() as connection:
            user_id = users.add(connection, f"person-{number:03}", f"Person {number}", None, now())
        assert user_id
        for workspace in made:
            seat(store, workspace.id, user_id, "user", "active")
    store.close()
    return home


@pytest.fixture
async def acme(home: Path) -> AsyncGenerator[Context]:
    async with opened(Start(Program.APP, Folders.within(home), workspace="acme")) as context:
        yield context


async def found(context: Context, first: int, count: int = 1) -> list[Member]:
    """People from this number on; each test has its own."""
    query = ListQuery(sort="username", filters={"is": tuple(f"person-{first + n:03}" for n in range(count))})
    return (await context.backend.members.list(context.workspace.id, query, Place(limit=200))).items


async def done(parts: AsyncGenerator[list[Result[Member]], None]) -> list[Result[Member]]:
    return [result async for part in parts for result in part]


async def test_M1_one_member_by_a_call_of_its_own(acme: Context) -> None:
    members = await found(acme, 0)
    (result,) = await done(SET_ROLE.perform(acme, members, Role.MANAGER))
    assert result.after
    assert (result.before, result.after.role, result.failure) == (members[0], Role.MANAGER, None)
    assert SET_ROLE.done(result, Role.MANAGER) == "person-000 is now Manager."


async def test_M5_what_somebody_changed_meanwhile_is_not_overwritten(acme: Context) -> None:
    seen = await found(acme, 1)
    await done(SET_ROLE.perform(acme, seen, Role.MANAGER))
    (result,) = await done(SET_STATUS.perform(acme, seen, Status.DISABLED))
    assert isinstance(result.failure, Conflict)
    assert isinstance(result.failure.now, Member)
    assert (result.failure.now.role, result.failure.now.status) == (Role.MANAGER, Status.ACTIVE)


async def test_M5_undo_is_the_same_act_against_the_version_seen(acme: Context) -> None:
    seen = await found(acme, 2, 2)
    results = await done(SET_STATUS.perform(acme, seen, Status.DISABLED))
    assert SET_STATUS.inverse
    assert {SET_STATUS.inverse(result) for result in results} == {Status.ACTIVE}
    after = [result.after for result in results if result.after]
    back = await done(SET_STATUS.perform(acme, after, Status.ACTIVE))
    assert [result.after.status for result in back if result.after] == [Status.ACTIVE] * 2


async def test_M6_many_go_in_parts_that_can_be_stopped_between(home: Path) -> None:
    async with opened(Start(Program.APP, Folders.within(home), workspace="labs")) as labs:
        everybody = [member for first in range(0, PEOPLE, 5) for member in await found(labs, first, 5)]
        async with aclosing(SET_ROLE.perform(labs, everybody, Role.MANAGER)) as parts:
            assert len(await anext(parts)) == 200
        managers = ListQuery(filters={"role": ("manager",)})
        assert (await labs.backend.members.list(labs.workspace.id, managers, Place())).total == 200


async def test_M6_each_refusal_is_the_result_of_its_own_member(acme: Context) -> None:
    me = (await acme.backend.members.list(acme.workspace.id, ListQuery(filters={"role": ("owner",)}), Place())).items
    results = await done(REMOVE.perform(acme, [*me, *await found(acme, 4)], None))
    assert [result.failure and result.failure.code for result in results] == ["self_remove", None]
    assert await found(acme, 4) == []


async def test_M6_a_rehearsal_gives_the_same_results_and_changes_nothing(acme: Context) -> None:
    seen = await found(acme, 5, 2)
    assert REMOVE.rehearse
    results = await done(REMOVE.rehearse(acme, seen, None))
    assert [(result.after, result.failure) for result in results] == [(None, None)] * 2
    assert await found(acme, 5, 2) == seen


async def test_what_must_be_meant(acme: Context) -> None:
    one, two = await found(acme, 7), await found(acme, 7, 2)
    assert SET_ROLE.weight(one, Role.MANAGER) == Weight.LIGHT
    assert SET_ROLE.weight(one, Role.OWNER) == Weight.CONFIRM
    assert SET_ROLE.weight(two, Role.USER) == Weight.TYPE_NAME
    assert SET_STATUS.weight(one, Status.ACTIVE) == REMOVE.weight(one, None) == Weight.CONFIRM
    assert HAND_OVER.weight(one, Role.MANAGER) == Weight.CONFIRM
    assert [other_status(one), SET_STATUS.word(one)] == [Status.DISABLED, "Disable"]


async def test_M1_the_reason_shown_is_the_refusal_that_would_come(acme: Context) -> None:
    me = (await acme.backend.members.list(acme.workspace.id, ListQuery(filters={"role": ("owner",)}), Place())).items[0]
    capabilities = acme.backend.capabilities
    reason = refusal(ActId.MEMBERS_REMOVE, capabilities, me)
    lost = role_refusal(Role.USER, me)
    assert (reason and reason.code, lost and lost.code) == ("self_remove", "last_owner")
    (result,) = await done(SET_ROLE.perform(acme, [me], Role.USER))
    assert result.failure
    assert result.failure.code == "last_owner"
    assert refusal(ActId.MEMBERS_SET_ROLE, capabilities, (await found(acme, 9))[0]) is None
