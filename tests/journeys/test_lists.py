"""Search, filter, sort, marks, and the way back with Esc (M4)."""

from pathlib import Path

from tests.app.house import ME, credential
from tests.app.line import served
from tests.driver import User, at_keyboard


async def test_M4_a_search_narrows_as_one_types_and_esc_takes_it_back(user: User) -> None:
    await user.press("slash")
    await user.types("reed")
    await user.sees("Row 1 of 1 member.")
    await user.press("down")
    assert "Manager ▾" in user.cursor_line
    await user.press("escape")
    await user.sees("of 137 members")


async def test_M4_a_search_without_a_hit_says_so(user: User) -> None:
    await user.press("slash")
    await user.types("nobody-here")
    await user.press("enter")
    await user.sees("No members match the search and the filter.", "Esc Clear search")
    await user.press("escape")
    await user.sees("Row 1 of 137 members.")


async def test_M4_a_filter_says_how_many_match_before_it_is_applied(user: User) -> None:
    await user.press("f")
    await user.sees("Filter members", "137 members match")
    await user.press("space")
    await user.sees("2 members match")
    await user.press("enter")
    await user.sees("Role Owner", "Row 1 of 2 members.")


async def test_M4_the_same_column_again_sorts_the_other_way(user: User) -> None:
    await user.press("o", "enter")
    await user.sees("Username ↓", "Row 137 of 137")
    await user.press("o", "down", "enter")
    await user.sees("Name ↑", "Ada Fern")


async def test_esc_closes_overlay_then_marks_then_search_then_the_section(user: User) -> None:
    await user.press("slash")
    await user.types("zoe")
    await user.press("enter")
    await user.sees("Row 1 of 120 members.")
    await user.press("space", "r")
    await user.sees("Esc Close without a change")
    await user.press("escape")
    await user.sees_no("Close without a change")
    await user.sees("1 marked.")
    await user.press("escape")
    await user.sees_no("marked")
    await user.press("escape")
    await user.sees("of 137 members")
    await user.press("escape")
    await user.sees("5 workspaces")


async def test_marks_survive_sorting_and_reading_again(user: User) -> None:
    await user.press("space", "space", "o", "down", "enter")
    await user.sees("Sort Name ↑", "2 marked.")
    await user.press("ctrl+r")
    await user.sees("2 marked.")
    await user.press("slash")
    await user.types("z")
    await user.sees("of 120 members.")


async def test_all_that_match_are_marked(user: User) -> None:
    await user.press("asterisk")
    await user.sees("Row 1 of 137 members, 137 marked.")


async def test_the_last_row_of_the_whole_list_is_one_key_away(user: User) -> None:
    await user.press("G")
    await user.sees("Row 137 of 137 members.")
    await user.stands_on("zoe-119")
    await user.press("g")
    await user.stands_on("ada-fern")


async def test_letters_of_other_keyboards_stand_for_the_latin_ones_in_their_place(user: User) -> None:
    await user.press("о", "к")
    await user.sees("Esc Close without a change")


async def test_M4_keys_typed_ahead_of_a_search_are_for_what_it_finds(user: User) -> None:
    await user.press(*["down"] * 7)
    await user.stands_on("grace-holm")
    user.bursts("slash", *"reed", "enter", "d")
    await user.sees("Disable margit-reed")
    await user.press("escape", "escape")
    await user.sees("of 137 members.")
    user.bursts("slash", *"zoe", "enter", "down", "down", "r")
    await user.sees("▸ User")
    await user.stands_on("zoe-002")


async def test_M4_a_search_that_is_read_again_before_it_is_there_is_still_that_search(home: Path) -> None:
    async with (
        served(home) as line,
        at_keyboard(home, workspace="acme", server=line.address, credential=credential(home, ME)) as user,
    ):
        await user.sees("5 workspaces")
        await user.press("2")
        await user.sees("of 137 members")
        line.hold()
        await user.press("slash", *"reed", "enter", "ctrl+r", "ctrl+r")
        line.release()
        await user.sees("Row 1 of 1 member.", "margit-reed")
