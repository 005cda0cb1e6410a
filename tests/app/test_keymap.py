"""A person's own keys: in force, or named at start with the default kept."""

from pathlib import Path

from tests.driver import at_keyboard
from tui.app.keymap import keymap
from tui.app.sections import SCREENS
from tui.folders import Folders

GROUPS = [screen.ids() for screen in SCREENS.values()]


def test_a_key_is_moved_with_its_letters_of_other_scripts() -> None:
    assert keymap({"members.set_role": "y"}, GROUPS).keys == {"members.set_role": "y,н,υ"}


def test_two_keys_may_change_places() -> None:
    chosen = keymap({"members.set_role": "d", "members.set_status": "r"}, GROUPS)
    assert set(chosen.keys) == {"members.set_role", "members.set_status"}
    assert chosen.complaints == []


def test_a_clash_is_named_and_the_default_kept() -> None:
    chosen = keymap({"members.set_role": "x"}, GROUPS)
    assert chosen.keys == {}
    assert chosen.complaints == [
        "keys.toml: x of members.set_role is the key of members.remove too; members.set_role keeps its own."
    ]


def test_what_is_no_act_is_named() -> None:
    assert keymap({"members.praise": "p"}, GROUPS).complaints == ["keys.toml: members.praise has no key to change."]


async def test_the_keys_of_the_file_are_in_force_and_in_the_last_row(home: Path) -> None:
    settings = Folders.within(home).settings
    settings.mkdir()
    (settings / "keys.toml").write_text('[members]\nset_role = "y"\nremove = "d"\n')
    async with at_keyboard(home, workspace="acme") as user:
        await user.sees("keys.toml: d of members.remove")
        await user.press("2")
        await user.sees("y Role", "x Remove")
        await user.press("y")
        await user.sees("Esc Close without a change")
