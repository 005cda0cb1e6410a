"""All of it with arrows, Tab, Enter and Esc alone, and all of it with the mouse."""

from tests.driver import User
from tui.widgets.keys_row import KeysRow


async def goes_to(user: User, hint: str) -> None:
    """Along the last row to a key, and presses it."""
    row = user.top.query_one(KeysRow)
    while not row.has_focus:
        await user.press("tab")
    for _ in range(60):
        if row._reachable[row._current].key == hint:
            break
        await user.press("right")
    await user.press("enter")


async def clicks(user: User, text: str, ahead: int = 0) -> None:
    """On the first place of the screen where a text stands; on the last row where it stands there."""
    lines = list(enumerate(user.lines))
    y, line = next((y, line) for y, line in [*reversed(lines[-1:]), *lines] if text in line)
    await user.pilot.click(offset=(line.index(text) + ahead, y))


async def test_a_role_is_changed_with_arrows_and_enter_alone(user: User) -> None:
    await goes_to(user, "1")
    await user.sees("5 workspaces.")
    await goes_to(user, "2")
    await user.press("down", "down")
    await user.stands_on("barbara-lake")
    await goes_to(user, "m")
    await user.sees("Hand the workspace over")
    await user.press("enter")
    await user.sees("▸ User")
    await user.press("up", "enter")
    await user.sees("barbara-lake is now Manager.")
    await goes_to(user, "u")
    await user.sees("Take back")
    await user.press("tab", "enter")
    await user.sees("barbara-lake is now User.")


async def test_what_the_last_row_has_no_room_for_is_gone_to(user: User) -> None:
    await goes_to(user, "o")
    await user.sees("now; again: other way")
    await user.press("escape")
    await goes_to(user, "*")
    await user.sees("137 marked.")
    await goes_to(user, "?")
    await user.sees("Mark from the last mark to here")


async def test_esc_leads_from_the_last_row_to_the_rows(user: User) -> None:
    await user.press("tab")
    await user.until(lambda: user.top.query_one(KeysRow).has_focus, "the last row")
    await user.press("escape", "down")
    await user.sees("Row 2 of 137 members.")


async def test_a_refused_key_says_why_in_the_last_row_too(user: User) -> None:
    await user.press(*["down"] * 7)
    await user.stands_on("grace-holm")
    await goes_to(user, "d")
    await user.sees("Nobody disables themself")


async def test_a_panel_is_gone_through_with_arrows_and_enter_alone(user: User) -> None:
    await user.press("down", "down", "enter")
    await user.sees("Latest activity")
    await goes_to(user, "r")
    await user.sees("▸ User")
    await user.press("escape")
    await goes_to(user, "m")
    await user.sees("Hand the workspace over")
    await user.press("escape", "enter")
    await user.sees("On whom barbara-lake")


async def test_a_role_is_changed_with_the_mouse_alone(user: User) -> None:
    await clicks(user, "barbara-lake")
    await user.stands_on("barbara-lake")
    await clicks(user, "m More")
    await user.sees("Hand the workspace over")
    await clicks(user, "Change role")
    await user.sees("▸ User")
    await clicks(user, "│  Manager", 3)
    await user.sees("barbara-lake is now Manager.")
    await clicks(user, "? Help")
    await user.sees("This section")
    await clicks(user, "Esc Close")
    await user.sees("Row 3 of 137 members.")


async def test_the_keys_of_the_search_are_clicked(user: User) -> None:
    await user.press("slash")
    await user.types("reed")
    await user.sees("Row 1 of 1 member.")
    await clicks(user, "Enter To the rows")
    await user.sees("Enter Open")
    await clicks(user, "Enter Open")
    await user.sees("Latest activity")
