"""What others do meanwhile, servers that go away, keys typed ahead, names that mean harm."""

from pathlib import Path

from tests.app.house import ME, call_somebody, credential, somebody
from tests.app.line import served
from tests.driver import User, at_keyboard
from tui.backend.protocol import Backend
from tui.domain.queries import ListQuery, Place
from tui.domain.roles import Role


async def test_M5_a_member_changed_meanwhile_is_shown_not_overwritten(user: User, home: Path) -> None:
    await user.press("down", "down", "r")
    await user.sees("▸ User")
    async with somebody(home, "ada-fern") as ada:
        await _makes_manager(ada, "barbara-lake")
        await user.press("up", "up", "enter", "tab", "enter")
        await user.sees("barbara-lake was changed meanwhile", "ada-fern changed this just now", "Manager")
        await user.press("enter")
        await user.sees("Row 3 of 137 members.")
        assert "Manager ▾" in user.cursor_line


async def _makes_manager(backend: Backend, username: str) -> None:
    acme = (await backend.workspaces.list(ListQuery(q="acme"), Place())).items[0]
    member = (await backend.members.list(acme.id, ListQuery(q=username), Place())).items[0]
    await backend.members.set_role(acme.id, member.user_id, Role.MANAGER, member.version)


async def test_keys_typed_before_anything_is_there_are_not_lost(home: Path) -> None:
    async with at_keyboard(home, workspace="acme") as user:
        user.bursts("2", "down", "down", "r", "up", "enter", "down")
        await user.sees("barbara-lake is now Manager.")
        await user.stands_on("dennis-rook")


async def test_A2_what_others_change_comes_to_the_screen(user: User, home: Path) -> None:
    async with somebody(home, "ada-fern") as ada:
        await _makes_manager(ada, "barbara-lake")
    user.looks()
    await user.until(lambda: "Barbara Lake" in user.page and "Manager" in user.lines[8], "the new role")


async def test_M7_whoever_is_removed_while_their_panel_is_open_is_said_to_be_gone(user: User, home: Path) -> None:
    await user.press("down", "down", "enter")
    await user.sees("Latest activity")
    async with somebody(home, "ada-fern") as ada:
        acme = next(each for each in (await ada.workspaces.list(ListQuery(), Place())).items if each.name == "acme")
        (member,) = (await ada.members.list(acme.id, ListQuery(q="barbara"), Place())).items
        await ada.members.remove(acme.id, member.user_id, member.version)
    user.looks()
    await user.sees("barbara-lake is no longer a member here.", "removed barbara-lake")
    await user.press("escape")
    await user.sees("of 136 members.")


async def test_away_shows_what_was_there_and_comes_back(home: Path) -> None:
    async with (
        served(home) as line,
        at_keyboard(home, workspace="acme", server=line.address, credential=credential(home, ME)) as user,
    ):
        await user.sees("5 workspaces")
        await user.press("2")
        await user.sees("of 137 members", "online")
        await line.cut()
        await user.press("ctrl+r")
        await user.sees("away since 12:00: showing what was there", "ada-fern")
        await user.press("3")
        await user.sees("away since 12:00", "Try again")
        assert "showing what was there" not in user.page
        await user.press("2", "down", "down", "r", "up", "enter")
        await user.sees("Role barbara-lake: not done", "cannot be reached")
        await user.press("enter")
        await user.stands_on("barbara-lake")
        await line.mend()
        await user.press("ctrl+r")
        await user.sees("online")
        await user.sees_no("cannot be reached")
        assert "User ▾" in user.cursor_line


async def test_row_1_says_that_another_list_is_on_its_way(home: Path) -> None:
    async with (
        served(home) as line,
        at_keyboard(home, workspace="acme", server=line.address, credential=credential(home, ME)) as user,
    ):
        await user.sees("5 workspaces")
        await user.press("2")
        await user.sees("of 137 members", "online")
        line.hold()
        await user.press("o", "down", "enter")
        await user.sees("reading…", "Sort Name", "ada-fern")
        await user.press("slash")
        await user.types("reed")
        await user.sees("reading…", "ada-fern")
        line.release()
        await user.sees("online", "Row 1 of 1 member.")


async def test_what_could_not_be_read_comes_by_itself_once_the_server_is_back(home: Path) -> None:
    async with (
        served(home) as line,
        at_keyboard(home, workspace="acme", server=line.address, credential=credential(home, ME)) as user,
    ):
        await user.sees("5 workspaces")
        await line.cut()
        await user.press("2")
        await user.sees("away since 12:00", "Try again")
        await line.mend()
        user.looks()
        await user.sees("online", "Row 1 of 137 members.")


async def test_a_hostile_name_is_shown_harmless(home: Path) -> None:
    call_somebody(home, "alan-moss", "[red]x[/] \x1b]52;c;cHduZWQ=\x07 \u202edlog\u200b")
    async with at_keyboard(home, workspace="acme") as user:
        await user.sees("5 workspaces")
        await user.press("2")
        await user.sees("[red]x[/] ␛]52;")
        await user.press("down", "enter")
        await user.sees("Username", "[red]x[/] ␛]52;c;cHduZWQ=␇ �dlog�")
        assert "\x1b" not in user.page


async def test_keys_typed_while_a_list_is_read_are_for_that_list(home: Path) -> None:
    async with (
        served(home) as line,
        at_keyboard(home, workspace="acme", server=line.address, credential=credential(home, ME)) as user,
    ):
        await user.sees("5 workspaces.")
        line.hold()
        user.bursts("2", "down", "down", "r", "up")
        await user.sees("Reading members…")
        line.release()
        await user.sees("▸ Manager")
        await user.stands_on("barbara-lake")


async def test_esc_gives_up_what_was_typed_for_a_list_that_does_not_come(home: Path) -> None:
    async with (
        served(home) as line,
        at_keyboard(home, workspace="acme", server=line.address, credential=credential(home, ME)) as user,
    ):
        await user.sees("5 workspaces.")
        line.hold()
        user.bursts("2", "down", "down", "x")
        await user.sees("Reading members…")
        user.bursts("escape")
        await user.sees("acme", "5 workspaces.")
        user.bursts("2", "down", "ctrl+q")
        await user.until(lambda: user.app._exit, "still here")


async def test_S4_the_first_start_says_what_it_makes_before_it_does(tmp_path: Path) -> None:
    async with at_keyboard(tmp_path / "new") as user:
        await user.sees("Welcome", "Start here")
        assert not (tmp_path / "new").exists()
        await user.press("enter")
        await user.sees("1 workspace.", "Owner", "in use")


async def test_a_chosen_theme_is_remembered(home: Path) -> None:
    async with at_keyboard(home) as user:
        await user.sees("5 workspaces.")
        await user.press("colon")
        await user.types("light theme")
        await user.sees("Light theme")
        await user.press("down", "enter")
        await user.until(lambda: user.app.theme == "workspaces-light", "the light theme")
    async with at_keyboard(home) as user:
        assert user.app.theme == "workspaces-light"
