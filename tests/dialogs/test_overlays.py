"""Overlays: what they answer, where they open, and what stays silent below."""

from time import process_time

import pytest
from textual import events
from textual.geometry import Region
from textual.widgets import OptionList

from tests.dialogs.host import OPEN, Host, answer_to, shown
from tests.dialogs.samples import COLUMNS, HOSTILE, ITEMS, ROLES, WORKSPACES
from tui.dialogs.choose_role import ChooseRole
from tui.dialogs.choose_workspace import ALL_WORKSPACES, ChooseWorkspace, WorkspaceChoice
from tui.dialogs.menu import Menu, MenuItem
from tui.dialogs.sort import Order, Sort
from tui.domain.roles import Role


@pytest.mark.parametrize(
    ("keys", "answer"),
    [
        (["enter"], "members.set_role"),
        (["r"], "members.set_role"),
        (["up", "enter"], "members.remove"),
        (["x"], "members.remove"),
        (["down", "down", "enter"], OPEN),
        (["down", "down", "enter", "down", "enter"], "members.remove"),
        (["q", "z", "tab", "escape"], None),
    ],
)
async def test_M1_a_refused_act_can_be_stood_on_and_not_chosen(keys: list[str], answer: object) -> None:
    assert await answer_to(Menu("barbara.lake", ITEMS, Region(1, 6, 78, 1)), *keys) == answer


async def test_M1_the_reason_is_read_where_it_is_refused() -> None:
    app = Host(Menu(HOSTILE, ITEMS, Region(1, 6, 78, 1)))
    async with app.run_test(size=(80, 24)):
        await app.shows("Hand over to them  Only an Owner hands a workspace over.")
        assert "[red]x[/]" in shown(app)


@pytest.mark.parametrize(
    ("keys", "answer"), [(["enter"], None), (["up", "enter"], Role.MANAGER), (["up", "up", "enter"], OPEN)]
)
async def test_M1_the_role_dropdown_starts_on_the_present_role(keys: list[str], answer: object) -> None:
    assert await answer_to(ChooseRole(ROLES, Region(40, 8, 12, 1)), *keys) == answer


@pytest.mark.parametrize(
    ("keys", "answer"),
    [(["enter"], Order("username", descending=True)), (["down", "enter"], Order("name")), (["escape"], None)],
)
async def test_M4_the_same_column_again_is_the_other_way(keys: list[str], answer: object) -> None:
    assert await answer_to(Sort(COLUMNS, Order("username")), *keys) == answer


async def test_an_overlay_opens_above_where_there_is_no_room_and_follows_a_resize() -> None:
    menu = Menu("barbara.lake", ITEMS, Region(1, 20, 78, 1))
    app = Host(menu)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.opened()
        assert menu.region.bottom == 20
        await pilot.resize_terminal(100, 40)
        await pilot.pause()
        assert menu.region.y == 21
        assert shown(app).splitlines()[-1].startswith(" Up Down Move")


async def test_a_click_chooses_and_a_click_beside_closes() -> None:
    app = Host(Menu("barbara.lake", ITEMS, Region(1, 6, 78, 1)))
    async with app.run_test(size=(80, 24)) as pilot:
        await app.opened()
        await pilot.click("Choices", offset=(4, 3))
        assert await app.answered() == "members.remove"
        assert isinstance(app.focused, OptionList)
    app = Host(Menu("barbara.lake", ITEMS, Region(1, 6, 78, 1)))
    async with app.run_test(size=(80, 24)) as pilot:
        await app.opened()
        await pilot.click("#below", offset=(5, 20))
        assert await app.answered() is None


async def test_a_terminal_that_loses_the_focus_closes_nothing() -> None:
    app = Host(Menu("barbara.lake", ITEMS))
    async with app.run_test(size=(80, 24)) as pilot:
        await app.opened()
        app.post_message(events.AppBlur())
        await pilot.pause()
        app.post_message(events.AppFocus())
        await pilot.pause()
        assert app.answer is OPEN
        await pilot.press("enter")
        assert await app.answered() == "members.set_role"


@pytest.mark.parametrize(
    ("keys", "answer"),
    [
        (["enter"], "ac-1"),
        (["down", "enter"], "ac-2"),
        (["l", "a", "b", "enter"], OPEN),
        ([*"a-en", "enter"], "ac-2"),
        ([*"NAVY", "enter"], "ac-5"),
        ([*"zz", "enter"], ALL_WORKSPACES),
        (["up", "enter"], ALL_WORKSPACES),
        (["r", "escape"], None),
    ],
)
async def test_W6_a_few_letters_find_a_workspace(keys: list[str], answer: object) -> None:
    assert await answer_to(ChooseWorkspace(WORKSPACES), *keys) == answer


async def test_letters_typed_ahead_reach_the_search() -> None:
    app = Host(ChooseWorkspace(WORKSPACES))
    async with app.run_test(size=(80, 24)) as pilot:
        while not app.screen.query(ChooseWorkspace):
            await pilot.pause(0)
        for letter in "navy":
            app.post_message(events.Key(letter, letter))
        await pilot.pause()
        await pilot.press("enter")
        assert await app.answered() == "ac-5"


async def searching(names: list[str], typed: str) -> float:
    """Processor seconds that finding the last of these workspaces takes."""
    app = Host(ChooseWorkspace([WorkspaceChoice(f"ac-{number}", name, "User") for number, name in enumerate(names)]))
    async with app.run_test(size=(80, 24)) as pilot:
        await app.opened()
        started = process_time()
        await pilot.press(*typed, "enter")
        assert await app.answered() == f"ac-{len(names) - 1}"
        return process_time() - started


async def test_names_made_to_be_slow_are_searched_like_others() -> None:
    plain = await searching([f"workspace-of-somebody-{number:04}" for number in range(5_000)], "workspac4999")
    slow = await searching(["a-" * 31 + f"{number:04}" for number in range(5_000)], "aaaaaaaa4999")
    assert slow / plain <= 5, (slow, plain)


async def test_M1_the_whole_reason_stands_in_the_last_row_where_the_plane_cuts_it_off() -> None:
    reason = "Nobody disables themself here. Ask another Owner or Manager of it, today."
    app = Host(Menu("barbara.lake", [MenuItem("a", "Send invite again"), MenuItem("b", "Disable", "d", reason)]))
    async with app.run_test(size=(80, 24)) as pilot:
        await app.opened()
        await pilot.press("down")
        await app.shows(reason)
        assert shown(app).splitlines()[-1].strip() == reason
        await pilot.press("up")
        await app.shows("Enter Choose")


async def test_W6_a_long_name_gives_way_to_the_reason_beside_it() -> None:
    app = Host(ChooseWorkspace([WorkspaceChoice("ac-1", "a" * 60, "", reason="you are disabled there")]))
    async with app.run_test(size=(60, 20)):
        await app.shows("…  you are disabled there")
