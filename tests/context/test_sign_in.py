"""Staying signed in to a server, and out of it again (S1, T6)."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx
import msgspec
import pytest

from tests.context.machines import Here
from tests.server.driver import DEVICE
from tests.server.people import NOBODY
from tests.server.test_serve import Served, serving
from tui.backend.addresses import EMBEDDED
from tui.backend.embedded import FILE_NAME
from tui.context.activating import activate
from tui.context.keeper import Keeper
from tui.context.machine import Machine
from tui.context.opening import open_context
from tui.context.remembering import session_id
from tui.context.sign_in import keep_session, sign_out, signed_in
from tui.domain.errors import Failure, Refused, Unauthenticated
from tui.domain.users import CredentialKind, DeviceAsk, SignUpAsk, Welcome
from tui.secret_stores.store import NotKept, ServerName
from tui.server.services import accounts
from tui.server.storage.engine import Store


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Served]:
    folder = tmp_path / "served"
    folder.mkdir()
    with serving(folder, "--open-signup", expect_link=True) as served:
        yield served


def welcome(server: Served, username: str = "grace") -> Welcome:
    ask = {"username": username, "device": DEVICE}
    answer = httpx.post(f"{server.address}/v1/users", json=ask).raise_for_status()
    return msgspec.json.decode(answer.content, type=Welcome)


async def test_S1_a_kept_session_signs_in_at_the_next_start(here: Here, server: Served) -> None:
    machine, came = Machine.of(here.start()), welcome(server)
    assert await keep_session(machine, server.address, came) is True
    assert came.session
    service = ServerName.of(server.address).service
    assert here.session.lookup(service, came.session.id) == came.secret
    assert session_id(here.folders.state, server.address) == came.session.id
    assert str(came.secret) not in (here.folders.state / "state.json").read_text()
    async with here.opened(server=server.address) as context:
        assert (context.user.username, context.credential.id) == ("grace", came.session.id)


async def test_T6_another_origin_means_not_signed_in(here: Here, server: Served) -> None:
    machine = Machine.of(here.start())
    await keep_session(machine, server.address, welcome(server))
    other = server.address.replace("127.0.0.1", "localhost")
    assert await signed_in(machine, other) == ""
    for address in (other, "https://ws.example.com"):
        with pytest.raises(Unauthenticated, match="not signed in"):
            await open_context(here.start(server=address))


async def test_S1_the_credential_of_the_environment_comes_first_then_the_session_then_the_profile(
    here: Here, server: Served
) -> None:
    grace, linus = welcome(server), welcome(server, "linus")
    assert linus.session
    await keep_session(Machine.of(here.start()), server.address, grace)
    async with here.opened(server=server.address) as context:
        await activate(context, context.workspace)
    async with here.opened() as context:
        assert context.backend.address == server.address
        assert context.credential.kind == CredentialKind.SESSION
    async with here.opened(credential=f"{linus.session.id}.{linus.secret}") as context:
        assert (context.user.username, context.guest) == ("linus", True)
    (here.folders.state / "state.json").unlink()
    async with here.opened() as context:
        assert (context.user.username, context.credential.kind) == ("grace", CredentialKind.TOKEN)
    with pytest.raises(Unauthenticated):
        await open_context(here.start(server=server.address.replace("127.0.0.1", "localhost")))


async def test_S1_signing_out_ends_the_session_and_forgets_the_server(here: Here, server: Served) -> None:
    async with here.opened() as context:
        own = context.workspace.name
    came = welcome(server)
    await keep_session(Machine.of(here.start()), server.address, came)
    async with here.opened(server=server.address) as context:
        await activate(context, context.workspace)
        assert await sign_out(context) is True
        with pytest.raises(Unauthenticated):
            await context.backend.account.me()
    assert here.session.kept(ServerName.of(server.address).service) == set()
    assert session_id(here.folders.state, server.address) is None
    assert list(here.profiles) == [own] == [here.active]


async def test_S1_signing_out_beside_a_locked_keyring_ends_the_session_all_the_same(here: Here, server: Served) -> None:
    await keep_session(Machine.of(here.start()), server.address, welcome(server))
    async with here.opened(server=server.address) as context:
        here.session.lock_keyring()
        assert await sign_out(context) is True
    assert session_id(here.folders.state, server.address) is None


async def test_S1_signing_out_without_the_server_forgets_all_the_same(here: Here, server: Served) -> None:
    await keep_session(Machine.of(here.start()), server.address, welcome(server))
    async with here.opened(server=server.address) as context:
        server.stop()
        assert await sign_out(context) is False
    assert await signed_in(Machine.of(here.start()), server.address) == ""
    assert here.session.kept(ServerName.of(server.address).service) == set()


async def test_S1_nobody_signs_out_who_has_not_signed_in(here: Here, server: Served) -> None:
    came = welcome(server)
    assert came.session
    async with here.opened() as context:
        with pytest.raises(Refused):
            await sign_out(context)
    async with here.opened(server=server.address, credential=f"{came.session.id}.{came.secret}") as context:
        with pytest.raises(Refused, match="WORKSPACES_TOKEN"):
            await sign_out(context)
        assert (await context.backend.account.me()).user.username == "grace"


async def test_S1_a_second_sign_in_takes_the_place_of_the_first(here: Here, server: Served) -> None:
    machine = Machine.of(here.start())
    for username in ("grace", "linus"):
        last = welcome(server, username)
        await keep_session(machine, server.address, last)
    assert here.session.kept(ServerName.of(server.address).service) == {last.secret}
    async with here.opened(server=server.address) as context:
        assert context.user.username == "linus"


async def test_S1_a_locked_keyring_keeps_no_session_and_says_so(here: Here, server: Served) -> None:
    came = welcome(server)
    here.session.lock_keyring()
    with pytest.raises(NotKept, match="locked"):
        await keep_session(Machine.of(here.start()), server.address, came)
    assert session_id(here.folders.state, server.address) is None


async def test_S1_a_kept_session_behind_a_locked_keyring_says_so(here: Here, server: Served) -> None:
    await keep_session(Machine.of(here.start()), server.address, welcome(server))
    here.session.lock_keyring()
    with pytest.raises(NotKept, match="locked"):
        await open_context(here.start(server=server.address))


async def test_S1_without_a_keyring_a_session_lasts_for_this_run(here: Here, server: Served) -> None:
    here.secrets = "memory"
    start = here.start(server=server.address)
    assert await keep_session(Machine.of(start), server.address, welcome(server)) is False
    context = await open_context(start)
    assert context.user.username == "grace"
    await context.backend.close()
    assert not (here.folders.state / "state.json").exists()
    with pytest.raises(Unauthenticated):
        await open_context(here.start(server=server.address))


async def test_S1_an_id_that_cannot_be_remembered_leaves_no_secret_behind(here: Here, server: Served) -> None:
    here.folders.state.touch()
    keeper = Keeper("keyring", here.home / "ids.json")
    with pytest.raises(Failure, match="state"):
        await keep_session(Machine.of(here.start(keeper=keeper)), server.address, welcome(server))
    assert here.session.kept(ServerName.of(server.address).service) == set()


async def test_I3_a_home_signed_in_as_somebody_is_its_owners_again_once_that_session_ends(here: Here) -> None:
    async with here.opened() as context:
        owner = context.user.username
        await activate(context, context.workspace)
    machine = Machine.of(here.start())
    came = await _somebody(here)
    await keep_session(machine, EMBEDDED, came)
    async with here.opened() as context:
        assert context.user.username == "linus"
        assert await sign_out(context) is True
    assert here.active == owner
    assert len(here.kept) == 1
    async with here.opened() as context:
        assert context.user.username == owner
    await keep_session(machine, EMBEDDED, await _somebody(here, "ada"))
    async with here.opened() as context:
        assert context.user.username == "ada"
        await context.backend.sessions.end(context.credential.id)
    async with here.opened() as context:
        assert context.user.username == owner


async def _somebody(here: Here, username: str = "linus") -> Welcome:
    """Somebody with an account on the embedded service, and a session."""
    with closing(Store.open(f"sqlite:///{here.folders.data / FILE_NAME}")) as store:
        ask = SignUpAsk(username=username, device=DeviceAsk("desk", "linux", "app 1.0"))
        return accounts.sign_up(store, NOBODY, ask, open_sign_up=True)
