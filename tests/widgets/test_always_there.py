"""Header, filter bar, counts and keys: what they say, what is cut when there is little room, and the mouse."""

import pytest
from textual import on
from textual.events import MouseScrollDown

from tests.widgets.stage import Stage, shown
from tui.domain.roles import Role
from tui.widgets.filter_bar import FilterBar
from tui.widgets.header import Header, HeaderFacts, SectionTab
from tui.widgets.keys_row import KeyHint, KeysRow
from tui.widgets.state import State, StateText
from tui.widgets.status_row import StatusRow

FACTS = HeaderFacts("acme", Role.OWNER, "admin.example.org", "online", "2 s ago", "ok", "Secret Service")
TITLES = ("Workspaces", "Members", "Invites", "Tokens", "Activity", "Settings", "Account")
TABS = [SectionTab(number, title) for number, title in enumerate(TITLES, 1)]


class Told(Stage):
    """Keeps what the widgets post."""

    def __init__(self, *shown: Header | FilterBar | StatusRow | KeysRow | State) -> None:
        super().__init__(*shown)
        self.said: list[object] = []

    @on(Header.SectionChosen)
    def _section(self, event: Header.SectionChosen) -> None:
        self.said.append(event.number)

    @on(KeysRow.Pressed)
    def _key(self, event: KeysRow.Pressed) -> None:
        self.said.append(event.key)

    @on(FilterBar.Searched)
    def _searched(self, event: FilterBar.Searched) -> None:
        self.said.append(event.text)

    @on(Header.WorkspaceClicked)
    @on(FilterBar.Left)
    @on(FilterBar.FilterClicked)
    @on(FilterBar.SortClicked)
    def _clicked(self, event: object) -> None:
        self.said.append(type(event))


async def header_at(width: int, facts: HeaderFacts) -> list[str]:
    header = Header()
    async with Told(header).run_test(size=(width, 20)) as pilot:
        header.show(facts)
        header.show_sections(TABS, 2)
        await pilot.pause()
        return shown(pilot.app)[:3]


async def test_at_80_columns_everything_is_said() -> None:
    first, second, third = await header_at(80, FACTS)
    assert first.split() == "acme ▾ Owner admin.example.org ● online 2 s ago secrets Secret Service".split()
    assert second == " 1 Workspaces  2 Members  3 Invites  4 Tokens  5 Activity  6 Settings  7 Account"
    assert third.count("━") == len("2 Members")
    assert third.index("━") == second.index("2 Members")


@pytest.mark.parametrize(
    ("width", "said"),
    [
        (74, "acme ▾ Owner admin.example.org ● online secrets Secret Service"),
        (60, "acme ▾ Owner admin.example.org ● online"),
        (40, "acme ▾ Owner admin ● online"),
        (28, "acme ▾ Owner ● online"),
    ],
)
async def test_what_is_cut_first_is_the_age_then_secrets_then_the_domain_and_never_the_role(
    width: int, said: str
) -> None:
    first, second, _ = await header_at(width, FACTS)
    assert first.split() == said.split()
    assert "2 Members" in second


@pytest.mark.parametrize(
    ("width", "said"),
    [
        (100, "acme ▾ Owner admin.example.org ● away since 12:03: showing what was there"),
        (72, "acme ▾ Owner admin.example.org ● away since 12:03"),
        (36, "acme ▾ Owner admin ● away"),
    ],
)
async def test_since_when_a_server_is_away_is_cut_after_what_is_shown_meanwhile(width: int, said: str) -> None:
    away = FACTS._replace(connection="away", since="since 12:03", shown=": showing what was there")
    first, _, _ = await header_at(width, away)
    assert first.split() == said.split()


async def test_long_and_hostile_names_leave_the_role() -> None:
    facts = FACTS._replace(workspace="a" * 64, server="x\x1b[2J.example.org")
    first, _, _ = await header_at(80, facts)
    assert "Owner" in first
    assert "…" in first
    assert "online" in first
    assert "\x1b" not in "".join(await header_at(120, facts))


async def test_an_address_of_numbers_is_cut_as_a_whole() -> None:
    first, _, _ = await header_at(38, FACTS._replace(server="127.0.0.1:8000"))
    assert first.split() == "acme ▾ Owner ● online".split()


async def test_the_selector_and_the_sections_can_be_clicked() -> None:
    header = Header()
    app = Told(header)
    async with app.run_test(size=(80, 24)) as pilot:
        header.show(FACTS)
        header.show_sections(TABS, 2)
        await pilot.pause()
        for x, y in ((3, 0), (50, 0), (3, 1), (40, 1), (41, 2)):
            await pilot.click(offset=(x, y))
        await pilot.pause()
        assert app.said == [Header.WorkspaceClicked, 1, 4, 4]


async def test_what_is_typed_is_searched_for_once_one_pauses_or_leaves() -> None:
    bar = FilterBar("members")
    app = Told(bar)
    async with app.run_test(size=(80, 24)) as pilot:
        bar.focus_search()
        await pilot.press("a", "d", "a", "enter")
        await pilot.pause()
        assert app.said == ["ada", FilterBar.Left]
        await pilot.press("backspace", "down")
        await pilot.pause()
        assert app.said[2:] == ["ad", FilterBar.Left]
        await pilot.press("x")
        while len(app.said) < 5:
            await pilot.pause()
        assert app.said[4:] == ["adx"]
        bar.clear_search()
        await pilot.press("enter")
        await pilot.pause()
        assert app.said[5:] == [FilterBar.Left]


async def test_filters_and_sort_are_shown_and_can_be_clicked() -> None:
    bar = FilterBar("members")
    app = Told(bar)
    async with app.run_test(size=(80, 24)) as pilot:
        bar.show([("Role", "Owner"), ("Status", "all")], "Username", descending=True)
        await pilot.pause()
        line = shown(app)[0]
        assert line.rstrip().endswith("Role Owner   Status all   Sort Username ↓")
        assert bar.sort_region.x == line.index("Sort")
        await pilot.click(offset=(line.index("Role"), 0))
        await pilot.click(offset=(line.index("Sort"), 0))
        await pilot.pause()
        assert app.said == [FilterBar.FilterClicked, FilterBar.SortClicked]


async def test_in_a_narrow_filter_bar_the_sort_stays_longest() -> None:
    bar = FilterBar("members")
    app = Told(bar)
    async with app.run_test(size=(60, 20)) as pilot:
        bar.show([("Role", "Owner, Manager"), ("Status", "all")], "Username", descending=False)
        await pilot.pause()
        line = shown(app)[0]
        assert "Search members" in line
        assert line.rstrip().endswith("Role Owner, Manager   Sort Username ↑")


async def test_a_message_is_whole_before_the_counts() -> None:
    row = StatusRow()
    app = Told(row)
    async with app.run_test(size=(80, 24)) as pilot:
        row.counts(["Row 3 of 132 members.", "Disabled: 4.", ""])
        await pilot.pause()
        assert shown(app)[1].strip() == "Row 3 of 132 members.   Disabled: 4."
        row.say("Ada Fern is now a Manager.\x1b[2J", "ok")
        await pilot.pause()
        assert shown(app)[1].split("   ")[-1].strip() == "Ada Fern is now a Manager.␛[2J"
        row.say("A workspace needs an active Owner. Make somebody else Owner first.", "danger")
        await pilot.pause()
        assert shown(app)[1].strip() == "A workspace needs an active Owner. Make somebody else Owner first."


async def test_keys_that_do_not_fit_are_left_out_from_the_end() -> None:
    row = KeysRow()
    app = Told(row)
    async with app.run_test(size=(24, 20)) as pilot:
        row.show([KeyHint("Enter", "Open"), KeyHint("d", "Disable", enabled=False), KeyHint("x", "Remove")])
        await pilot.pause()
        assert shown(app)[0].strip() == "Enter Open  d Disable"


async def test_a_click_on_a_key_presses_it_and_the_wheel_leads_to_those_left_out() -> None:
    row = KeysRow()
    app = Told(row)
    async with app.run_test(size=(20, 5)) as pilot:
        row.show([KeyHint("r", "Role"), KeyHint("m", "More")], [KeyHint("?", "Help")])
        await pilot.pause()
        assert shown(app)[0].rstrip() == " r Role  m More"
        await pilot.click(row, offset=(1, 0))
        await pilot.click(row, offset=(7, 0))
        await pilot.click(row, offset=(9, 0))
        app.post_message(MouseScrollDown(None, 2, 0, 0, 0, 0, False, False, False))
        await pilot.pause()
        assert shown(app)[0].rstrip() == " m More  ? Help"
        await pilot.click(row, offset=(9, 0))
        assert app.said == ["r", "m", "?"]


async def test_a_state_is_one_sentence_and_one_key_a_third_down() -> None:
    state = State()
    app = Told(state)
    async with app.run_test(size=(80, 24)) as pilot:
        assert not state.display
        state.show(StateText("No member is called [b]zzz[/].", "Esc", "Clear search"))
        await pilot.pause()
        lines = [(y, line.strip()) for y, line in enumerate(shown(app)) if line.strip()]
        assert lines == [(8, "No member is called [b]zzz[/]."), (10, "Esc Clear search")]
        state.show(None)
        assert not state.display
