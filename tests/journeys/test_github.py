"""Workspaces from GitHub, as one meets them in the app: joining, making one, the switch of auto-join (W4, W5, W6)."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.app.github_home import GithubHome, on_github
from tests.driver import User, at_keyboard

SIX = "6 workspaces, 2 to join."


@pytest.fixture
def place(home: Path) -> Iterator[GithubHome]:
    with on_github(home) as place:
        yield place


@pytest.fixture
async def grace(home: Path, place: GithubHome) -> AsyncIterator[User]:
    """On the workspaces, once GitHub has answered."""
    async with at_keyboard(home, workspace="tools", embedded=place.embedded) as user:
        await user.sees(SIX, "You can join")
        yield user


async def test_W5_what_can_be_joined_is_joined_after_a_dialog_that_starts_on_cancel(grace: User) -> None:
    await grace.press("end", "up", "enter")
    await grace.sees("Join compilers", "organization cobol", "ada-fern, alan-moss, barbara-lake")
    await grace.press("enter")
    await grace.sees_no("Join compilers")
    await grace.press("enter")
    await grace.sees("Join compilers")

    await grace.press("tab", "enter")

    await grace.sees("You are a User of compilers now.", "7 workspaces, 1 to join.")
    await grace.stands_on("compilers")
    assert "User" in grace.cursor_line


async def test_W5_the_selector_has_what_can_be_joined_last(grace: User) -> None:
    await grace.press("2", "w")
    await grace.sees("compilers", "join", "All workspaces")
    await grace.types("linkers")
    await grace.press("enter")
    await grace.sees("Join linkers")
    await grace.press("tab", "enter")
    await grace.sees("You are a User of linkers now.", "7 workspaces, 1 to join.")


async def test_W5_what_is_left_can_be_joined_again(grace: User) -> None:
    await grace.press("end", "enter", "tab", "enter")
    await grace.sees("7 workspaces, 1 to join.")
    await grace.stands_on("linkers")
    await grace.press("x")
    await grace.sees("Leave linkers")
    await grace.types("linkers")
    await grace.press("enter", "enter")
    await grace.sees("You have left linkers.", SIX)


async def test_M1_what_can_only_be_joined_says_so(grace: User) -> None:
    await grace.press("end", "x")
    await grace.sees("Leave: Join it first.")
    assert "Enter Join" in grace.keys
    await grace.press("m")
    await grace.sees("Join workspace")
    assert "Delete workspace" not in grace.page


async def test_W5_a_refusal_at_joining_is_said(grace: User, place: GithubHome) -> None:
    place.github.leaves(place.me, place.cobol)
    await grace.press("end", "enter", "tab", "enter")
    await grace.sees("GitHub does not list you")


async def test_W6_the_list_is_there_while_github_says_nothing(home: Path, place: GithubHome) -> None:
    place.github.trouble = "hang"
    async with at_keyboard(home, workspace="tools", embedded=place.embedded) as user:
        await user.sees("6 workspaces.")
        await user.until(lambda: bool(place.github.asked), "GitHub was never asked")
        await user.press("2")
        await user.sees("Row 1 of 1 member.")
        place.github.released.set()
        await user.press("1")
        await user.sees("GitHub does not say what you can join.")


async def test_W6_what_can_be_joined_comes_once_github_is_back(home: Path, place: GithubHome) -> None:
    place.github.trouble = "500"
    async with at_keyboard(home, workspace="tools", embedded=place.embedded) as user:
        await user.sees("6 workspaces.", "GitHub does not say what you can join.")
        place.github.trouble = ""
        await user.press("ctrl+r")
        await user.sees(SIX)


async def test_W6_a_search_is_about_my_own(grace: User) -> None:
    await grace.press("slash", "t", "o", "o", "enter")
    await grace.sees("1 workspace.")
    await grace.sees_no("You can join")
    await grace.press("escape")
    await grace.sees(SIX)


async def test_W4_a_workspace_is_made_from_an_organization(grace: User) -> None:
    await grace.press("n")
    await grace.sees("From scratch", "From GitHub")
    await grace.types("fortran")
    await grace.press("shift+tab", "right")
    await grace.sees("cobol ▾")
    await grace.press("tab", "enter")
    await grace.sees("fortran is made, and you are its Owner.", "7 workspaces, 2 to join.")
    await grace.stands_on("fortran")
    assert "GitHub cobol" in grace.cursor_line


async def test_W3_a_workspace_is_made_from_scratch(grace: User) -> None:
    await grace.press("n")
    await grace.types("fortran")
    await grace.press("enter")
    await grace.sees("fortran is made, and you are its Owner.")
    await grace.stands_on("fortran")
    assert "scratch" in grace.cursor_line


@pytest.mark.parametrize(
    ("trouble", "said"), [("500", "GitHub does not answer as it should"), ("401", "No GitHub account is linked")]
)
async def test_W4_why_no_organization_can_be_chosen_is_said(
    grace: User, place: GithubHome, trouble: str, said: str
) -> None:
    place.github.trouble = trouble
    await grace.press("n")
    await grace.types("fortran")
    await grace.press("shift+tab", "right")
    await grace.sees(said)
    await grace.press("tab", "enter", "escape")
    await grace.sees_no("New workspace")
    await grace.sees(SIX)


async def test_W5_auto_join_is_switched_in_the_settings(grace: User) -> None:
    await grace.press("6")
    await grace.sees("Members of cobol on GitHub can join", "Settings of tools.")
    await grace.press("down", "down", "down", "down", "enter")
    await grace.sees("Switch off auto-join of tools", "Nobody can join tools by themself", "Stays")
    await grace.press("tab", "enter")
    await grace.sees("Auto-join of tools is off.", "Nobody can join by themself; invites")
    await grace.press("enter", "tab", "enter")
    await grace.sees("Auto-join of tools is on.")


async def test_M1_settings_that_a_role_forbids_say_why(home: Path, place: GithubHome) -> None:
    async with at_keyboard(home, workspace="navy-research", embedded=place.embedded) as user:
        await user.sees(SIX)
        await user.press("6")
        await user.sees("Your role does not allow this.")
        await user.press("down", "down", "down", "down", "enter")
        await user.sees("Auto-join: Your role does not allow this.")


async def test_W5_other_workspaces_have_no_auto_join(home: Path, place: GithubHome) -> None:
    async with at_keyboard(home, workspace="acme", embedded=place.embedded) as user:
        await user.sees(SIX)
        await user.press("6", "down", "down", "down", "down")
        await user.sees("This workspace does not come from a GitHub organization.")


async def test_M8_handing_over_leads_to_the_members(grace: User) -> None:
    await grace.press("6")
    await grace.sees("Settings of tools.")
    await grace.press("down", "down", "down", "down", "down", "enter")
    await grace.sees("Row 1 of 1 member.", "Choose who becomes Owner: m on their row.")


async def test_W5_the_detail_of_a_workspace_says_its_organization_and_switch(grace: User) -> None:
    await grace.stands_on("tools")
    await grace.sees("GitHub    organization cobol, auto-join on")
    await grace.press("6")
    await grace.sees("Settings of tools.")
    await grace.press("down", "down", "down", "down", "enter", "tab", "enter")
    await grace.sees("Nobody can join by themself")
    await grace.press("1")
    await grace.sees("GitHub    organization cobol, auto-join off")
    await grace.press("up")
    await grace.sees("Source    ")
    assert "auto-join" not in grace.page
