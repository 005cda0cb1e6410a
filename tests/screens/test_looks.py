"""Every state of every screen as it looks, small and large, in both themes."""

from pathlib import Path

import pytest

from tests.app.house import call_somebody
from tests.driver import SMALL, User
from tests.looks import SIZES, Sample, Size, Snap, look, look_at, opened
from tui.folders import Folders

MEMBERS = "of 137 members"

SAMPLES = {
    "workspaces-filled": Sample("", "135 active, 2 disabled"),
    "workspaces-filled-disabled_row": Sample("end up", "You are disabled here."),
    "members-filled": Sample("2", MEMBERS),
    "members-filled-as_user": Sample("2", "Row 1 of 2 members", "navy-research"),
    "members-filled-marked": Sample("2 down down space space", "2 marked."),
    "choose_role-filled-of_member": Sample("2 down down r", "▸ User"),
    "choose_role-refused-of_member": Sample("2 down r", "only an Owner assigns it", "analytical-engine"),
    "menu-refused-of_member": Sample("2 " + "down " * 7 + "m", "Nobody removes themself"),
    "sort-filled-of_members": Sample("2 o", "now; again: other way"),
    "members-filled-searched": Sample("2 slash r e e d", "Row 1 of 1 member."),
    "workspaces-empty": Sample("slash q q q enter", "No workspaces match"),
    "members-empty": Sample("2 slash q q q enter", "No members match"),
    "members-refused-act": Sample("2 " + "down " * 7 + "d", "Nobody disables themself"),
    "members-filled-done": Sample("2 down down r up enter", "barbara-lake is now Manager."),
    "member_panel-filled": Sample("2 down down enter", "10 d ago"),
    "activity-filled": Sample("5", "Row 1 of 40 entries."),
    "filter-filled-of_activity": Sample("5 f", "40 entries match"),
    "filter-refused-of_activity": Sample("5 f x y z enter", "is no member here"),
    "activity-filled-filtered": Sample("5 f a d a minus f e r n tab tab down space enter", "Row 1 of 7 entries."),
    "activity-filled-of_member": Sample("2 down down enter enter", "On whom barbara-lake"),
    "activity-empty": Sample("5 f tab tab down down down down space enter", "No entries match"),
    "activity-refused-as_user": Sample("5", "Owners and Managers can read this.", "navy-research"),
    "entry_panel-filled": Sample("5 down enter", "role user > manager"),
    "choose_workspace-filled-in_app": Sample("w", "All workspaces"),
    "help-filled": Sample("2 question_mark", "Change role"),
    "palette-filled": Sample("2 colon", "Change role"),
    "palette-empty": Sample("2 colon q q q", "No matches found"),
    "palette-refused": Sample("2 " + "down " * 7 + "colon r e m o v e", "Nobody removes themself"),
}


@SIZES
@pytest.mark.parametrize("name", SAMPLES)
def test_looks(name: str, size: Size, home: Path, snap_compare: Snap) -> None:
    sample = SAMPLES[name]
    assert look_at(opened(home, workspace=sample.workspace), sample, size, snap_compare)


@pytest.mark.parametrize(
    "name",
    ["workspaces-filled", "choose_role-filled-of_member", "member_panel-filled"],
    ids="{}-light-80x24".format,
)
def test_looks_in_light(name: str, home: Path, snap_compare: Snap) -> None:
    assert look_at(opened(home), SAMPLES[name], SMALL, snap_compare, "workspaces-light")


@pytest.mark.parametrize("size", [(200, 60)], ids=["members-filled-200x60"])
def test_looks_at_its_widest(size: Size, home: Path, snap_compare: Snap) -> None:
    assert look_at(opened(home), SAMPLES["members-filled"], size, snap_compare)


@SIZES
@pytest.mark.parametrize("name", ["help-long_text"])
def test_looks_with_keys_of_ones_own(name: str, size: Size, home: Path, snap_compare: Snap) -> None:
    settings = Folders.within(home).settings
    settings.mkdir(parents=True, exist_ok=True)
    (settings / "keys.toml").write_text('"members.set_role" = "r,ctrl+e,ctrl+o,ctrl+underscore"\n')
    assert look_at(opened(home), Sample("2 question_mark", "Change role"), size, snap_compare)


@pytest.mark.parametrize("size", [(60, 20)], ids=["help-filled-60x20"])
def test_looks_at_the_end_of_help(size: Size, home: Path, snap_compare: Snap) -> None:
    assert look_at(opened(home), Sample("2 question_mark end", "Quit"), size, snap_compare)


@pytest.mark.parametrize("size", [(59, 19)], ids=["workspaces-filled-59x19"])
def test_looks_too_small(size: Size, home: Path, snap_compare: Snap) -> None:
    async def wait(user: User) -> None:
        await user.sees("59x19")

    assert look(opened(home), size, snap_compare, wait)


@SIZES
@pytest.mark.parametrize("name", ["members-long_text"])
def test_looks_with_names_that_mean_harm(name: str, size: Size, home: Path, snap_compare: Snap) -> None:
    call_somebody(home, "ada-fern", "[red]x[/] \x1b]52;c;cHduZWQ=\x07 \u202edlog\u200b" + "x" * 10_000)
    call_somebody(home, "alan-moss", "e" + "\u0301" * 50 + " 王小明 " + "\x9b31m")
    assert look_at(opened(home), SAMPLES["members-filled"], size, snap_compare)
