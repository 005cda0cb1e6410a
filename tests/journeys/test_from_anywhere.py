"""Acts that are about no row, from where another row is open: the palette has them everywhere."""

import pytest

from tests.driver import User


async def by_name(user: User, words: str) -> None:
    await user.press("ctrl+p")
    await user.types(words)
    await user.sees(f" {words.capitalize()}")
    await user.press("enter")


async def test_what_is_made_elsewhere_leaves_a_panel_as_it_is(user: User) -> None:
    await user.press("enter")
    await user.sees("Latest activity", "ada-fern@example.org")
    await by_name(user, "new workspace")
    await user.sees("From scratch")
    await user.types("labs-two")
    await user.press("enter")
    await user.sees("labs-two", "Latest activity", "ada-fern@example.org")


@pytest.mark.parametrize("section", ["1", "7"])
async def test_P1_where_there_is_nothing_to_import_it_says_so(section: str, user: User) -> None:
    await user.press(section)
    await by_name(user, "import the secrets")
    await user.sees("No profile of ours has its secret in the file.")
