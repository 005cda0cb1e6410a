"""The whole of it from the keyboard alone, at 80x24: three people, a server, a keyring, and no web page."""

import re
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

from textual.events import Paste

from tests.driver import User, at_keyboard
from tests.journeys.machines import SECRET, left_with, watched
from tests.profiles.official import Official
from tests.secret_stores.secret_service import Session
from tests.server.test_serve import Served, serving
from tui.context.keeper import Keeper

LINK = re.compile(r"http://\S+/i#ic-[\w-]{43}")


@asynccontextmanager
async def person(home: Path) -> AsyncGenerator[User]:
    """Somebody at a machine of their own, which has a keyring; what they see last is left behind."""
    async with at_keyboard(home, keeper=Keeper("keyring")) as user:
        yield user
        (home / "last.svg").write_text(user.app.export_screenshot())


def config(home: Path) -> Path:
    return home / "settings" / "modal.toml"


async def pastes(user: User, text: str) -> None:
    user.app.post_message(Paste(text))
    await user.pilot.pause()


async def signs_in(user: User, where: str, username: str, email: str = "") -> None:
    """From the first start to a new account."""
    await user.sees("Welcome")
    await user.press("tab", "tab", "enter")
    await user.sees("Sign in to a server")
    await pastes(user, where)
    await user.press("enter")
    await user.sees("New account on 127.0.0.1")
    await user.press(*["backspace"] * 32)
    await user.types(username)
    await user.press("tab", "tab")
    await user.types(email)
    await user.press("enter")


async def read_off(user: User, pattern: re.Pattern[str]) -> str:
    """What is shown once and fits a pattern, on one line or two."""

    def find() -> re.Match[str] | None:
        return pattern.search(re.sub(r"\n *", "", user.page))

    await user.until(lambda: find() is not None, f"never saw {pattern.pattern}")
    found = find()
    assert found
    return found[0]


async def founds(user: User, served: Served) -> None:
    """Ada makes the first account, and a workspace that she activates."""
    await signs_in(user, f"{served.address}/i#setup.{served.set_up_code}", "ada")
    await user.sees(" ada ▾", "1 workspace.")
    await user.press("n")
    await user.sees("New workspace")
    await user.types("lovelace-labs")
    await user.press("enter")
    await user.sees("lovelace-labs is made", "2 workspaces.")
    await user.stands_on("lovelace-labs")
    await user.press("enter")
    await user.sees("Activate lovelace-labs", "It goes to Secret Service")
    await user.press("enter")
    await user.sees(" lovelace-labs ▾", "Row 1 of 1 member.")


async def invites(user: User, email: str) -> tuple[str, str]:
    """A link for an address, and one for whoever has it."""
    await user.press("3")
    await user.sees("Nobody is invited at present.")
    await user.press("n")
    await user.sees("Invite to lovelace-labs")
    await user.types(email)
    await user.sees("1 of 1 get")
    await user.press("tab", "tab", "tab", "tab", "enter")
    await user.sees("1 invited")
    await user.press("tab", "enter")
    by_address = await read_off(user, LINK)
    await user.press("escape")
    await user.sees("Row 1 of 1 invite.")
    await user.press("n")
    await user.sees("Invite to lovelace-labs")
    await user.press("shift+tab", "right")
    await user.sees("Whoever has the link can join as User.")
    await user.press("tab", "tab", "tab", "tab", "tab", "tab", "enter")
    await user.sees("Invite link")
    await user.press("tab", "enter")
    by_link = await read_off(user, LINK)
    await user.press("escape")
    await user.sees("Row 1 of 2 invites.")
    return by_address, by_link


async def accepts(user: User, link: str) -> None:
    """Somebody who has an account joins by a link."""
    await user.press("m")
    await user.sees("Accept an invite")
    await user.press("down", "down", "enter")
    await user.sees("You see what it offers before you join.")
    await pastes(user, link)
    await user.press("enter")
    await user.sees("lovelace-labs", "Join")
    await user.press("enter")
    await user.sees("Activate lovelace-labs")
    await user.press("enter")
    await user.sees(" lovelace-labs ▾", "Row 1 of 3 members.")


async def makes_token(user: User) -> str:
    """The secret of a new token, stored."""
    await user.press("4", "n")
    await user.sees("New token for lovelace-labs", "kept in Secret Service")
    await user.types("deploy")
    await user.press("enter")
    await user.sees("The secret of deploy", "Stored in Secret Service.")
    await user.press("right", "enter")
    secret = await read_off(user, SECRET)
    await user.press("escape")
    await user.sees("The token deploy is made.")
    return secret


async def hands_over(user: User) -> None:
    """Barbara becomes Owner in place of Ada."""
    await user.press("2", "down", "m", "end", "up", "enter")
    await user.sees("barbara", "Cancel")
    await user.press("tab", "enter")
    await user.sees("barbara is now Owner, and you are Manager.")


async def leaves(user: User) -> None:
    """Ada gives up her seat."""
    await user.press("1", "end")
    await user.stands_on("lovelace-labs")
    await user.press("x")
    await user.types("lovelace-labs")
    await user.press("enter", "enter")
    await user.sees("You have left lovelace-labs.", " ada ▾")


async def test_from_an_empty_server_to_leaving_by_keyboard(
    tmp_path: Path, unlocked: Session, official: Official
) -> None:
    at_server, ada, barbara, cleo = (tmp_path / name for name in ("server", "ada", "barbara", "cleo"))
    at_server.mkdir()
    with watched() as watch, serving(at_server, "--open-signup", expect_link=True) as served:
        keyring = f"Workspaces {served.address.removeprefix('http://')}"
        async with person(ada) as user:
            await founds(user, served)
            assert official.run(config(ada), "current") == "lovelace-labs\n"
            by_address, by_link = await invites(user, "cleo@example.org")
        async with person(barbara) as user:
            await signs_in(user, by_link, "barbara")
            await user.sees(" lovelace-labs ▾   User", "2 workspaces.")
        async with person(cleo) as user:
            await signs_in(user, served.address, "cleo", "cleo@example.org")
            await user.sees(" cleo ▾", "1 workspace.")
            await accepts(user, by_address)
        async with person(ada) as user:
            await user.sees(" lovelace-labs ▾   Owner")
            await user.press("2", "down", "r")
            await user.sees("▸ User")
            await user.press("up", "enter")
            await user.sees("barbara is now Manager.")
        async with person(barbara) as user:
            await user.sees(" lovelace-labs ▾   Manager")
            await user.press("2", "end", "d")
            await user.sees("Disable cleo")
            await user.press("tab", "enter")
            await user.sees("cleo is disabled.")
        async with person(ada) as user:
            await user.sees("2 workspaces.")
            secret = await makes_token(user)
            assert secret in unlocked.kept(keyring)
            assert not list(left_with(secret, tmp_path))
            await user.press("1", "end")
            await user.stands_on("lovelace-labs")
            await user.press("x")
            await user.sees("A workspace needs an active Owner.")
            await hands_over(user)
            secrets = {*unlocked.kept(keyring), *SECRET.findall(f"{served.set_up_code} {by_address} {by_link}")}
            await leaves(user)
            assert official.run(config(ada), "current") == "ada\n"
            assert secret not in unlocked.kept(keyring)
        assert served.stop() == 0
    assert len(secrets) >= 8
    for each in secrets:
        assert not list(left_with(each, tmp_path))
        assert not [said for said in watch.seen if each.encode() in said]
    assert any(b"keyring_child" in said for said in watch.seen)
