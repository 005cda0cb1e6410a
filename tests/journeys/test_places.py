"""Workspaces, sections, the selector, the palette and help."""

from pathlib import Path

from sqlalchemy import create_engine, update
from textual.widgets import Input

from tests.app.house import ME, call_somebody, credential
from tests.driver import User, at_keyboard
from tui.backend.embedded import FILE_NAME
from tui.server.storage import tables


async def test_W3_a_workspace_is_made_and_opened(user: User) -> None:
    await user.press("1", "n")
    await user.sees("New workspace")
    await user.types("compilers")
    await user.press("enter")
    await user.sees("compilers is made, and you are its Owner.", "6 workspaces")
    await user.stands_on("compilers")
    await user.press("enter")
    await user.sees("Activate compilers", "is made. Secrets are kept for this run only.")
    await user.press("enter")
    await user.sees("compilers ▾", "Row 1 of 1 member.")


async def test_W6_the_list_begins_at_the_active_workspace(home: Path) -> None:
    async with at_keyboard(home, workspace="navy-research") as user:
        await user.sees("5 workspaces.")
        await user.stands_on("navy-research")


async def test_W2_a_bad_name_is_refused_as_it_is_typed(user: User) -> None:
    await user.press("1", "n")
    await user.types("a--b")
    await user.sees("Only one hyphen at a time.")


async def test_W9_a_workspace_is_renamed_and_deleted(user: User) -> None:
    await user.press("1", "e")
    await user.sees("Rename acme")
    await user.press(*["backspace"] * 4)
    await user.types("zenith")
    await user.press("enter")
    await user.sees("acme is now called zenith.", " zenith ▾")
    await user.stands_on("zenith")
    await user.press("m")
    await user.sees("Delete workspace")
    await user.press("end", "enter")
    await user.sees("Type zenith")
    await user.types("zenith")
    await user.press("enter", "enter")
    await user.sees("zenith is deleted.", " grace-holm ▾", "4 workspaces")


async def test_W7_a_workspace_is_left(user: User) -> None:
    await user.press("1")
    await user.sees("5 workspaces")
    await user.press("end", "x")
    await user.sees("Leave navy-research", "Type navy-research")
    await user.types("navy-research")
    await user.press("enter", "enter")
    await user.sees("You have left navy-research.", "4 workspaces")


async def test_W6_a_workspace_where_one_is_disabled_cannot_be_opened(user: User) -> None:
    await user.press("1")
    await user.sees("5 workspaces")
    await user.press("end", "up", "enter")
    await user.sees("This membership is disabled.")
    assert " acme ▾" in user.lines[0]


async def test_M8_a_workspace_is_handed_over(user: User) -> None:
    await user.press("down", "m", "end", "up", "enter")
    await user.sees("alan-moss", "Cancel")
    await user.press("tab", "enter")
    await user.sees("alan-moss is now Owner, and you are Manager.", "Manager")
    await user.press("up", "r")
    await user.sees("Your role does not allow this.")


async def test_the_selector_leads_to_another_workspace_in_the_same_section(user: User) -> None:
    await user.press("w")
    await user.sees("All workspaces", "analytical-engine")
    await user.types("ana")
    await user.press("enter")
    await user.sees("Activate analytical-engine")
    await user.press("enter")
    await user.sees(" analytical-engine ▾", "Row 1 of 2 members.")


async def test_A1_the_log_of_a_workspace_and_one_entry_of_it(user: User) -> None:
    await user.press("5")
    await user.sees("Row 1 of 40 entries.", "changed the role of")
    await user.press("down", "enter")
    await user.sees("grace-holm changed the role of alan-moss", "role user > manager")
    await user.press("escape")
    await user.sees("Row 2 of 40 entries.")


async def test_A1_a_user_is_told_who_reads_the_log(home: Path) -> None:
    async with at_keyboard(home, workspace="navy-research") as user:
        await user.sees("5 workspaces")
        await user.press("5")
        await user.sees("Owners and Managers can read this.")


async def test_a_member_s_panel_has_every_field_act_and_the_latest_activity(user: User) -> None:
    await user.press("down", "down", "enter")
    await user.sees("barbara-lake@example.org", "Latest activity", "5 d ago")
    await user.press("r", "up", "enter")
    await user.sees("barbara-lake is now Manager.")
    await user.press("escape")
    await user.stands_on("barbara-lake")
    await user.sees("Manager ▾")


async def test_A1_a_member_s_panel_leads_to_the_whole_history(user: User) -> None:
    await user.press("down", "down", "enter")
    await user.sees("Latest activity")
    await user.press("enter")
    await user.sees("On whom barbara-lake", "Row 1 of 3 entries.")
    await user.press("escape")
    await user.sees("On whom all", "of 40 entries.")
    await user.press("escape")
    await user.sees("Latest activity")


async def test_the_key_of_a_section_leads_from_its_panel_to_its_list(user: User) -> None:
    await user.press("down", "down", "enter")
    await user.sees("Latest activity")
    await user.press("1")
    await user.sees("5 workspaces.")
    await user.press("2")
    await user.sees("Latest activity")
    await user.press("2")
    await user.sees("Row 3 of 137 members.")
    await user.stands_on("barbara-lake")


async def test_A1_a_history_is_shown_where_an_entry_is_still_open(user: User) -> None:
    await user.press("5", "enter")
    await user.sees("Request")
    await user.press("2", "down", "down", "enter")
    await user.sees("Latest activity")
    await user.press("enter")
    await user.sees("On whom barbara-lake", "Row 1 of 3 entries.")


async def test_M4_the_mark_of_oneself_stays_where_a_long_name_is_cut(home: Path) -> None:
    call_somebody(home, ME, " ".join(["Grace"] * 16))
    async with at_keyboard(home, workspace="acme") as user:
        await user.sees("5 workspaces.")
        await user.press("2", *["down"] * 7)
        await user.sees("Row 8 of 137 members.")
        assert "Grace Grace Gr… (you)  Owner" in user.cursor_line
        await user.press("enter")
        await user.sees("Latest activity", "Grace Grace Grace Grace (you)")


async def test_M1_the_role_opens_at_its_line_where_an_address_takes_two(home: Path) -> None:
    engine = create_engine(f"sqlite:///{home / 'data' / FILE_NAME}")
    with engine.begin() as connection:
        connection.execute(update(tables.users).values(email="barbara-lake@engineering.example.org"))
    engine.dispose()
    async with at_keyboard(home, workspace="acme") as user:
        await user.sees("5 workspaces.")
        await user.press("2", "down", "down", "enter")
        await user.sees("Latest activity")
        await user.press("r")
        await user.sees("▸ User")
        above = next(index for index, line in enumerate(user.lines) if line.strip().startswith("Role"))
        assert user.lines[above + 1].index("┌") == user.lines[above].index("User")


async def test_A1_a_user_is_told_why_there_is_no_history(home: Path) -> None:
    async with at_keyboard(home, workspace="navy-research") as user:
        await user.sees("5 workspaces")
        await user.press("2", "enter")
        await user.sees("Latest activity")
        await user.press("enter")
        await user.sees("Owners and Managers can read this.")
        assert "Latest activity" in user.page


async def test_A1_the_log_is_filtered_by_person_kind_and_time(user: User) -> None:
    await user.press("5")
    await user.sees("Row 1 of 40 entries.")
    await user.press("f")
    await user.sees("40 entries match")
    await user.types("ada-fern")
    await user.sees("14 entries match")
    await user.press("down", "down", "down", "space")
    await user.sees("7 entries match")
    await user.press("enter")
    await user.sees("Who ada-fern", "What Roles", "When all", "Row 1 of 7 entries.")
    await user.press("f")
    await user.sees("7 entries match")
    await user.press("down", "down", "end", "up", "up", "up", "space")
    await user.sees("0 entries match")
    await user.press("end", "space", "enter")
    await user.sees("When The last 30 days", "Row 1 of 7 entries.")
    await user.press("escape")
    await user.sees("Who all", "of 40 entries.")


async def test_A1_a_name_that_nobody_has_is_not_applied(user: User) -> None:
    await user.press("5", "f")
    await user.sees("40 entries match")
    await user.types("nobody")
    await user.press("enter")
    await user.sees("“nobody” is no member here.")
    await user.press("escape")
    await user.sees("Row 1 of 40 entries.")


async def test_the_palette_has_every_act_with_the_reason_of_a_refused_one(user: User) -> None:
    await user.press(*["down"] * 7, "colon")
    await user.types("disable")
    await user.sees("Disable or enable member", "Nobody disables themself", "Disable or enable token")
    await user.press("enter")
    await user.sees("Disable: Nobody disables themself")


async def test_the_palette_knows_what_else_people_call_an_act(user: User) -> None:
    await user.press("colon")
    await user.types("promote")
    await user.sees("Change role", "r  ada-fern")


async def test_nothing_blinks_in_the_palette_or_the_search_field(user: User) -> None:
    await user.press("colon")
    await user.sees("What would you like to do?")
    fields = [field for screen in user.app.screen_stack for field in screen.query(Input)]
    assert len(fields) == 2
    assert not any(field.cursor_blink for field in fields)


async def test_the_palette_ends_all_other_sessions(user: User, home: Path) -> None:
    credential(home, ME)
    await user.press("colon")
    await user.types("other sess")
    await user.sees("End all other sessions")
    await user.press("enter")
    await user.sees("End others", "Cancel")
    await user.press("tab", "enter")
    await user.sees("1 other session has ended.")


async def test_help_shows_the_keys_of_the_screen(user: User) -> None:
    await user.press("question_mark")
    await user.sees("Change role", "Space")
    await user.press("escape")
    await user.sees("Row 1 of 137 members.")


async def test_too_small_a_terminal_says_what_it_needs(user: User) -> None:
    await user.pilot.resize_terminal(59, 19)
    await user.sees("59x19", "60x20")
    assert "ada-fern" not in user.page
    await user.pilot.resize_terminal(80, 24)
    await user.sees("ada-fern")
