"""What every backend does, whatever stands behind it. The rules themselves are proved on the service."""

import asyncio

import pytest

from tests.contracts.backend.conftest import Ground
from tui.domain.activity import From
from tui.domain.errors import Conflict, Refused, Unauthenticated
from tui.domain.members import Member, MemberChange, MemberItem
from tui.domain.queries import ListQuery, Place, TotalIs
from tui.domain.roles import Kind, Role, Status
from tui.domain.tokens import RotateAsk, TokenAsk, TokenChange, TokenItem, TokenStatus
from tui.domain.users import CredentialKind, DeviceAsk, SignUpAsk
from tui.domain.workspaces import Workspace

NOBODY = "us-00000000000000000000"
DEVICE = DeviceAsk(name="desk", platform="Linux", app="app 1.0")
BY_NAME = ListQuery(sort="username")


def refused(code: str) -> pytest.RaisesExc[Refused]:
    """Expects a refusal by its code."""
    return pytest.raises(Refused, check=lambda failure: failure.code == code)


async def test_who_calls_and_what_the_server_is(ground: Ground) -> None:
    me = await ground.backend.account.me()
    assert me.user.username == "grace"
    assert me.credential.kind == CredentialKind.SESSION
    assert await ground.backend.server() == me.server
    assert ground.backend.capabilities.offered == frozenset(me.server.capabilities)


async def test_S4_signing_up_is_as_the_server_says(ground: Ground) -> None:
    ask = SignUpAsk(username="linus", device=DEVICE)
    if (await ground.backend.server()).open_sign_up:
        welcome = await ground.backend.account.sign_up(ask)
        assert (welcome.user.username, welcome.workspace.kind) == ("linus", Kind.PERSONAL)
        assert welcome.secret
    else:
        with refused("sign_up_closed"):
            await ground.backend.account.sign_up(ask)


async def test_S3_sessions_are_listed_and_ended(ground: Ground) -> None:
    sessions = await ground.backend.sessions.list(Place())
    assert [session.current for session in sessions.items] == [True]
    with refused("not_found"):
        await ground.backend.sessions.end("se-00000000000000000000")
    assert await ground.backend.sessions.end_others() == 0
    await ground.backend.sessions.end(sessions.items[0].id)
    with pytest.raises(Unauthenticated):
        await ground.backend.account.me()


async def test_W6_workspaces_are_listed_and_found_by_name(ground: Ground) -> None:
    everything = await ground.backend.workspaces.list(ListQuery(sort="name"), Place())
    assert [(row.name, row.kind) for row in everything.items] == [("acme", Kind.SHARED), ("grace", Kind.PERSONAL)]
    named = await ground.backend.workspaces.list(ListQuery(filters={"name": ("acme",)}), Place(limit=1))
    assert [row.id for row in named.items] == [ground.acme]
    acme = await ground.backend.workspaces.get(ground.acme)
    assert (acme.role, acme.active_members) == (Role.OWNER, 3)


async def test_W3_a_workspace_is_made_or_its_name_refused(ground: Ground) -> None:
    made = await ground.backend.workspaces.create("navy")
    assert (made.name, made.role, made.version) == ("navy", Role.OWNER, 1)
    with refused("name_taken"):
        await ground.backend.workspaces.create("acme")
    with refused("name_invalid") as caught:
        await ground.backend.workspaces.create("A c m e")
    assert [error.field for error in caught.value.errors] == ["name"]


async def test_W9_M5_a_rename_is_against_the_version_that_was_seen(ground: Ground) -> None:
    workspaces = ground.backend.workspaces
    before = await workspaces.get(ground.acme)
    after = await workspaces.rename(ground.acme, "emca", before.version)
    assert (after.name, after.version) == ("emca", (before.version or 0) + 1)
    with pytest.raises(Conflict) as caught:
        await workspaces.rename(ground.acme, "mace", before.version)
    assert isinstance(caught.value.now, Workspace)
    assert caught.value.now.name == "emca"
    assert (await workspaces.rename(ground.acme, "mace", None)).name == "mace"


async def test_W9_a_workspace_is_deleted_and_gone(ground: Ground) -> None:
    seen = await ground.backend.workspaces.get(ground.acme)
    with pytest.raises(Conflict):
        await ground.backend.workspaces.delete(ground.acme, (seen.version or 0) + 1)
    await ground.backend.workspaces.delete(ground.acme, seen.version)
    with refused("not_found"):
        await ground.backend.workspaces.get(ground.acme)


async def test_W7_leaving(ground: Ground) -> None:
    with refused("last_owner"):
        await ground.backend.workspaces.leave(ground.acme)
    await ground.backend.members.set_role(ground.acme, ground.ada, Role.OWNER, None)
    await ground.backend.workspaces.leave(ground.acme)
    with refused("not_found"):
        await ground.backend.workspaces.get(ground.acme)


async def test_A2_the_revision_grows_with_each_change(ground: Ground) -> None:
    workspaces = ground.backend.workspaces
    before = await workspaces.revision(ground.acme)
    assert await workspaces.revision(ground.acme, before) == before
    await workspaces.rename(ground.acme, "emca", None)
    assert await workspaces.revision(ground.acme, before) > before


async def test_M4_members_are_searched_filtered_sorted_and_paged(ground: Ground) -> None:
    members = ground.backend.members
    first = await members.list(ground.acme, BY_NAME, Place(limit=2))
    assert [member.username for member in first.items] == ["ada", "alan"]
    assert (first.position, first.total, first.total_is) == (0, 3, TotalIs.EXACT)
    second = await members.list(ground.acme, BY_NAME, Place(limit=2, cursor=first.next))
    assert [member.username for member in second.items] == ["grace"]
    last = await members.list(ground.acme, BY_NAME, Place(limit=1, from_end=True))
    assert last.items == second.items
    middle = await members.list(ground.acme, BY_NAME, Place(limit=1, at=1))
    assert [member.username for member in middle.items] == ["alan"]
    narrow = ListQuery(sort="username", descending=True, q="a", filters={"role": ("manager", "user")})
    assert [member.username for member in (await members.list(ground.acme, narrow, Place())).items] == ["alan", "ada"]
    with refused("input_invalid"):
        await members.list(ground.acme, ListQuery(sort="shoe_size"), Place())


async def test_M1_M5_a_role_is_set_against_the_version_that_was_seen(ground: Ground) -> None:
    members = ground.backend.members
    before = await members.get(ground.acme, ground.alan)
    after = await members.set_role(ground.acme, ground.alan, Role.MANAGER, before.version)
    assert (after.role, after.version) == (Role.MANAGER, (before.version or 0) + 1)
    with pytest.raises(Conflict) as caught:
        await members.set_role(ground.acme, ground.alan, Role.USER, before.version)
    assert isinstance(caught.value.now, Member)
    assert (caught.value.now.role, caught.value.now.changed_by) == (Role.MANAGER, "grace")


async def test_M3_a_member_is_disabled_and_enabled(ground: Ground) -> None:
    disabled = await ground.backend.members.set_status(ground.acme, ground.alan, Status.DISABLED, None)
    assert (disabled.status, disabled.disabled_by) == (Status.DISABLED, "grace")
    enabled = await ground.backend.members.set_status(ground.acme, ground.alan, Status.ACTIVE, disabled.version)
    assert enabled.status == Status.ACTIVE


async def test_M7_a_member_is_removed_and_gone(ground: Ground) -> None:
    seen = await ground.backend.members.get(ground.acme, ground.alan)
    with pytest.raises(Conflict) as caught:
        await ground.backend.members.remove(ground.acme, ground.alan, (seen.version or 0) + 1)
    assert caught.value.now == seen
    await ground.backend.members.remove(ground.acme, ground.alan, seen.version)
    with refused("not_found"):
        await ground.backend.members.get(ground.acme, ground.alan)


@pytest.mark.parametrize("dry_run", [True, False])
async def test_M6_a_bulk_change_has_a_result_for_each(ground: Ground, *, dry_run: bool) -> None:
    items = [MemberItem(user_id, None) for user_id in (ground.alan, NOBODY, ground.ada)]
    verdicts = await ground.backend.members.bulk(ground.acme, MemberChange(status="disabled"), items, dry_run=dry_run)
    assert [verdict.user_id for verdict in verdicts] == [ground.alan, NOBODY, ground.ada]
    assert [verdict.problem.code if verdict.problem else None for verdict in verdicts] == [None, "not_found", None]
    assert verdicts[0].member is not None
    assert verdicts[0].member.status == Status.DISABLED
    now = await ground.backend.members.get(ground.acme, ground.alan)
    assert now.status == (Status.ACTIVE if dry_run else Status.DISABLED)


async def test_M8_handing_over(ground: Ground) -> None:
    seen = await ground.backend.members.get(ground.acme, ground.ada)
    with pytest.raises(Conflict) as caught:
        await ground.backend.members.hand_over(ground.acme, ground.ada, (seen.version or 0) + 1, Role.USER)
    assert caught.value.now == seen
    handed = await ground.backend.members.hand_over(ground.acme, ground.ada, seen.version, Role.USER)
    assert (handed.owner.username, handed.owner.role) == ("ada", Role.OWNER)
    assert (handed.own.username, handed.own.role) == ("grace", Role.USER)


async def test_A1_what_was_done_is_in_the_log_with_the_program_that_did_it(ground: Ground) -> None:
    await ground.backend.members.set_role(ground.acme, ground.alan, Role.MANAGER, None)
    query = ListQuery(filters={"action": ("members.set_role",), "target": (ground.alan,)})
    page = await ground.backend.activity.list(ground.acme, query, Place())
    assert [(entry.before, entry.after) for entry in page.items] == [({"role": "user"}, {"role": "manager"})]
    assert page.items[0].actor.name == "grace"
    assert page.items[0].context.source == From.APP
    mine = await ground.backend.activity.mine(ListQuery(filters={"action": ("users.create",)}), Place())
    assert [entry.action for entry in mine.items] == ["users.create"]


async def test_many_reads_at_once(ground: Ground) -> None:
    reads = (ground.backend.members.get(ground.acme, ground.alan) for _ in range(30))
    assert {member.username for member in await asyncio.gather(*reads)} == {"alan"}


async def test_reads_that_are_cancelled_at_any_moment_leave_the_backend_usable(ground: Ground) -> None:
    for steps in range(15):
        reading = asyncio.create_task(ground.backend.members.list(ground.acme, BY_NAME, Place()))
        for _ in range(steps):
            await asyncio.sleep(0)
        in_time = reading.cancel()
        await asyncio.wait([reading])
        assert reading.cancelled() == in_time
    assert (await ground.backend.members.list(ground.acme, BY_NAME, Place())).total == 3


async def test_T1_T4_tokens_are_made_and_listed(ground: Ground) -> None:
    tokens = ground.backend.tokens
    made = [await tokens.create(ground.acme, TokenAsk(name=name, expires_in=None)) for name in ("ci", "laptop")]
    assert all(token.secret for token in made)
    page = await tokens.list(ground.acme, ListQuery(sort="name"), Place(limit=1))
    assert (page.items, page.total) == ([made[0].token], 2)
    found = await tokens.list(ground.acme, ListQuery(q="lap", filters={"member": ("all",)}), Place())
    assert [token.name for token in found.items] == ["laptop"]
    with refused("not_found"):
        await tokens.delete(ground.acme, "ak-00000000000000000000", None)
    with refused("input_invalid") as caught:
        await tokens.create(ground.acme, TokenAsk(name="", expires_in=None))
    assert [error.field for error in caught.value.errors] == ["name"]


async def test_T3_M5_a_token_is_changed_against_the_version_that_was_seen(ground: Ground) -> None:
    tokens = ground.backend.tokens
    made = (await tokens.create(ground.acme, TokenAsk(name="ci", expires_in=None))).token
    renamed = await tokens.rename(ground.acme, made.id, "deploy", made.version)
    assert (renamed.name, renamed.version) == ("deploy", (made.version or 0) + 1)
    with pytest.raises(Conflict) as caught:
        await tokens.set_status(ground.acme, made.id, Status.DISABLED, made.version)
    assert caught.value.now == renamed
    disabled = await tokens.set_status(ground.acme, made.id, Status.DISABLED, renamed.version)
    assert (disabled.status, disabled.disabled_by) == (TokenStatus.DISABLED, "grace")
    with refused("token_disabled"):
        await tokens.rotate(ground.acme, made.id, RotateAsk())
    await tokens.set_status(ground.acme, made.id, Status.ACTIVE, None)
    await tokens.delete(ground.acme, made.id, None)
    assert (await tokens.list(ground.acme, ListQuery(), Place())).total == 0


async def test_T3_rotating_gives_another_secret_and_the_lifetime_anew(ground: Ground) -> None:
    tokens = ground.backend.tokens
    made = await tokens.create(ground.acme, TokenAsk(name="ci", expires_in=3600))
    again = await tokens.rotate(ground.acme, made.token.id, RotateAsk())
    for_ever = await tokens.rotate(ground.acme, made.token.id, RotateAsk(expires_in=None))
    assert len({made.secret, again.secret, for_ever.secret}) == 3
    assert again.token.expires_at
    assert made.token.expires_at
    assert again.token.expires_at > made.token.expires_at
    assert (for_ever.token.id, for_ever.token.expires_at) == (made.token.id, None)


async def test_T3_many_tokens_at_once_have_a_result_each(ground: Ground) -> None:
    tokens = ground.backend.tokens
    made = (await tokens.create(ground.acme, TokenAsk(name="ci", expires_in=None))).token
    items = [TokenItem(made.id, made.version), TokenItem("ak-00000000000000000000", None)]
    stopped = await tokens.bulk(ground.acme, TokenChange(status="disabled"), items)
    assert [verdict.problem.code if verdict.problem else None for verdict in stopped] == [None, "not_found"]
    assert stopped[0].token is not None
    assert stopped[0].token.status == TokenStatus.DISABLED
    [deleted] = await tokens.bulk(ground.acme, TokenChange(delete=True), [TokenItem(made.id, None)])
    assert (deleted.token, deleted.problem) == (None, None)
