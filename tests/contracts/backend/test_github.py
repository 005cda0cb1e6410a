"""What has to do with GitHub, by any backend, with a GitHub and without (W4, W5, U1)."""

import socket
import threading
from collections.abc import AsyncGenerator, Generator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import uvicorn

from tests.contracts.backend.conftest import Ground
from tests.server.outside.github_stand_in import CLIENT_ID, GithubStandIn, github_stand_in
from tests.server.people import sign_up
from tui.backend.addresses import parsed
from tui.backend.device import this_device
from tui.backend.embedded import FILE_NAME, open_embedded
from tui.backend.http.client import connect
from tui.backend.protocol import Backend
from tui.domain.errors import Conflict, NotOffered, Refused
from tui.domain.github import GithubOrg, GithubOrgChoice
from tui.domain.programs import Program
from tui.domain.queries import Place
from tui.domain.roles import JoinedBy, Kind, Role, Source
from tui.domain.servers import Mode
from tui.domain.settings import Settings, SettingsPatch
from tui.domain.sign_ins import Pending
from tui.domain.users import Welcome
from tui.server.app import create_app
from tui.server.outside.github import Github, GithubApp
from tui.server.outside.outside import Outside
from tui.server.outside.sealing import Seal
from tui.server.settings import Settings as ServerSettings
from tui.server.storage import members, workspaces
from tui.server.storage.engine import Store
from tui.server.storage.times import now


@dataclass(frozen=True)
class Connected:
    """A backend as grace sees it, its store, and the GitHub that it is connected to."""

    backend: Backend
    store: Store
    github: GithubStandIn

    async def link(self) -> tuple[int, str]:
        """Links a new person at GitHub: their id, and that of their organization."""
        person = self.github.person("grace-at-github")
        organization = self.github.organization("cobol", person)
        begun = await self.backend.account.link_github(this_device(Program.APP))
        assert isinstance(await self.backend.account.poll(begun), Pending)
        self.github.approves(person, begun.user_code or "")
        welcome = await self.backend.account.poll(begun)
        assert isinstance(welcome, Welcome)
        assert welcome.user.github_login == "grace-at-github"
        return person, organization


@pytest.fixture(params=["embedded", "served"])
async def connected(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncGenerator[Connected]:
    with github_stand_in() as standing_in:
        app = GithubApp(CLIENT_ID, standing_in.url, Seal.new_key())
        with closing(Github(app)) as github:
            opened = _embedded if request.param == "embedded" else _served
            async for store, backend in opened(tmp_path, github):
                yield Connected(backend, store, standing_in)


async def _embedded(folder: Path, github: Github) -> AsyncGenerator[tuple[Store, Backend]]:
    backend = await open_embedded(folder, "grace", "", Program.APP, github)
    with closing(Store.open(f"sqlite:///{folder / FILE_NAME}")) as store:
        yield store, backend
    await backend.close()


async def _served(folder: Path, github: Github) -> AsyncGenerator[tuple[Store, Backend]]:
    with closing(Store.open(f"sqlite:///{folder / 'served.db'}")) as store, _serving(store, github) as address:
        credential = sign_up(store, "grace").caller.credential
        backend = await connect(parsed(address), ".".join(credential or ()), Program.APP)
        yield store, backend
        await backend.close()


@contextmanager
def _serving(store: Store, github: Github) -> Generator[str]:
    settings = ServerSettings(mode=Mode.SERVED, open_sign_up=True, github=github.app)
    app = create_app(store, settings, Outside(github=github))
    server = uvicorn.Server(uvicorn.Config(app, lifespan="off", ws="none", log_config=None, access_log=False))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


async def test_W4_a_workspace_comes_from_an_organization(connected: Connected) -> None:
    _, cobol = await connected.link()
    assert list(await connected.backend.workspaces.github_orgs()) == [GithubOrgChoice(cobol, "cobol", "cobol")]
    made = await connected.backend.workspaces.create("compilers", cobol)
    assert (made.source, made.github_org) == (Source.GITHUB, GithubOrg(cobol, "cobol"))


async def test_W5_what_can_be_joined_is_joined(connected: Connected) -> None:
    _, cobol = await connected.link()
    ada = sign_up(connected.store, "ada")
    with connected.store.writing() as connection:
        row = workspaces.add(connection, Kind.SHARED, "compilers", now(), GithubOrg(cobol, "cobol"))
        assert row
        members.add(connection, row.pk, ada.id, Role.OWNER, joined_by=JoinedBy.CREATED, now=now())
    (found,) = (await connected.backend.workspaces.joinable(Place())).items
    assert (found.name, found.owners, found.active_members) == ("compilers", ["ada"], 1)

    joined = await connected.backend.workspaces.join(found.workspace_id)

    assert (joined.role, joined.joined_by, joined.is_self) == (Role.USER, JoinedBy.AUTO_JOIN, True)
    assert (await connected.backend.workspaces.joinable(Place())).items == []


async def test_W5_M5_the_switch_is_set_against_the_version_that_was_seen(connected: Connected) -> None:
    _, cobol = await connected.link()
    made = await connected.backend.workspaces.create("compilers", cobol)
    settings = connected.backend.settings
    seen = await settings.get(made.id)
    assert seen == Settings(auto_join=True, version=1)
    off = await settings.set(made.id, SettingsPatch(auto_join=False), seen.version)
    assert off == Settings(auto_join=False, version=2)
    with pytest.raises(Conflict) as caught:
        await settings.set(made.id, SettingsPatch(auto_join=True), seen.version)
    assert caught.value.now == off


async def test_W4_a_github_that_is_away_is_told_from_a_server_that_is(connected: Connected) -> None:
    _, cobol = await connected.link()
    connected.github.trouble = "500"
    with pytest.raises(Refused) as caught:
        await connected.backend.workspaces.create("compilers", cobol)
    assert (caught.value.code, caught.value.exit_code) == ("github_unavailable", 7)


async def test_W4_without_a_github_nothing_of_it_is_offered(ground: Ground) -> None:
    with pytest.raises(NotOffered):
        await ground.backend.workspaces.join(ground.acme)
    with pytest.raises(NotOffered):
        await ground.backend.account.link_github(this_device(Program.APP))
    assert (await ground.backend.workspaces.joinable(Place())).items == []
    with pytest.raises(Refused) as unlinked:
        await ground.backend.workspaces.github_orgs()
    assert unlinked.value.code == "github_unlinked"
    with pytest.raises(Refused) as other:
        await ground.backend.settings.set(ground.acme, SettingsPatch(auto_join=True), None)
    assert other.value.code == "not_github"
