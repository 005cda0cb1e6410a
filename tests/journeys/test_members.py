"""Members are administered from the keyboard alone, at 80x24, through the real service."""

from tests.driver import User


async def test_M1_a_role_is_changed(user: User) -> None:
    await user.press("down", "down", "r")
    await user.sees("▸ User", "now")
    await user.press("up", "enter")
    await user.sees("barbara-lake is now Manager.")
    await user.stands_on("barbara-lake")
    assert "Manager ▾" in user.cursor_line


async def test_M3_a_member_is_disabled_and_enabled(user: User) -> None:
    await user.press("down", "down", "d")
    await user.sees("Disable barbara-lake")
    await user.press("tab", "enter")
    await user.sees("barbara-lake is disabled.")
    assert "disabled" in user.cursor_line
    await user.sees("Disabled: 3.", "d Enable")
    await user.press("d")
    await user.sees("Enable barbara-lake")
    await user.press("tab", "enter")
    await user.sees("barbara-lake is enabled.", "Disabled: 2.")


async def test_M7_a_member_is_removed(user: User) -> None:
    await user.press("down", "down", "x")
    await user.sees("Remove barbara-lake")
    await user.press("tab", "enter")
    await user.sees("barbara-lake is no longer a member.", "of 136 members")
    await user.stands_on("dennis-rook")


async def test_a_dialog_starts_on_the_harmless_choice(user: User) -> None:
    await user.press("down", "down", "x")
    await user.sees("Remove barbara-lake")
    await user.press("enter")
    await user.sees("Row 3 of 137 members.")


async def test_M6_twenty_marked_members_are_changed_at_once_and_taken_back(user: User) -> None:
    await user.press("end", *["up"] * 19, "space", "end", "v")
    await user.sees("20 marked.")
    await user.press("r", "up", "enter")
    await user.sees("Change the role of 20 members", "20 members become Manager.", "Type acme")
    await user.types("acme")
    await user.press("enter", "enter")
    await user.sees("20 of 20")
    await user.press("escape")
    await user.sees("20 changed.")
    assert "marked" not in user.status
    await user.press("u")
    await user.sees("Take back")
    await user.press("tab", "enter")
    await user.press("escape")
    await user.sees("20 changed.")
    assert "User" in user.cursor_line


async def test_M6_a_refused_row_stays_marked(user: User) -> None:
    await user.press(*["down"] * 6, "space", "space", "d")
    await user.sees("frances-bell", "Nobody disables themself")
    await user.types("acme")
    await user.press("enter", "enter")
    await user.sees("Refused: 1.")
    await user.press("escape")
    await user.sees("1 changed. 1 refused, still marked.")
    await user.sees("1 marked.")


async def test_M6_what_is_so_already_is_told_apart_from_what_changes(user: User) -> None:
    await user.press(*["down"] * 3, "space", "space", "d")
    await user.sees("Disable 2 members", "dennis-rook is locked out of acme", "1: already so")
    await user.types("acme")
    await user.press("enter", "enter")
    await user.sees("1 of 1. Changed: 1.")
    await user.press("escape")
    await user.sees("1 changed.")
    assert "marked" not in user.status
    await user.press("up", "space", "down", "down", "space", "d")
    await user.sees("Disable 2 members: nothing would change", "1: Nobody disables themself", "1: already so")


async def test_undo_takes_the_last_change_back(user: User) -> None:
    await user.press("u")
    await user.sees("There is no change of role or status to take back.")
    await user.press("down", "down", "r", "up", "enter")
    await user.sees("barbara-lake is now Manager.")
    await user.press("u")
    await user.sees("Take back")
    await user.press("tab", "enter")
    await user.sees("barbara-lake is now User.")


async def test_M1_a_refused_act_says_why(user: User) -> None:
    await user.press(*["down"] * 7)
    await user.stands_on("grace-holm")
    await user.press("d")
    await user.sees("Nobody disables themself")
    await user.press("m")
    await user.sees("Nobody removes themself")
