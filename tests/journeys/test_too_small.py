"""A terminal under 60x20: its size and what is needed, nothing else; with room again, all is as it was."""

import pytest

from tests.driver import User

WHERE = {
    "list": ([], "ada-fern"),
    "panel": (["enter"], "Latest activity"),
    "menu": (["m"], "Hand the workspace over"),
    "role": (["down", "down", "r"], "▸ User"),
    "dialog": (["down", "x"], "Stops"),
    "field": (["slash"], "Search members"),
}


@pytest.mark.parametrize("name", WHERE)
async def test_too_small_a_terminal_says_so_and_nothing_else(name: str, user: User) -> None:
    keys, seen = WHERE[name]
    await user.press(*keys)
    await user.sees(seen)
    await user.pilot.resize_terminal(59, 24)
    await user.until(lambda: user.page.split() == SAID.split(), "more than the size")
    await user.pilot.resize_terminal(80, 24)
    if name not in {"menu", "role"}:
        await user.sees(seen)
    await user.sees_no("too small")


SAID = "59x24 is too small. At least 60x20 is needed."
