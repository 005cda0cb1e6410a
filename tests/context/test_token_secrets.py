"""Which secrets of tokens this machine holds, and of which the server knows nothing any more (T4)."""

from pathlib import Path

import pytest

from tests.app.house import somebody
from tui.context.context import Context
from tui.context.opening import opened
from tui.context.secrets import INSTALLATION_FILE
from tui.context.start import Start
from tui.context.token_secrets import forget, held, refused, renew, unknown
from tui.domain.programs import Program
from tui.domain.queries import ListQuery, Place
from tui.domain.roles import Status
from tui.domain.tokens import TokenAsk
from tui.folders import Folders
from tui.profiles.profile import Profile
from tui.secret_stores.store import NotKept


def start(home: Path) -> Start:
    return Start(Program.APP, Folders.within(home), workspace="acme")


async def workspace_ids(context: Context, status: Status) -> list[str]:
    page = await context.backend.workspaces.list(ListQuery(), Place())
    return [workspace.id for workspace in page.items if workspace.status == status]


async def test_T4_sessions_that_are_kept_are_no_tokens(home: Path) -> None:
    async with opened(start(home)) as context:
        await context.secrets.keep("se-1", "ss-1")
        await context.secrets.keep("ak-1", "as-1")
        assert await held(context) == {"ak-1"}


async def test_T4_a_token_of_any_workspace_of_the_person_is_known(home: Path) -> None:
    async with opened(start(home)) as context:
        for number, workspace_id in enumerate(await workspace_ids(context, Status.ACTIVE)):
            made = await context.backend.tokens.create(workspace_id, TokenAsk(f"number {number}", None))
            await context.secrets.keep(made.token.id, str(made.secret))
        assert await unknown(context) == frozenset()
        await context.secrets.keep("ak-gone", "as-0")
        assert await unknown(context) == {"ak-gone"}


async def test_T4_where_one_is_disabled_the_token_of_the_profile_is_not_called_unknown(home: Path) -> None:
    async with opened(start(home)) as context:
        [labs] = await workspace_ids(context, Status.DISABLED)
        context.profiles.bind(
            Profile("labs", server_url=context.backend.address, token_id="ak-labs", workspace_id=labs)
        )
        await context.secrets.keep("ak-labs", "as-0")
        assert await unknown(context) == frozenset()


async def test_T3_only_what_was_held_is_renewed(home: Path) -> None:
    async with opened(start(home)) as context:
        await context.secrets.keep("ak-1", "as-1")
        assert await renew(context, "ak-1", "as-2")
        assert not await renew(context, "ak-2", "as-2")
        assert await context.secrets.read("ak-1") == "as-2"
        assert await held(context) == {"ak-1"}


async def test_T4_the_tokens_of_another_person_of_this_machine_are_not_mine_but_work(home: Path) -> None:
    async with opened(start(home)) as context, somebody(home, "ada-fern") as ada:
        made = await ada.tokens.create(context.workspace.id, TokenAsk("hers", None))
        await context.secrets.keep(made.token.id, str(made.secret))
        await context.secrets.keep("ak-00000000000000000000", "as-0")
        strange = await unknown(context)
        assert strange == {made.token.id, "ak-00000000000000000000"}
        assert await refused(context, Program.APP, strange) == {"ak-00000000000000000000"}


async def test_T3_a_config_file_that_cannot_be_read_keeps_no_dead_secret(home: Path) -> None:
    async with opened(start(home)) as context:
        await context.secrets.keep("ak-1", "as-1")
        context.profiles.path.mkdir(parents=True)
        await forget(context, ["ak-1"])
        assert await held(context) == frozenset()


async def test_T6_where_a_folder_cannot_tell_its_name_nothing_is_said_of_its_secrets(home: Path) -> None:
    async with opened(start(home)) as context:
        (context.folders.data / INSTALLATION_FILE).mkdir()
        with pytest.raises(NotKept, match="cannot be read"):
            await held(context)
