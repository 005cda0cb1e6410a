"""The key map: every key on one page, none twice on a screen."""

from itertools import combinations

import pytest
from textual.binding import Binding

from tui.app.sections import SCREENS
from tui.screens.keys import ACT_KEYS, LOCALS, default_keys, elsewhere, spoken

NEVER = {"ctrl+b", "ctrl+a", "ctrl+s", "ctrl+z", "ctrl+w", "ctrl+t", "ctrl+n", "ctrl+l"}
NEVER |= {"ctrl+i", "ctrl+m", "ctrl+h", "ctrl+j"}
NEEDS_ALT_GR = set("[]{}\\|@#~")


def keys_of(id: str) -> set[str]:
    """The single keys of an act or of something local, by Textual's names."""
    keys = default_keys(id)
    return {binding.key for binding in Binding.make_bindings([Binding(keys, "", "")])} if keys else set()


@pytest.mark.parametrize("name", SCREENS)
def test_no_key_stands_twice_on_a_screen(name: str) -> None:
    ids = SCREENS[name].ids()
    assert len(ids) == len(set(ids))
    assert [(one, other) for one, other in combinations(ids, 2) if keys_of(one) & keys_of(other)] == []


def test_no_key_is_bound_that_something_else_takes() -> None:
    every = [key for id in (*LOCALS, *ACT_KEYS) for key in default_keys(id).split(",")]
    assert not NEVER & set(every)
    assert not [key for key in every if key.startswith("alt+") or (key[:1] == "f" and key[1:].isdigit())]
    assert not NEEDS_ALT_GR & set(every)


def test_letters_of_other_scripts_stand_in_the_place_of_latin_ones() -> None:
    assert elsewhere("r") == "r,к,ρ"
    assert elsewhere("end,G") == "end,G,П,Γ"
    assert elsewhere("slash") == "slash"


def test_keys_are_called_what_people_call_them() -> None:
    assert [spoken(key) for key in ("escape", "ctrl+r", "slash", "G", "pageup")] == ["Esc", "Ctrl+R", "/", "G", "PgUp"]
