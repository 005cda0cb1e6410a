"""What this machine forgets with a workspace that one is no longer in (W7)."""

from contextlib import closing

import pytest

from tests.context.machines import Here, token_ids
from tests.server.people import seat, sign_up
from tui.backend.embedded import FILE_NAME
from tui.context.account import delete_account
from tui.context.activating import activate
from tui.context.context import Context
from tui.context.leaving import delete, forget_workspace, leave
from tui.context.token_secrets import renew
from tui.domain.errors import Refused
from tui.domain.roles import Role
from tui.domain.tokens import TokenAsk
from tui.domain.workspaces import Workspace
from tui.profiles.file import ProfileFile
from tui.profiles.profile import Profile
from tui.server.storage.engine import Store


def credential_of_another_owner(context: Context, workspace: Workspace) -> str:
    """A second Owner, put straight into the database."""
    with closing(Store.open(f"sqlite:///{context.folders.data / FILE_NAME}")) as store:
        other = sign_up(store)
        seat(store, workspace, other, Role.OWNER)
    return ".".join(other.caller.credential or ())


async def test_W7_leaving_takes_profile_and_secrets_along(here: Here) -> None:
    async with here.opened() as context:
        own = context.workspace
        acme = await context.backend.workspaces.create("acme")
        credential_of_another_owner(context, acme)
        await activate(context, acme)
        spare = await context.backend.tokens.create(acme.id, TokenAsk("spare", None))
        await context.secrets.keep(spare.token.id, str(spare.secret))
        labs = await context.backend.workspaces.create("labs")
        other = await context.backend.tokens.create(labs.id, TokenAsk("other", None))
        await context.secrets.keep(other.token.id, str(other.secret))
        await leave(context, acme)
        assert await context.secrets.held() == {other.token.id}
    assert "acme" not in here.profiles
    assert here.kept == {other.secret}
    assert here.active == own.name


async def test_W7_a_profile_for_the_personal_workspace_is_made_where_there_is_none(here: Here) -> None:
    async with here.opened() as context:
        own = context.workspace
        acme = await context.backend.workspaces.create("acme")
        await activate(context, acme)
        ProfileFile(here.config).remove(own.name)
        await delete(context, acme)
    assert list(here.profiles) == [own.name] == [here.active]


async def test_W7_another_active_profile_stays_active(here: Here) -> None:
    async with here.opened() as context:
        acme = await context.backend.workspaces.create("acme")
        await activate(context, acme)
        ProfileFile(here.config).bind(Profile("mine", "https://ws.example.com", "ac-1"), activate=True)
        await delete(context, acme)
    assert here.active == "mine"


async def test_U1_an_account_of_this_computer_that_ends_takes_profiles_and_secrets_along(here: Here) -> None:
    async with here.opened() as context:
        await activate(context, context.workspace)
        await delete_account(context, None)
    assert (here.profiles, here.kept) == ({}, set())


async def test_W7_refused_leaving_forgets_nothing(here: Here) -> None:
    async with here.opened() as context:
        acme = await context.backend.workspaces.create("acme")
        await activate(context, acme)
        with pytest.raises(Refused, match="active Owner"):
            await leave(context, acme)
    assert here.active == "acme"
    assert len(here.kept) == 1


async def test_W7_somebody_else_leaving_by_a_credential_of_theirs_takes_nothing_of_mine(here: Here) -> None:
    async with here.opened() as context:
        acme = await context.backend.workspaces.create("acme")
        credential = credential_of_another_owner(context, acme)
        await activate(context, acme)
    async with here.opened(credential=credential) as context:
        await leave(context, acme)
    assert here.active == "acme"
    assert len(here.kept) == 1


async def test_W7_a_secret_that_a_keyring_does_not_let_go_of_stops_nobody(here: Here) -> None:
    async with here.opened() as context:
        acme = await context.backend.workspaces.create("acme")
        await activate(context, acme)
        here.session.lock_keyring()
        await forget_workspace(context, acme.id)
    assert "acme" not in here.profiles


async def test_T3_a_rotated_secret_takes_the_place_of_the_dead_one(here: Here) -> None:
    async with here.opened() as context:
        acme = await context.backend.workspaces.create("acme")
        await activate(context, acme)
        (token_id,) = await token_ids(context, acme.id)
        assert await renew(context, token_id, "as-new")
    assert here.session.lookup(here.service, token_id) == "as-new"
