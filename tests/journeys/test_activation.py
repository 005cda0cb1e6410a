"""Going to a workspace from the keyboard: what is made the first time, and what the first row says (P2, P4, W7)."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.app.house import somebody
from tests.driver import LARGE, User, at_keyboard
from tests.secret_stores.secret_service import Session
from tui.backend.addresses import EMBEDDED
from tui.context.keeper import Keeper
from tui.context.secrets import INSTALLATION_FILE
from tui.context.start import Override
from tui.domain.queries import ListQuery, Place
from tui.folders import Folders
from tui.profiles.file import ProfileFile
from tui.profiles.profile import Profile

LONGEST = 20.0
"""Seconds within which the app opens, activates and ends beside a keyring that does not answer."""


def profiles(home: Path) -> dict[str, Profile]:
    return {each.name: each for each in ProfileFile(Folders.within(home).settings / "modal.toml").list()}


def kept(home: Path, session: Session) -> set[str]:
    installation = (Folders.within(home).data / INSTALLATION_FILE).read_text()
    return session.kept(f"Workspaces embedded {installation}")


async def activates(user: User, name: str) -> None:
    await user.sees("5 workspaces.")
    await user.press("home")
    await user.stands_on(name)
    await user.press("enter")
    await user.sees(f"Activate {name}", "Profile", "Token")


async def test_P4_the_first_activation_says_what_it_makes_and_makes_it(home: Path, unlocked: Session) -> None:
    async with at_keyboard(home, workspace="grace-holm", keeper=Keeper("keyring")) as user:
        await user.sees("secrets Secret Service")
        await activates(user, "acme")
        await user.sees("It goes to Secret Service", "It uses acme then.")
        await user.press("escape")
        assert profiles(home) == {}
        await user.sees("none yet: activating makes one")
        await activates(user, "acme")
        await user.press("enter")
        await user.sees(" acme ▾", "acme is active.", "of 137 members")
        profile = profiles(home)["acme"]
        assert profile.active
        assert len(kept(home, unlocked)) == 1
        await user.press("1")
        await user.sees(f"acme: token {profile.token_id}, secret on this machine", "✓ in use, by modal too")
        await user.press("enter")
        await user.sees("acme is active.", "of 137 members")


async def test_P3_a_profile_that_cannot_be_used_is_shown_with_the_reason(home: Path) -> None:
    async with at_keyboard(home, LARGE, workspace="grace-holm") as user:
        await activates(user, "acme")
        await user.sees("None is made. Secrets are kept for this run only.", "cannot sign in by it")
        await user.press("enter")
        await user.sees("acme is active.")
        await user.press("1")
        await user.sees("acme: It has no token.", "PROFILE")


@pytest.fixture
def away(home: Path) -> None:
    """The active profile is of a server that is not there."""
    folders = Folders.within(home)
    folders.settings.mkdir(exist_ok=True)
    (folders.settings / "modal.toml").write_text(
        '[away]\nserver_url = "http://127.0.0.1:9"\ntoken_id = "ak-1"\ntoken_secret = "as-1"\nactive = true\n'
    )


@pytest.mark.usefixtures("away")
async def test_P3_where_the_active_profiles_server_is_away_the_app_opens_on_this_computer(home: Path) -> None:
    async with at_keyboard(home, LARGE) as user:
        await user.sees("127.0.0.1:9 cannot be reached.", "this computer", "navy-research")
    assert profiles(home)["away"].active


@pytest.mark.usefixtures("away")
async def test_P3_T6_a_credential_of_the_environment_goes_to_no_other_server(home: Path) -> None:
    async with at_keyboard(home, LARGE, credential=f"se-{'0' * 20}.ss-{'0' * 43}") as user:
        await user.sees("127.0.0.1:9 cannot be reached.")
        assert "navy-research" not in user.page


@pytest.mark.parametrize(
    ("happen", "words"),
    [
        (Session.lock_keyring, "secrets Secret Service: locked"),
        (Session.freeze_keyring, "secrets Secret Service: not answering"),
        (Session.kill_keyring, "secrets Secret Service: absent"),
    ],
)
async def test_T6_beside_a_keyring_in_trouble_the_app_goes_on_and_ends(
    happen: Callable[[Session], None], words: str, home: Path, unlocked: Session
) -> None:
    happen(unlocked)
    started = time.monotonic()
    async with at_keyboard(home, LARGE, workspace="grace-holm", keeper=Keeper("keyring")) as user:
        await user.sees(words)
        await activates(user, "acme")
        await user.sees("None is made.")
        await user.press("enter")
        await user.sees("acme is active.")
    assert time.monotonic() - started < LONGEST
    assert profiles(home)["acme"].token_id is None


async def test_T6_a_keyring_that_freezes_while_one_works_is_noticed(home: Path, unlocked: Session) -> None:
    async with at_keyboard(home, LARGE, workspace="grace-holm", keeper=Keeper("keyring")) as user:
        await user.sees("secrets Secret Service")
        unlocked.freeze_keyring()
        await activates(user, "acme")
        await user.press("enter")
        await user.sees("acme is active.", "Secret Service: not answering")
    unlocked.thaw_keyring()
    assert unlocked.kept("Workspaces embedded") == set()
    assert profiles(home)["acme"].token_id is None


async def test_P2_what_modal_profile_decides_is_said_in_the_first_row(home: Path) -> None:
    async with at_keyboard(home, workspace="grace-holm") as user:
        await activates(user, "acme")
        await user.press("enter")
        await user.sees(" acme ▾")
    async with at_keyboard(home, LARGE, override=Override("acme", "MODAL_PROFILE")) as user:
        await user.sees(" acme (MODAL_PROFILE) ▾")


async def test_W7_leaving_takes_the_profile_along(home: Path, unlocked: Session) -> None:
    async with at_keyboard(home, workspace="grace-holm", keeper=Keeper("keyring")) as user:
        await activates(user, "acme")
        await user.press("enter")
        await user.sees(" acme ▾")
        await user.press("1")
        await user.sees("secret on this machine")
        await user.press("x")
        await user.sees("Type acme")
        await user.types("acme")
        await user.press("enter", "enter")
        await user.sees("You have left acme.", " grace-holm ▾")
    assert kept(home, unlocked) == set()
    assert [(name, each.active) for name, each in profiles(home).items()] == [("grace-holm", True)]


async def test_W7_who_is_removed_meanwhile_is_told_and_stands_in_their_own_workspace(
    home: Path, unlocked: Session
) -> None:
    async with at_keyboard(home, workspace="grace-holm", keeper=Keeper("keyring")) as user:
        await activates(user, "acme")
        await user.press("enter")
        await user.sees("of 137 members")
        async with somebody(home, "ada-fern") as ada:
            acme = (await ada.workspaces.list(ListQuery(q="acme"), Place())).items[0]
            me = (await ada.members.list(acme.id, ListQuery(q="grace-holm"), Place())).items[0]
            await ada.members.remove(acme.id, me.user_id, None)
        user.looks()
        await user.sees("You are no longer in acme", " grace-holm ▾")
    assert "acme" not in profiles(home)
    assert kept(home, unlocked) == set()
    assert profiles(home)["grace-holm"] == Profile(
        "grace-holm", EMBEDDED, profiles(home)["grace-holm"].workspace_id, active=True
    )
