"""Hostile text is shown harmless, and every text takes exactly the cells it is given."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tui.domain.queries import TotalIs
from tui.lists.text import MOST_MARKS, cell_width, count, cut, fit, harmless

ANY_TEXT = st.text(st.characters(), max_size=40)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Ada Lovelace", "Ada Lovelace"),
        ("[red]x[/]", "[red]x[/]"),
        ("a\x1b]52;c;aGk=\x07b", "a␛]52;c;aGk=␇b"),
        ("a\x9b31mb", "a�31mb"),
        ("one\ntwo\r\tthree\x7f", "one␊two␍␉three␡"),
        ("line\u2028par\u2029", "line�par�"),
        ("abc\u202edcb", "abc�dcb"),
        ("ad\u200ba", "ad�a"),
        ("\ud800x", "�x"),
        ("\u3164blank", "�blank"),
        ("a\u00a0b", "a b"),
        ("\u0301x", "x"),
        ("Zoe\u0308", "Zoë"),
        ("🇩🇪", "DE"),
        ("👍🏽", "👍�"),
        ("देवनागरी", "देवनागरी"),
    ],
)
def test_what_would_act_or_hide_is_shown(text: str, shown: str) -> None:
    assert harmless(text) == shown


def test_floods_of_marks_end() -> None:
    flooded = "x" + "\u0335" * 500
    assert harmless(flooded) == "x" + "\u0335" * MOST_MARKS


@given(ANY_TEXT)
def test_nothing_harmful_is_left(text: str) -> None:
    shown = harmless(text)
    assert {unicodedata.category(character) for character in shown}.isdisjoint({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
    assert harmless(shown) == shown


@given(ANY_TEXT)
def test_widths_are_those_that_the_screen_reckons_with(text: str) -> None:
    shown = harmless(text)
    assert cell_width(shown) == cell_len(shown)


@given(ANY_TEXT, st.integers(0, 30))
def test_a_fitted_text_takes_exactly_its_cells(text: str, width: int) -> None:
    assert cell_width(fit(text, width)) == width
    assert cell_width(fit(text, width, "right")) == width


def test_what_is_cut_ends_in_an_ellipsis() -> None:
    assert cut("barbara", 7) == "barbara"
    assert cut("barbara", 6) == "barba…"
    assert cut("漢字漢字", 4) == "漢…"
    assert fit("漢字漢字", 4) == "漢… "
    assert fit("12", 5, "right") == "   12"


def test_counts_have_separators_and_say_where_counting_stopped() -> None:
    assert count(4310) == "4,310"
    assert count(10_000, TotalIs.AT_LEAST) == "10,000+"
