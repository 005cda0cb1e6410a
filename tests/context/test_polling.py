"""Waiting for a person at GitHub, while GitHub is not always there (S4, U1)."""

import asyncio
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.server.outside.github_stand_in import CLIENT_ID, GithubStandIn, github_stand_in
from tui.backend.device import this_device
from tui.backend.embedded import open_embedded
from tui.context.polling import approved
from tui.domain.errors import Refused
from tui.domain.programs import Program
from tui.server.outside.github import Github, GithubApp
from tui.server.outside.sealing import Seal

TOKENS = "/login/oauth/access_token"


@pytest.fixture
def github() -> Iterator[GithubStandIn]:
    with github_stand_in() as github:
        github.interval = 0
        yield github


async def asked(github: GithubStandIn, times: int) -> None:
    """Returns once it was asked so often what became of a code."""
    while sum(TOKENS in call for call in github.asked) < times:
        await asyncio.sleep(0)


@pytest.mark.parametrize("trouble", ["away", "500", "nonsense"])
async def test_S4_a_github_that_is_away_for_a_moment_ends_no_sign_in(
    tmp_path: Path, github: GithubStandIn, trouble: str
) -> None:
    app = GithubApp(CLIENT_ID, github.url, Seal.new_key())
    with closing(Github(app)) as outside:
        backend = await open_embedded(tmp_path, "ada", "", Program.CLI, outside)
        sign_in = await backend.account.link_github(this_device(Program.CLI))
        github.trouble, github.trouble_at = trouble, TOKENS
        waiting = asyncio.create_task(approved(backend.account, sign_in))
        await asked(github, 2)
        github.approves(github.person("ada-fern"), str(sign_in.user_code))
        github.trouble = ""
        assert (await waiting).user.github_login == "ada-fern"
        await backend.close()


async def test_S4_what_a_person_refuses_at_github_ends_it(tmp_path: Path, github: GithubStandIn) -> None:
    app = GithubApp(CLIENT_ID, github.url, Seal.new_key())
    with closing(Github(app)) as outside:
        backend = await open_embedded(tmp_path, "ada", "", Program.CLI, outside)
        sign_in = await backend.account.link_github(this_device(Program.CLI))
        github.answers(str(sign_in.user_code), "access_denied")
        with pytest.raises(Refused) as refused:
            await approved(backend.account, sign_in)
        assert refused.value.code == "sign_in_denied"
        await backend.close()
