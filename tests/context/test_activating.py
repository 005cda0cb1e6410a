"""Activating a workspace: profile, token, secret, and what is left when something fails half-way (P2, P4, P5)."""

import asyncio
import json
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.app.house import ME, credential
from tests.app.line import served
from tests.context.machines import Here, token_ids
from tests.profiles.official import Official
from tests.secret_stores.secret_service import Session
from tui.backend.addresses import EMBEDDED
from tui.context.activating import activate, plan
from tui.context.keeper import Keeper
from tui.context.machine import Machine
from tui.context.opening import opened
from tui.context.start import Override, Start
from tui.domain.errors import Failure
from tui.domain.programs import Program
from tui.domain.users import CredentialKind
from tui.folders import Folders
from tui.profiles.file import ConfigUnavailable, ProfileFile
from tui.profiles.profile import Profile
from tui.secret_stores.memory import MemoryStore
from tui.secret_stores.store import NotKept, SecretName

LONGEST = 6.0
"""Seconds that an activation may take beside a keyring that does not answer."""


async def test_P4_a_first_activation_makes_profile_and_token_and_keeps_its_secret(here: Here) -> None:
    async with here.opened() as context:
        acme = await context.backend.workspaces.create("acme")
        planned = await plan(context, acme)
        assert (planned.is_new, planned.makes_token, planned.profile.name) == (True, True, "acme")
        activated = await activate(context, acme)
        (token_id,) = await token_ids(context, acme.id)
        assert not (await plan(context, acme)).makes_something
    profile = here.profiles["acme"]
    assert activated.profile == profile
    assert profile == Profile("acme", EMBEDDED, acme.id, token_id, active=True)
    assert here.kept == {here.session.lookup(here.service, token_id)}
    assert "as-" not in here.config.read_text()
    credential = f"{token_id}.{here.session.lookup(here.service, token_id)}"
    async with here.opened(credential=credential) as context:
        assert (context.credential.kind, context.workspace.id) == (CredentialKind.TOKEN, acme.id)


async def test_P4_activating_again_makes_nothing_new(here: Here) -> None:
    async with here.opened() as context:
        acme = await context.backend.workspaces.create("acme")
        for _ in range(2):
            await activate(context, acme)
        assert len(await token_ids(context, acme.id)) == 1
    assert len(here.kept) == 1


async def test_P4_a_name_that_another_servers_profile_has_gets_a_number(here: Here) -> None:
    ProfileFile(here.config).bind(Profile("acme", "https://ws.example.com", "ac-other", "ak-other"))
    async with here.opened(server=EMBEDDED) as context:
        await activate(context, await context.backend.workspaces.create("acme"))
    assert here.profiles["acme"].server_url == "https://ws.example.com"
    assert here.profiles["acme-2"].active


async def test_P2_the_official_command_sees_what_is_activated(here: Here, official: Official) -> None:
    async with here.opened() as context:
        for name in ("acme", "labs"):
            await activate(context, await context.backend.workspaces.create(name))
            assert official.run(here.config, "current") == f"{name}\n"
        official.run(here.config, "activate", "acme")
    listed = {row["name"]: row["active"] for row in json.loads(official.run(here.config, "list", "--json"))}
    assert [name for name, active in listed.items() if active] == ["acme"]
    async with here.opened() as context:
        assert context.workspace.name == "acme"


async def test_P2_modal_profile_decides_in_its_process_alone(here: Here) -> None:
    async with here.opened() as context:
        for name in ("labs", "acme"):
            await activate(context, await context.backend.workspaces.create(name))
    async with here.opened(override=Override("labs", "MODAL_PROFILE")) as context:
        assert (context.workspace.name, context.title) == ("labs", "labs (MODAL_PROFILE)")
        noted = (await activate(context, await context.backend.workspaces.create("forge"))).note
        assert noted == "Here MODAL_PROFILE still says labs."
        again = await activate(context, context.workspace)
        assert (context.at(again.workspace).title, again.note) == ("labs (MODAL_PROFILE)", "")
    async with here.opened() as context:
        assert (context.workspace.name, context.title) == ("labs", "labs")


async def test_P2_a_profile_that_is_named_must_be_there(here: Here) -> None:
    with pytest.raises(Failure, match="MODAL_PROFILE names"):
        async with here.opened(override=Override("nobody", "MODAL_PROFILE")):
            pass


@pytest.mark.parametrize(
    ("happen", "says"),
    [
        (Session.lock_keyring, "The keyring is locked."),
        (Session.freeze_keyring, "The keyring does not answer."),
        (Session.freeze_bus, "The keyring does not answer."),
        (Session.kill_keyring, "No keyring is running in this D-Bus session."),
        (Session.kill_bus, "is gone, and the keyring with it."),
    ],
)
async def test_P4_where_no_secret_can_be_kept_no_token_is_made(
    happen: Callable[[Session], None], says: str, here: Here
) -> None:
    async with here.opened() as context:
        acme = await context.backend.workspaces.create("acme")
        happen(here.session)
        started = time.monotonic()
        planned = await plan(context, acme)
        await activate(context, acme)
        assert time.monotonic() - started < LONGEST
        assert (planned.is_new, planned.makes_token) == (True, False)
        assert says in planned.without
        assert await token_ids(context, acme.id) == []
    assert here.active == "acme"
    assert here.profiles["acme"].token_id is None


async def test_P4_secrets_that_end_with_the_run_make_no_token(here: Here) -> None:
    here.secrets = "memory"
    async with here.opened() as context:
        acme = await context.backend.workspaces.create("acme")
        await activate(context, acme)
        assert await token_ids(context, acme.id) == []
    here.secrets = "keyring"
    async with here.opened() as context:
        assert (await plan(context, acme)).makes_token
        await activate(context, acme)
        assert here.profiles["acme"].token_id in await token_ids(context, acme.id)


@pytest.mark.usefixtures("other_keyrings")
async def test_P4_a_token_whose_secret_was_not_kept_is_deleted_again(here: Here) -> None:
    here.secrets = "misbehaving.Telling"
    async with here.opened() as context:
        acme = await context.backend.workspaces.create("acme")
        activated = await activate(context, acme)
        assert "has no token. The keyring failed (RuntimeError)." in activated.note
        assert await token_ids(context, acme.id) == []
    assert here.active == "acme"
    assert here.kept == set()


class Forgetful(MemoryStore):
    """A store that says it keeps secrets, and does not give them back."""

    lasts = True

    def get(self, name: SecretName) -> str | None:
        return None


async def test_P4_a_secret_that_does_not_come_back_was_not_kept(here: Here) -> None:
    keeper = Keeper()
    keeper._store = Forgetful()
    async with here.opened(keeper=keeper) as context:
        acme = await context.backend.workspaces.create("acme")
        assert "does not give back" in (await activate(context, acme)).note
        assert await token_ids(context, acme.id) == []
        with pytest.raises(NotKept):
            await context.secrets.keep("ak-0", "as-0")
        assert await context.secrets.held() == set()


class Cutting(MemoryStore):
    """A store that fails for a token, at the moment at which the line to the server is cut."""

    lasts = True

    def __init__(self, cut: Callable[[], None]) -> None:
        super().__init__()
        self._cut = cut

    def set(self, name: SecretName, secret: str) -> None:
        if not name.public_id.startswith("ak-"):
            return super().set(name, secret)
        self._cut()
        raise NotKept.failed("The keyring failed.")


async def test_P4_a_server_that_goes_away_once_the_token_is_made_leaves_no_secret(home: Path, tmp_path: Path) -> None:
    loop, keeper = asyncio.get_running_loop(), Keeper()
    async with served(home) as line:
        keeper._store = Cutting(lambda: asyncio.run_coroutine_threadsafe(line.cut(), loop).result())
        start = Start(Program.CLI, Folders.within(tmp_path / "here"), line.address, workspace="acme", keeper=keeper)
        session, _, secret = credential(home, ME).partition(".")
        await Machine.of(start).secrets_of(line.address).keep(session, secret)
        keeper.sessions[line.address] = session
        async with opened(start) as context:
            activated = await activate(context, context.workspace)
            assert "has no token. The keyring failed." in activated.note
            assert await context.secrets.held() == {session}
            assert activated.profile == Profile("acme", line.address, context.workspace.id, active=True)


async def test_P4_a_profile_that_cannot_be_written_takes_token_and_secret_along(here: Here) -> None:
    async with here.opened() as context:
        acme = await context.backend.workspaces.create("acme")
        before = here.config.read_text()
        lock = here.config.with_name("modal.toml.lock")
        lock.unlink()
        lock.mkdir()
        with pytest.raises(ConfigUnavailable):
            await activate(context, acme)
        assert await token_ids(context, acme.id) == []
    assert here.kept == set()
    assert here.config.read_text() == before


async def test_P4_two_processes_at_once_make_one_profile_with_one_token(here: Here) -> None:
    async with here.opened() as one, here.opened() as other:
        acme = await one.backend.workspaces.create("acme")
        first, second = await asyncio.gather(activate(one, acme), activate(other, acme))
        assert first.profile == second.profile
        assert await token_ids(one, acme.id) == [first.profile.token_id]
    assert [each for each in here.profiles if each.startswith("acme")] == ["acme"]
    assert here.kept == {here.session.lookup(here.service, first.profile.token_id or "")}


async def test_P4_by_a_token_no_further_one_is_made(here: Here) -> None:
    async with here.opened() as context:
        acme = await context.backend.workspaces.create("acme")
        await activate(context, acme)
    token_id = here.profiles["acme"].token_id
    credential = f"{token_id}.{here.session.lookup(here.service, str(token_id))}"
    here.config.unlink()
    async with here.opened(credential=credential) as context:
        assert (await plan(context, acme)).without == "A token cannot do this. Sign in and try again."
        await activate(context, acme)
        assert await token_ids(context, acme.id) == [token_id]
    assert here.profiles["acme"].token_id is None


OTHERS = '[mine]\ntoken_id = "ak-1"\nactive = true\n'


async def test_P5_a_first_start_adds_an_inactive_profile_beside_the_active_one(here: Here) -> None:
    here.config.write_text(OTHERS)
    async with here.opened() as context:
        own = context.workspace
    assert here.active == "mine"
    assert here.profiles[own.name] == Profile(own.name, EMBEDDED, own.id)
    async with here.opened() as context:
        assert context.workspace.id == own.id
    assert list(here.profiles) == ["mine", own.name]


async def test_P5_without_an_active_profile_the_first_one_is_active(here: Here) -> None:
    async with here.opened() as context:
        assert here.active == context.workspace.name


async def test_P5_only_the_first_start_adds_a_profile(here: Here) -> None:
    async with here.opened() as context:
        context.profiles.remove(context.workspace.name)
    async with here.opened():
        assert here.profiles == {}


async def test_P5_a_config_file_that_cannot_be_written_stops_no_first_start(here: Here, tmp_path: Path) -> None:
    (tmp_path / "modal.toml.lock").mkdir()
    async with here.opened() as context:
        assert context.workspace.name
    assert here.profiles == {}


async def test_P1_a_broken_config_file_is_told_with_its_place(here: Here) -> None:
    here.config.write_text("[acme\n")
    with pytest.raises(Failure, match="line 1, column 6"):
        async with here.opened():
            pass
    assert here.config.read_text() == "[acme\n"
