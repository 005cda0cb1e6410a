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
