"""Tokens are made, renamed, stopped and deleted from the keyboard alone, at 80x24, through the real service."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.app.house import ME, credential, somebody
from tests.driver import User, at_keyboard
from tui.backend.embedded import open_embedded
from tui.domain.errors import Unauthenticated
from tui.domain.programs import Program
from tui.domain.queries import ListQuery, Place
from tui.domain.roles import Status
from tui.domain.tokens import Token, TokenAsk
from tui.folders import Folders

SECRET = re.compile(r"as-[\w-]{43}")
COVER = "••••••••"
STOPS = "Whatever uses it is refused at its next call."


@pytest.fixture
async def tokens(home: Path) -> AsyncIterator[User]:
    """Grace, Owner of acme, on her tokens."""
    async with at_keyboard(home, workspace="acme") as user:
        await opened(user, "Row 1 of 6 tokens.")
        yield user


async def opened(user: User, then: str) -> None:
    await user.sees("5 workspaces.")
    await user.press("4")
    await user.sees(then)


async def made(user: User, name: str) -> str:
    """The secret of a new token, shown; its dialog stays open."""
    await user.press("n")
    await user.sees("New token for acme")
    await user.types(name)
    await user.press("enter")
    await user.sees(f"The secret of {name}", COVER)
    assert not SECRET.search(user.page)
    return await shown(user)


async def shown(user: User) -> str:
    await user.press("right", "enter")
    await user.until(lambda: SECRET.search(user.page) is not None, "never saw a secret")
    found = SECRET.search(user.page)
    assert found
    return found[0]


async def id_of(home: Path, name: str) -> str:
    return (await token_of(home, name)).id


async def token_of(home: Path, name: str) -> Token:
    async with somebody(home, ME) as grace:
        acme = await workspace_id(home)
        page = await grace.tokens.list(acme, ListQuery(filters={"member": ("all",)}), Place())
        return next(token for token in page.items if token.name == name)


async def workspace_id(home: Path) -> str:
    async with somebody(home, ME) as grace:
        page = await grace.workspaces.list(ListQuery(), Place())
        return next(workspace.id for workspace in page.items if workspace.name == "acme")


async def works(home: Path, token_id: str, secret: str) -> bool:
    """Whether the service takes a token."""
    try:
        backend = await open_embedded(Folders.within(home).data, "", f"{token_id}.{secret}", Program.CLI)
    except Unauthenticated:
        return False
    try:
        await backend.account.me()
    except Unauthenticated:
        return False
    finally:
        await backend.close()
    return True


async def test_T1_a_token_is_made_and_its_secret_shown_once(tokens: User, home: Path) -> None:
    secret = await made(tokens, "deploy")
    await tokens.press("escape")
    await tokens.sees("The token deploy is made.", "of 7 tokens")
    await tokens.stands_on("deploy")
    assert secret not in tokens.page
    assert await works(home, await id_of(home, "deploy"), secret)
    await tokens.press("enter")
    await tokens.sees("Latest activity", "made the token")
    assert secret not in tokens.page


async def test_T1_closing_asks_again_while_nobody_has_the_secret(tokens: User) -> None:
    await tokens.press("n")
    await tokens.types("lost")
    await tokens.press("enter")
    await tokens.sees("The secret of lost")
    await tokens.press("escape")
    await tokens.sees("Nobody has the secret yet", "lose it for good.")
    await tokens.press("escape")
    await tokens.sees("The token lost is made.", "of 7 tokens")


async def test_T1_a_secret_is_copied_by_the_terminal(tokens: User) -> None:
    secret = await made(tokens, "deploy")
    await tokens.press("tab", "tab", "enter")
    await tokens.sees("The secret was sent to your terminal.")
    assert tokens.app.clipboard == secret
    await tokens.press("escape")
    await tokens.sees("The token deploy is made.")


async def test_T1_the_secret_fits_a_picture_on_demand(tokens: User) -> None:
    await made(tokens, "deploy")
    await tokens.press("right", "enter")
    await tokens.sees("█▀▀▀▀▀█")
    await tokens.press("escape")
    await tokens.sees("The secret of deploy")


async def test_T1_keys_typed_ahead_do_not_lose_a_secret(tokens: User) -> None:
    tokens.bursts("n", "c", "i", "enter", "q", "n", "x", "d")
    await tokens.sees("The secret of ci", COVER)
    await tokens.rests()
    assert COVER in tokens.page


async def test_T1_no_name_that_the_service_refuses_is_sent(tokens: User) -> None:
    await tokens.press("n")
    await tokens.sees("New token for acme")
    await tokens.types("x" * 101)
    await tokens.sees("A name has at most 100 characters")
    await tokens.press("enter")
    await tokens.sees("New token for acme")


async def test_T1_there_are_100_at_most(tokens: User, home: Path) -> None:
    acme = await workspace_id(home)
    async with somebody(home, ME) as grace:
        for number in range(94):
            await grace.tokens.create(acme, TokenAsk(f"number {number}", None))
    await tokens.press("n")
    await tokens.types("one more")
    await tokens.press("enter")
    await tokens.sees("New token for acme", "at most 100 tokens")


async def test_T3_a_token_is_renamed(tokens: User) -> None:
    await tokens.press("e")
    await tokens.sees("Rename spare", "Id and secret stay as they are.")
    await tokens.types(" Wheel")
    await tokens.press("enter")
    await tokens.sees("spare is now spare Wheel.")
    await tokens.stands_on("spare Wheel")


async def test_T3_a_token_is_disabled_and_that_taken_back(tokens: User) -> None:
    await tokens.press("d")
    await tokens.sees("Disable spare", STOPS)
    await tokens.press("enter")
    await tokens.press("d", "tab", "enter")
    await tokens.sees("spare is disabled.", "d Enable")
    assert "disabled" in tokens.cursor_line
    await tokens.press("u")
    await tokens.sees("Take back the last change of spare", "works again")
    await tokens.press("tab", "enter")
    await tokens.sees("spare is enabled.")


async def test_T3_rotating_gives_a_new_secret_and_kills_the_old_one(tokens: User, home: Path) -> None:
    old = await made(tokens, "deploy")
    await tokens.press("escape")
    await tokens.sees("The token deploy is made.")
    await tokens.press("t")
    await tokens.sees("Rotate deploy", "The old secret is dead at once")
    await tokens.press("tab", "enter")
    await tokens.sees("The secret of deploy", COVER)
    new = await shown(tokens)
    await tokens.press("escape")
    await tokens.sees("deploy has a new secret.")
    token_id = await id_of(home, "deploy")
    assert not await works(home, token_id, old)
    assert await works(home, token_id, new)


async def test_T3_deleting_says_when_it_was_last_used(tokens: User) -> None:
    await tokens.press("down", "x")
    await tokens.sees("Delete nightly backup", "Last used: 3 h ago.", STOPS, "This cannot be undone.")
    await tokens.press("enter")
    await tokens.sees("of 6 tokens")
    await tokens.press("x", "tab", "enter")
    await tokens.sees("nightly backup is deleted.", "of 5 tokens")


async def test_T3_what_was_deleted_in_its_panel_is_said_in_the_list(tokens: User) -> None:
    await tokens.press("enter")
    await tokens.sees("Esc Back")
    await tokens.press("x", "tab", "enter")
    await tokens.sees("is deleted.", "Row 1 of 5 tokens.")


async def test_T3_an_owner_manages_the_tokens_of_all(tokens: User) -> None:
    await everyone(tokens)
    await tokens.press("slash")
    await tokens.types("terraform")
    await tokens.press("enter")
    await tokens.sees("Row 1 of 1 token.")
    await tokens.press("d")
    await tokens.sees("The token terraform of ada-fern is disabled.", "Only an Owner or a Manager can")
    await tokens.press("tab", "enter")
    await tokens.sees("terraform is disabled.")
    await tokens.press("t")
    await tokens.sees("Rotate: ")
    assert "Rotate terraform" not in tokens.page


async def everyone(user: User) -> None:
    await user.press("f")
    await user.sees("Filter tokens", "6 tokens match")
    await user.press("down", "space")
    await user.sees("13 tokens match")
    await user.press("enter")
    await user.sees("of 13 tokens", "Member Everyone")


async def test_T3_what_another_disabled_a_user_cannot_enable(home: Path) -> None:
    acme = await workspace_id(home)
    token = await token_of(home, "load test")
    async with somebody(home, ME) as grace:
        await grace.tokens.set_status(acme, token.id, Status.DISABLED, token.version)
    async with at_keyboard(home, workspace="acme", credential=credential(home, "ken-ash")) as user:
        await user.sees("acme")
        await user.press("4")
        await user.sees("Row 1 of 1 token.", "load test")
        await user.press("d")
        await user.sees("Enable: ")
        await user.press("f")
        await user.sees("Filter tokens", "1 token match")
        assert "Everyone" not in user.page


async def test_T3_many_are_disabled_at_once_and_the_refused_stay_marked(tokens: User) -> None:
    await tokens.press("asterisk")
    await tokens.sees("6 marked.")
    await tokens.press("d")
    await tokens.sees("4 tokens are disabled", "Changes    4:", "1: already so", "Stops", "Type acme", "expired")
    await tokens.types("acme")
    await tokens.press("enter", "enter")
    await tokens.sees("5 of 5. Changed: 4. Refused: 1.", "This token has expired.")
    await tokens.press("escape")
    await tokens.sees("4 changed. 1 refused, still marked.", "1 marked.")


@pytest.mark.parametrize(
    ("keys", "name", "said"),
    [
        ("up up up", "old notebook", "Unused for 30 days"),
        ("up", "laptop", "Expiring within 7 days"),
        ("up up up up up", "staging trial", "Status Disabled"),
    ],
)
async def test_T4_tokens_are_found_by_what_they_are(keys: str, name: str, said: str, tokens: User) -> None:
    await tokens.press("f", "end", *keys.split(), "space")
    await tokens.sees("1 token match")
    await tokens.press("enter")
    await tokens.sees("Row 1 of 1 token.", said)
    await tokens.stands_on(name)
    await tokens.press("escape")
    await tokens.sees("of 6 tokens")


async def test_T4_of_two_times_one_is_chosen(tokens: User) -> None:
    await tokens.press("f", "end", "space", "up", "space")
    await tokens.sees("● 7 days", "○ 30 days")


async def test_M5_a_token_that_somebody_changed_meanwhile_is_shown(tokens: User, home: Path) -> None:
    token, acme = await token_of(home, "spare"), await workspace_id(home)
    async with somebody(home, "ada-fern") as ada:
        await ada.tokens.rename(acme, token.id, "spare two", token.version)
        await tokens.press("d", "tab", "enter")
        await tokens.sees("spare was changed meanwhile", "spare two", "Disable all the same")
    await tokens.press("tab", "enter")
    await tokens.sees("spare two is disabled.")


async def test_A1_a_token_has_its_history(tokens: User) -> None:
    await tokens.press("d", "tab", "enter")
    await tokens.sees("spare is disabled.")
    await tokens.press("enter")
    await tokens.sees("Latest activity", "disabled the token spare")


async def test_T1_ctrl_q_asks_before_a_secret_that_nobody_has_is_lost(tokens: User) -> None:
    await tokens.press("n")
    await tokens.sees("New token for acme")
    await tokens.types("deploy")
    await tokens.press("enter")
    await tokens.sees("The secret of deploy", COVER)
    await tokens.press("ctrl+q")
    await tokens.sees("Nobody has the secret yet", "once more to lose it for good.")
    await tokens.press("ctrl+q")
    await tokens.until(lambda: tokens.app._exit, "still here")
