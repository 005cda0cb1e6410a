"""What every backend does to the caller's own account (U1)."""

import pytest

from tests.contracts.backend.conftest import Ground
from tests.contracts.backend.test_backend import DEVICE, refused
from tui.domain.acts import ActId
from tui.domain.errors import Conflict, NotOffered, Unauthenticated
from tui.domain.queries import ListQuery, Place
from tui.domain.users import User, UserPatch


async def test_U1_names_are_changed_against_the_version_seen(ground: Ground) -> None:
    account = ground.backend.account
    me = (await account.me()).user

    changed = await account.set(UserPatch(username="hopper", display_name="Grace Hopper"), me.version)

    assert (changed.username, changed.display_name) == ("hopper", "Grace Hopper")
    assert (await account.me()).user == changed
    with pytest.raises(Conflict) as conflict:
        await account.set(UserPatch(display_name="G."), me.version)
    assert conflict.value.now == changed
    assert isinstance(conflict.value.now, User)
    with refused("username_taken"):
        await account.set(UserPatch(username="ada"), None)
    [entry] = (await ground.backend.activity.mine(ListQuery(filters={"action": ("account.set",)}), Place())).items
    assert entry.after == {"username": "hopper", "display_name": "Grace Hopper"}


async def test_U1_S5_an_address_without_mail_is_not_proved(ground: Ground) -> None:
    user = await ground.backend.account.set_email("grace@example.org")

    assert (user.email, user.email_proved) == ("grace@example.org", False)
    with refused("email_invalid"):
        await ground.backend.account.set_email("nobody")


async def test_U1_what_the_server_does_without_is_not_asked_for(ground: Ground) -> None:
    account = ground.backend.account
    assert {ActId.ACCOUNT_CONFIRM_EMAIL, ActId.ACCOUNT_LINK_GITHUB} <= set(ground.backend.capabilities.unavailable)

    with pytest.raises(NotOffered):
        await account.confirm_email("BCDF-GHJK")
    with pytest.raises(NotOffered):
        await account.link_github(DEVICE)


async def test_U1_W8_an_account_is_deleted_unless_a_workspace_needs_it(ground: Ground) -> None:
    account = ground.backend.account

    with refused("last_owner") as needed:
        await account.delete(None)
    assert needed.value.workspaces == ("acme",)
    await ground.backend.workspaces.delete(ground.acme, None)

    await account.delete(None)

    with pytest.raises(Unauthenticated):
        await account.me()
