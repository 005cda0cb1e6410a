"""How columns share a width."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tui.lists.column import GAP, WIDE, WIDEST, Cell, Column, Placed, lay_out


def column(name: str, width: int, least: int = 0, weight: int = 0, from_width: int = 0) -> Column[str]:
    return Column(name, name.title(), lambda row, _: Cell(row), width, least, weight, from_width=from_width)


PLAIN = (
    column("username", 15, 8, 2),
    column("name", 19, 8, 1),
    column("email", 26, 10, 1, from_width=WIDE),
    column("role", 9),
    column("joined", 10, from_width=WIDEST),
)


def names(placed: list[Placed[str]]) -> list[str]:
    return [each.column.id for each in placed]


def test_wider_terminals_show_more_columns() -> None:
    assert names(lay_out(PLAIN, 75, 80)) == ["username", "name", "role"]
    assert names(lay_out(PLAIN, 95, WIDE)) == ["username", "name", "email", "role"]
    assert names(lay_out(PLAIN, 135, WIDEST)) == ["username", "name", "email", "role", "joined"]


def test_what_is_spare_goes_by_weight() -> None:
    placed = lay_out(PLAIN, 15 + 19 + 9 + 2 * GAP + 9, 80)
    assert [each.width for each in placed] == [21, 22, 9]


def test_nothing_grows_beyond_double() -> None:
    assert [each.width for each in lay_out(PLAIN, 500, 80)] == [30, 38, 9]


def test_what_is_lacking_is_given_up_down_to_the_least() -> None:
    assert [each.width for each in lay_out(PLAIN, 8 + 8 + 9 + 2 * GAP, 80)] == [8, 8, 9]
    scrolling = lay_out(PLAIN, 20, 80)
    assert [each.width for each in scrolling] == [8, 8, 9]
    assert scrolling[-1].end > 20


@given(st.integers(0, 250), st.integers(60, 250))
def test_columns_stand_side_by_side_and_fit_when_they_can(available: int, terminal: int) -> None:
    placed = lay_out(PLAIN, available, terminal)
    assert placed[0].x == 0
    assert all(left.end + GAP == right.x for left, right in pairwise(placed))
    least = sum(each.column.least or each.column.width for each in placed) + GAP * (len(placed) - 1)
    assert placed[-1].end <= max(available, least)
