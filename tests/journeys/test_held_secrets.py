"""What this machine keeps of tokens: in a real Secret Service, from the keyboard."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.app.house import ME, somebody
from tests.driver import User, at_keyboard
from tests.journeys.test_tokens import id_of, opened, workspace_id
from tests.secret_stores.secret_service import Session
from tui.context.keeper import Keeper
from tui.context.secrets import INSTALLATION_FILE
from tui.folders import Folders


@pytest.fixture
async def keeping(home: Path, unlocked: Session) -> AsyncIterator[User]:
    """Grace, on her tokens, at a computer with a keyring."""
    async with at_keyboard(home, workspace="acme", keeper=Keeper("keyring")) as user:
        await opened(user, "Row 1 of 6 tokens.")
        yield user


async def make_kept(user: User, name: str) -> None:
    await user.press("n")
    await user.sees("New token for acme", "kept in Secret Service")
    await user.types(name)
    await user.press("enter")
    await user.sees(f"The secret of {name}", "Stored in Secret Service.")
    await user.press("escape")
    await user.sees(f"The token {name} is made.")


async def by_name(user: User, words: str) -> None:
    """An act from the palette."""
    await user.press("ctrl+p")
    await user.types(words)
    await user.sees("Forget left-over secrets")
    await user.press("enter")


def kept(home: Path, session: Session) -> set[str]:
    installation = (Folders.within(home).data / INSTALLATION_FILE).read_text()
    return session.kept(f"Workspaces embedded {installation}")


async def test_T4_what_is_kept_is_marked_renewed_and_forgotten_with_its_token(
    keeping: User, home: Path, unlocked: Session
) -> None:
    await make_kept(keeping, "deploy")
    await keeping.until(lambda: keeping.cursor_line.rstrip().endswith("yes"), "never saw that it is held here")
    [first] = kept(home, unlocked)
    await keeping.press("t", "tab", "enter")
    await keeping.sees("Stored in Secret Service, in place of the old one.")
    await keeping.press("escape")
    [second] = kept(home, unlocked)
    assert first != second
    await keeping.press("enter")
    await keeping.sees("on this machine")
    await keeping.press("x", "tab", "enter")
    await keeping.sees("of 6 tokens")
    assert not kept(home, unlocked)


async def test_T6_a_secret_is_stored_where_one_asks_for_it_afterwards(
    keeping: User, home: Path, unlocked: Session
) -> None:
    await keeping.press("n")
    await keeping.types("deploy")
    await keeping.press("tab", "tab", "enter", "down", "enter")
    await keeping.sees("only shown once")
    await keeping.press("tab", "tab", "enter")
    await keeping.sees("The secret of deploy", "Not stored on this machine.")
    await keeping.press("right", "right", "right", "enter")
    await keeping.sees("Stored in Secret Service.")
    assert len(kept(home, unlocked)) == 1


async def test_T6_a_keyring_that_locks_meanwhile_loses_no_secret(keeping: User, home: Path, unlocked: Session) -> None:
    await keeping.press("n")
    await keeping.sees("kept in Secret Service")
    await keeping.types("deploy")
    unlocked.lock_keyring()
    await keeping.press("enter")
    await keeping.sees("The secret of deploy", "Not stored on this machine.", "locked")


async def test_T4_what_the_server_no_longer_knows_is_named_and_forgotten(
    keeping: User, home: Path, unlocked: Session
) -> None:
    await make_kept(keeping, "deploy")
    token_id = await id_of(home, "deploy")
    acme = await workspace_id(home)
    async with somebody(home, ME) as grace:
        await grace.tokens.delete(acme, token_id, None)
    await keeping.press("ctrl+r")
    await keeping.sees("of 6 tokens", "not among your tokens", token_id, "Forget left-over secrets: m")
    await keeping.press("m")
    await keeping.sees("Forget left-over secrets")
    await keeping.press("end", "enter")
    await keeping.sees(f"This machine forgets the secret of {token_id}.", "Cancel")
    await keeping.press("tab", "enter")
    await keeping.sees(f"The secret of {token_id} is forgotten.")
    await keeping.sees_no("not among your tokens")
    assert not kept(home, unlocked)


async def test_T4_what_still_opens_something_is_not_forgotten(keeping: User, home: Path, unlocked: Session) -> None:
    await make_kept(keeping, "deploy")
    await keeping.press("m")
    await keeping.sees("No secret is left over on this machine.")
    await keeping.press("escape")
    await by_name(keeping, "forget left")
    await keeping.sees("Forget: No secret is left over on this machine.")
    await keeping.press("2")
    await by_name(keeping, "forget left")
    await keeping.sees("No secret is left over on this machine.")
    assert len(kept(home, unlocked)) == 1
