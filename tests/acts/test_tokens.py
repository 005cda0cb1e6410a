"""Acts on tokens, performed on the embedded service of a home with tokens in every state."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
import time_machine

from tests.app.house import NOW, credential
from tui.acts.act import Result, Weight
from tui.acts.status import other_status
from tui.acts.tokens import CREATE, DELETE, RENAME, ROTATE, SET_STATUS
from tui.context.context import Context
from tui.context.opening import opened
from tui.context.start import Start
from tui.context.tokens import find, find_all, listed
from tui.domain.acts import ActId
from tui.domain.errors import Conflict, Refused
from tui.domain.programs import Program
from tui.domain.queries import Place
from tui.domain.roles import Status
from tui.domain.tokens import Token, TokenAsk, TokenStatus
from tui.folders import Folders


@pytest.fixture
async def acme(home: Path) -> AsyncGenerator[Context]:
    """Where Grace stands, Owner of acme."""
    with time_machine.travel(NOW, tick=False):
        async with opened(Start(Program.APP, Folders.within(home), workspace="acme")) as context:
            yield context


async def named(context: Context, *names: str) -> list[Token]:
    """Tokens by name, in this order."""
    page = await context.backend.tokens.list(context.workspace.id, listed(context), Place(limit=200))
    tokens = {token.name: token for token in page.items}
    return [tokens[name] for name in names]


async def done(parts: AsyncGenerator[list[Result[Token]], None]) -> list[Result[Token]]:
    return [result async for part in parts for result in part]


async def test_T1_the_secret_comes_with_the_token_and_in_no_traceback(acme: Context) -> None:
    (result,) = await done(CREATE.perform(acme, (), TokenAsk("deploy", None)))
    assert result.after
    assert result.once
    assert result.once.startswith("as-")
    assert result.once not in repr(result)
    assert CREATE.done(result, TokenAsk("deploy", None)) == "The token deploy is made."


async def test_T3_rotating_keeps_id_and_name(acme: Context) -> None:
    seen = await named(acme, "spare")
    (result,) = await done(ROTATE.perform(acme, seen, None))
    assert result.after
    assert (result.after.id, result.after.name, bool(result.once)) == (seen[0].id, "spare", True)


async def test_T3_a_refused_rotation_is_the_result_of_its_token(acme: Context) -> None:
    (result,) = await done(ROTATE.perform(acme, await named(acme, "terraform"), None))
    assert (result.failure and result.failure.code, result.once) == ("role_forbidden", None)


async def test_M5_what_somebody_changed_meanwhile_is_not_overwritten(acme: Context) -> None:
    seen = await named(acme, "spare")
    await done(RENAME.perform(acme, seen, "spare two"))
    (result,) = await done(SET_STATUS.perform(acme, seen, Status.DISABLED))
    assert isinstance(result.failure, Conflict)
    assert isinstance(result.failure.now, Token)
    assert result.failure.now.name == "spare two"


async def test_M5_of_many_only_those_that_somebody_changed_are_refused(acme: Context) -> None:
    seen = await named(acme, "spare", "laptop")
    await done(RENAME.perform(acme, seen[:1], "spare two"))
    results = await done(SET_STATUS.perform(acme, seen, Status.DISABLED))
    assert [type(result.failure) for result in results] == [Conflict, type(None)]


async def test_T3_a_dry_run_foresees_what_the_service_does(acme: Context) -> None:
    seen = await named(acme, "spare", "old notebook", "terraform")
    assert SET_STATUS.rehearse
    foreseen = await done(SET_STATUS.rehearse(acme, seen, Status.DISABLED))
    assert await named(acme, "spare", "old notebook", "terraform") == seen
    came = await done(SET_STATUS.perform(acme, seen, Status.DISABLED))
    codes = [[result.failure and result.failure.code for result in results] for results in (foreseen, came)]
    assert codes == [[None, "token_expired", None]] * 2


async def test_T3_undo_is_the_same_act_against_the_version_seen(acme: Context) -> None:
    results = await done(SET_STATUS.perform(acme, await named(acme, "spare", "laptop"), Status.DISABLED))
    assert SET_STATUS.inverse
    assert {SET_STATUS.inverse(result) for result in results} == {Status.ACTIVE}
    back = await done(SET_STATUS.perform(acme, [each.after for each in results if each.after], Status.ACTIVE))
    assert [each.after.status for each in back if each.after] == [TokenStatus.ACTIVE] * 2


async def test_T4_a_held_secret_goes_with_its_token(acme: Context) -> None:
    tokens = await named(acme, "spare", "laptop", "ci deploy")
    for token in tokens:
        await acme.secrets.keep(token.id, "as-0")
    await done(DELETE.perform(acme, tokens[:1], None))
    await done(DELETE.perform(acme, tokens[1:], None))
    assert await acme.secrets.held() == frozenset()


async def test_T4_the_secret_of_a_token_that_stays_is_kept(acme: Context) -> None:
    tokens = await named(acme, "spare", "laptop")
    for token in tokens:
        await acme.secrets.keep(token.id, "as-0")
    await done(RENAME.perform(acme, tokens[:1], "spare two"))
    results = await done(DELETE.perform(acme, tokens, None))
    assert isinstance(results[0].failure, Conflict)
    assert await acme.secrets.held() == {tokens[0].id}


async def test_T4_tokens_are_found_by_their_ids(acme: Context) -> None:
    spare, terraform = await named(acme, "spare", "terraform")
    assert await find(acme, spare.id) == spare
    assert await find_all(acme, [terraform.id, "ak-nobody", spare.id]) == {spare.id: spare, terraform.id: terraform}
    with pytest.raises(Refused, match="acme has no token ak-nobody"):
        await find(acme, "ak-nobody")


async def test_T3_a_user_sees_own_tokens_only(home: Path) -> None:
    ken = credential(home, "ken-ash")
    async with opened(Start(Program.APP, Folders.within(home), credential=ken, workspace="acme")) as context:
        assert not context.allows(ActId.TOKENS_DELETE)
        page = await context.backend.tokens.list(context.workspace.id, listed(context), Place())
        assert [token.name for token in page.items] == ["load test"]


async def test_what_must_be_meant(acme: Context) -> None:
    one, two = await named(acme, "spare"), await named(acme, "spare", "terraform")
    assert RENAME.weight(one, "x") == CREATE.weight((), TokenAsk("x", None)) == Weight.LIGHT
    assert SET_STATUS.weight(one, Status.ACTIVE) == DELETE.weight(one, None) == Weight.CONFIRM
    assert ROTATE.weight(one, None) == Weight.CONFIRM
    assert SET_STATUS.weight(two, Status.ACTIVE) == DELETE.weight(two, None) == Weight.TYPE_NAME
    assert [other_status(one), SET_STATUS.word(one)] == [Status.DISABLED, "Disable"]
    assert other_status(await named(acme, "staging trial")) == Status.ACTIVE


async def test_T3_it_is_said_whose_token_it_is_and_when_it_was_used(acme: Context) -> None:
    (mine,), (hers,) = await named(acme, "nightly backup"), await named(acme, "terraform")
    assert DELETE.consequences(acme, [mine], None).becomes == "The token nightly backup is deleted. Last used: 3 h ago."
    assert DELETE.consequences(acme, [hers], None).becomes.startswith("The token terraform of ada-fern is deleted.")
    assert "2 tokens are deleted" in DELETE.consequences(acme, [mine, hers], None).becomes
