"""A profile whose token's secret this machine no longer has is mended by activating it (P3, P4)."""

from collections.abc import Callable

import pytest

from tests.context.machines import Here, token_ids
from tests.secret_stores.secret_service import Session
from tui.backend.addresses import EMBEDDED
from tui.context.activating import activate, plan
from tui.context.context import Context
from tui.context.usable import listed
from tui.domain.tokens import TokenAsk
from tui.domain.workspaces import Workspace
from tui.profiles.file import ConfigUnavailable, ProfileFile
from tui.profiles.profile import Profile


async def acme_without_its_secret(context: Context, here: Here) -> tuple[Workspace, str]:
    """A workspace that was activated once, and the id of its token, whose secret is gone."""
    acme = await context.backend.workspaces.create("acme")
    await activate(context, acme)
    token_id = str(here.profiles["acme"].token_id)
    assert await context.secrets.forget(token_id)
    return acme, token_id


async def test_P3_P4_activating_makes_a_new_token_in_place_of_the_lost_one(here: Here) -> None:
    async with here.opened() as context:
        acme, lost = await acme_without_its_secret(context, here)
        assert (await plan(context, acme)).makes_token
        activated = await activate(context, acme)
        assert activated.note == ""
        assert await token_ids(context, acme.id) == [activated.profile.token_id]
        assert [row.reason for row in await listed(context) if row.name == "acme"] == [""]
        assert not (await plan(context, acme)).makes_something
    assert activated.profile == here.profiles["acme"]
    assert activated.profile.token_id != lost
    assert here.kept == {here.session.lookup(here.service, str(activated.profile.token_id))}


async def test_P4_a_token_of_which_the_secret_may_be_elsewhere_goes_on_working(here: Here) -> None:
    async with here.opened() as context:
        acme = await context.backend.workspaces.create("acme")
        elsewhere = (await context.backend.tokens.create(acme.id, TokenAsk("acme on another machine", None))).token.id
        ProfileFile(here.config).bind(Profile("acme", EMBEDDED, acme.id, elsewhere))
        activated = await activate(context, acme)
        assert set(await token_ids(context, acme.id)) == {elsewhere, activated.profile.token_id}
    assert activated.profile.token_id != elsewhere


@pytest.mark.parametrize("happen", [Session.lock_keyring, Session.freeze_keyring, Session.kill_keyring])
async def test_P4_a_store_that_cannot_be_asked_has_lost_nothing(happen: Callable[[Session], None], here: Here) -> None:
    async with here.opened() as context:
        acme = await context.backend.workspaces.create("acme")
        await activate(context, acme)
        profile = here.profiles["acme"]
        happen(here.session)
        assert not (await plan(context, acme)).makes_something
        assert (await activate(context, acme)).profile == profile
        assert await token_ids(context, acme.id) == [profile.token_id]


async def test_P4_what_cannot_be_mended_is_as_it_was(here: Here) -> None:
    async with here.opened() as context:
        acme, lost = await acme_without_its_secret(context, here)
        before = here.config.read_text()
        lock = here.config.with_name("modal.toml.lock")
        lock.unlink()
        lock.mkdir()
        with pytest.raises(ConfigUnavailable):
            await activate(context, acme)
        assert await token_ids(context, acme.id) == [lost]
    assert (here.config.read_text(), here.kept) == (before, set())
