"""Every screen and dialog has pictures at both sizes in each state that it can be in, and no picture is left over.

`place-state-detail-size` is what a picture is called: `members-filled-marked-80x24`.
"""

import inspect
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType
from typing import NamedTuple

import pytest
from textual.screen import Screen

import tui.dialogs
import tui.screens
from tui.dialogs.dialog import Dialog
from tui.dialogs.form import Form
from tui.screens.acting import Acting
from tui.screens.listing import Listing
from tui.screens.panel import Panel
from tui.screens.shell import Shell
from tui.widgets.overlay import Overlay

TESTS = Path(__file__).parent
STATES = ("empty", "loading", "filled", "refused", "away", "long_text")
SIZES = ("80x24", "120x40")
BASES = {Shell, Acting, Listing, Panel, Dialog, Form}
"""What other screens and dialogs are made of; nobody sees them by themselves."""

FIXED = "what it lists is there whatever was done"
ONE_ROW = "it opens on a row, and has no list"
AT_HAND = "what it shows is known before it opens"
ANSWERS = "it only answers: nothing is asked of the server while it is open"
OURS = "its words are ours, and fit"
NEVER_AWAY = "a dialog is told of a server that is away as of any other refusal"

CAN_NOT_BE: dict[str, dict[str, str]] = {
    "workspaces": {},
    "members": {},
    "invites": {},
    "tokens": {},
    "activity": {},
    "settings": {"empty": FIXED},
    "account": {"empty": FIXED},
    "own_activity": {},
    "member_panel": {},
    "invite_panel": {},
    "token_panel": {},
    "entry_panel": {"empty": ONE_ROW, "loading": AT_HAND, "refused": "an entry never changes: it is not read again"},
    "session_panel": {"empty": ONE_ROW, "loading": AT_HAND},
    "profile_panel": {"empty": ONE_ROW, "loading": AT_HAND},
    "kept_panel": {"empty": ONE_ROW, "loading": AT_HAND, "long_text": OURS},
    "starting": {"empty": "nothing is listed yet", "filled": "with something to show it is gone"},
    "help": {
        "empty": FIXED,
        "loading": AT_HAND,
        "refused": "it lists what works",
        "away": "the keys work without the server",
    },
    "palette": {"loading": AT_HAND, "away": "the acts are there without the server"},
    "accept_invite": {"away": NEVER_AWAY},
    "activate_first": {"empty": AT_HAND, "loading": ANSWERS, "away": NEVER_AWAY},
    "bulk": {"away": NEVER_AWAY},
    "changed": {"empty": AT_HAND, "loading": ANSWERS, "refused": ANSWERS, "away": NEVER_AWAY},
    "choose_role": {"empty": FIXED, "loading": ANSWERS, "away": NEVER_AWAY, "long_text": OURS},
    "choose_workspace": {"loading": ANSWERS, "away": NEVER_AWAY},
    "confirm": {"empty": AT_HAND, "away": NEVER_AWAY},
    "device_code": {
        "empty": AT_HAND,
        "loading": "to wait is all it does",
        "refused": "it closes, and a message says why",
        "away": NEVER_AWAY,
    },
    "edit_account": {"empty": "an account has a name", "away": NEVER_AWAY},
    "filter": {"away": NEVER_AWAY},
    "first_start": {"empty": AT_HAND, "loading": ANSWERS, "refused": ANSWERS, "away": NEVER_AWAY},
    "hand_over": {"empty": FIXED, "loading": ANSWERS, "refused": ANSWERS, "away": NEVER_AWAY},
    "invite_dialog": {"away": NEVER_AWAY},
    "menu": {"empty": "without an act it does not open", "loading": ANSWERS, "away": NEVER_AWAY},
    "message": {"empty": AT_HAND, "loading": ANSWERS, "refused": ANSWERS, "away": NEVER_AWAY},
    "name_dialog": {"away": NEVER_AWAY},
    "new_account": {"away": NEVER_AWAY},
    "new_token_dialog": {"away": NEVER_AWAY},
    "new_workspace": {"away": NEVER_AWAY},
    "qr_code": {
        "empty": AT_HAND,
        "loading": ANSWERS,
        "refused": "where there is no room for it, the dialog below says so",
        "away": NEVER_AWAY,
        "long_text": "a code holds an invite's link or a token's secret, which have one length",
    },
    "secret_once": {"away": NEVER_AWAY},
    "signed_out": {"empty": AT_HAND, "loading": ANSWERS, "refused": ANSWERS, "away": NEVER_AWAY},
    "sort": {"empty": FIXED, "loading": ANSWERS, "refused": ANSWERS, "away": NEVER_AWAY, "long_text": OURS},
    "type_name": {"loading": ANSWERS, "refused": ANSWERS, "away": NEVER_AWAY},
    "which_server": {"away": NEVER_AWAY},
}
"""Every screen and dialog, with the states that it is never in and why not."""


class Picture(NamedTuple):
    place: str
    state: str
    size: str


def places() -> Iterator[str]:
    """All screens and dialogs that somebody can see, as their pictures call them, and Textual's own palette."""
    yield "palette"
    for package in (tui.screens, tui.dialogs):
        for kind in _kinds(package):
            if issubclass(kind, Screen | Overlay) and kind not in BASES:
                words = re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower()
                yield words.removesuffix("_screen")


def _kinds(package: ModuleType) -> Iterator[type]:
    """The classes that are defined in a package."""
    for module in iter_modules(package.__path__, f"{package.__name__}."):
        for _, kind in inspect.getmembers(import_module(module.name), inspect.isclass):
            if kind.__module__ == module.name:
                yield kind


def pictures() -> Iterator[Picture]:
    for folder in ("screens", "dialogs"):
        for file in (TESTS / folder / "__snapshots__").rglob("*.svg"):
            called = re.search(r"\[(\w+)-(\w+)(?:-\w+)*-(\d+x\d+)\]$", file.stem)
            assert called, f"{file.stem} is not called place-state-detail-size"
            yield Picture(*called.groups())


def test_every_screen_and_dialog_is_in_the_table() -> None:
    assert sorted(places()) == sorted(CAN_NOT_BE)


@pytest.mark.parametrize("place", CAN_NOT_BE)
def test_every_state_has_its_pictures(place: str) -> None:
    expected = {f"{state}-{size}" for state in STATES if state not in CAN_NOT_BE[place] for size in SIZES}
    there = {f"{picture.state}-{picture.size}" for picture in pictures() if picture.place == place}
    assert sorted(picture for picture in there if picture.endswith(SIZES)) == sorted(expected)


def test_every_picture_is_of_something() -> None:
    assert {picture.place for picture in pictures()} - set(CAN_NOT_BE) == set()


def test_every_picture_has_its_test() -> None:
    """What is collected from the tests of looks is what they leave behind, one picture each."""
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:xdist", "-p", "no:cacheprovider"]
    folders = sorted(folder.parent for folder in TESTS.glob("*/__snapshots__"))
    files = sorted(file for folder in folders for file in folder.glob("test_*looks.py"))
    listed = subprocess.run([*command, *files], cwd=TESTS.parent, capture_output=True, text=True, check=True).stdout
    tests = re.findall(r"^tests/(\w+)/(\w+)\.py::(.+)$", listed, re.MULTILINE)
    expected = {f"{folder}/{module}/{test}" for folder, module, test in tests}
    there = {f"{file.parts[-4]}/{file.parent.name}/{file.stem}" for folder in folders for file in folder.rglob("*.svg")}
    assert there == expected
