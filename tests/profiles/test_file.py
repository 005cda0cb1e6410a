"""P1-P5: what happens to the config file, call by call."""

import tempfile
import tomllib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import tomli_w
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.backend.addresses import EMBEDDED
from tui.domain.errors import Refused
from tui.profiles.file import ProfileFile
from tui.profiles.profile import Profile

ACME = Profile("acme", server_url="https://ws.example.com", workspace_id="ac-1")
HOME = Profile("home", server_url=EMBEDDED, workspace_id="ac-2", token_id="ak-2", environment="main")
TWO = '[theirs]\ntoken_id = "ak-1"\ntoken_secret = "as-1"\nactive = true\n\n[other]\nserver_url = "https://x.org"\n'


def active_ones(path: Path) -> list[str]:
    document = tomllib.loads(path.read_text())
    return [name for name, table in document.items() if "active" in table and table["active"] is True]


def test_P1_no_file_means_no_profiles(profiles: ProfileFile, path: Path) -> None:
    assert profiles.list() == ()
    assert profiles.active() is None
    assert profiles.plain_secrets() == ()
    assert not path.exists()


def test_P1_profiles_are_listed_in_order_with_what_they_say(profiles: ProfileFile, path: Path) -> None:
    path.write_text(TWO + "number = 1\nworkspace_id = 5\n\n[[aside]]\nx = 1\n")
    theirs, other = profiles.list()
    assert theirs == Profile("theirs", token_id="ak-1", active=True, plain_secret=True)
    assert other == Profile("other", server_url="https://x.org")


def test_P3_a_profile_without_a_server_is_modals_own(profiles: ProfileFile, path: Path) -> None:
    path.write_text(TWO + '[empty]\nserver_url = ""\n')
    assert [profile.is_modals_own for profile in profiles.list()] == [True, False, True]


def test_P5_a_new_profile_leaves_the_active_one_alone(profiles: ProfileFile, path: Path) -> None:
    path.write_text(TWO)
    assert profiles.bind(ACME) == ACME
    assert active_ones(path) == ["theirs"]


def test_P5_a_lone_default_profile_counts_as_active(profiles: ProfileFile, path: Path) -> None:
    path.write_text('[default]\ntoken_id = "ak-1"\n')
    profiles.bind(ACME)
    assert active_ones(path) == ["default"]


def test_P1_the_first_profile_is_the_active_one(profiles: ProfileFile, path: Path) -> None:
    assert profiles.bind(ACME).active is True
    assert active_ones(path) == ["acme"]


def test_P2_activating_moves_the_one_mark(profiles: ProfileFile, path: Path) -> None:
    path.write_text(TWO)
    profiles.activate("other")
    assert active_ones(path) == ["other"]
    assert profiles.bind(ACME, activate=True).active is True
    assert active_ones(path) == ["acme"]
    assert "active = false" not in path.read_text()


def test_P1_of_several_marks_the_first_stays(profiles: ProfileFile, path: Path) -> None:
    path.write_text("[a]\nactive = false\n\n[b]\nactive = true\n\n[c]\nactive = true\n")
    profiles.update("a", {"environment": "main"})
    assert active_ones(path) == ["b"]
    assert path.read_text().count("active") == 1


def test_P4_a_name_that_is_taken_gets_a_number(profiles: ProfileFile) -> None:
    names = [profiles.bind(replace(ACME, workspace_id=f"ac-{n}")).name for n in range(3)]
    assert names == ["acme", "acme-2", "acme-3"]
    profiles.remove("acme-2")
    assert profiles.bind(ACME).name == "acme-2"


def test_P4_a_profile_of_ours_names_its_server(profiles: ProfileFile, path: Path) -> None:
    with pytest.raises(Refused):
        profiles.bind(Profile("acme"))
    assert not path.exists()


@pytest.mark.parametrize("name", ["", 'a"b', "a\\b", "a b", "a.b", "é", "a\n", "[a]", "a" * 101])
def test_P1_names_that_the_official_parser_misreads_are_refused(name: str, profiles: ProfileFile, path: Path) -> None:
    path.write_text(TWO)
    with pytest.raises(Refused):
        profiles.bind(Profile(name, server_url=EMBEDDED))
    with pytest.raises(Refused):
        profiles.rename("other", name)
    assert path.read_text() == TWO


@pytest.mark.parametrize("value", ["", 'a"b', "a\\b", "a#b", "é", "a\n", "[a]", "\x1b]52;"])
def test_P1_values_that_the_official_parser_misreads_are_refused(value: str, profiles: ProfileFile, path: Path) -> None:
    path.write_text(TWO)
    with pytest.raises(Refused):
        profiles.bind(Profile("acme", server_url=EMBEDDED, environment=value))
    with pytest.raises(Refused):
        profiles.update("other", {"token_id": value})
    assert path.read_text() == TWO


def test_P1_an_update_changes_the_keys_it_names(profiles: ProfileFile, path: Path) -> None:
    path.write_text(TWO)
    profiles.update("other", {"token_id": "ak-9", "server_url": None, "workspace_id": "ac-9"})
    assert profiles.list()[1] == Profile("other", workspace_id="ac-9", token_id="ak-9")
    assert profiles.list()[0].token_id == "ak-1"


def test_P1_a_renamed_profile_keeps_place_keys_and_mark(profiles: ProfileFile, path: Path) -> None:
    path.write_text(TWO)
    profiles.rename("theirs", "mine")
    assert [profile.name for profile in profiles.list()] == ["mine", "other"]
    assert profiles.active() == Profile("mine", token_id="ak-1", active=True, plain_secret=True)
    with pytest.raises(Refused, match="already"):
        profiles.rename("mine", "other")
    profiles.rename("mine", "mine")
    assert active_ones(path) == ["mine"]


def test_W7_the_successor_of_a_removed_profile_becomes_active(profiles: ProfileFile, path: Path) -> None:
    path.write_text(TWO)
    profiles.bind(HOME)
    profiles.remove("other", successor="home")
    assert active_ones(path) == ["theirs"]
    with pytest.raises(Refused):
        profiles.remove("theirs", successor="nobody")
    assert active_ones(path) == ["theirs"]
    profiles.remove("theirs", successor="home")
    assert active_ones(path) == ["home"]
    profiles.remove("home")
    assert profiles.list() == ()


CHANGES: list[Callable[[ProfileFile], Any]] = [
    lambda profiles: profiles.activate("nobody"),
    lambda profiles: profiles.update("nobody", {"token_id": "ak-1"}),
    lambda profiles: profiles.rename("nobody", "somebody"),
    lambda profiles: profiles.remove("nobody"),
]


@pytest.mark.parametrize("change", CHANGES)
def test_P1_a_profile_that_is_not_there_is_refused(
    change: Callable[[ProfileFile], Any], profiles: ProfileFile, path: Path
) -> None:
    path.write_text(TWO + "[[nobody]]\nx = 1\n")
    before = path.read_text()
    with pytest.raises(Refused) as caught:
        change(profiles)
    assert caught.value.code == "not_found"
    assert path.read_text() == before


def test_P1_a_file_that_needs_no_change_is_not_written(profiles: ProfileFile, path: Path) -> None:
    path.write_text("# a comment of somebody\n" + TWO)
    profiles.activate("theirs")
    profiles.update("other", {"server_url": "https://x.org"})
    assert path.read_text().startswith("# a comment")


def test_T6_plain_secrets_are_listed_and_taken_out_one_by_one(profiles: ProfileFile, path: Path) -> None:
    path.write_text(TWO + 'token_secret = "as-2"\n\n[none]\ntoken_secret = ""\n')
    found = profiles.plain_secrets()
    assert [(plain.profile.name, plain.secret) for plain in found] == [("theirs", "as-1"), ("other", "as-2")]
    assert "as-1" not in repr(found)
    assert profiles.forget_plain_secret("theirs", "as-other") is False
    assert profiles.forget_plain_secret("none", "") is False
    assert profiles.forget_plain_secret("nobody", "as-1") is False
    assert path.read_text().count("as-") == 2
    assert profiles.forget_plain_secret("theirs", "as-1") is True
    assert profiles.forget_plain_secret("theirs", "as-1") is False
    assert "as-1" not in path.read_text()
    assert [profile.plain_secret for profile in profiles.list()] == [False, True, False]
    assert profiles.list()[0] == Profile("theirs", token_id="ak-1", active=True)


def test_P1_what_is_written_is_ascii(profiles: ProfileFile, path: Path) -> None:
    path.write_text('["ключ é"]\n"é" = "naïve \U0001f511 \\u0000 \\\\u00e9"\n', encoding="utf-8")
    before = tomllib.loads(path.read_text(encoding="utf-8"))
    profiles.bind(ACME)
    assert path.read_bytes().isascii()
    after = tomllib.loads(path.read_text())
    assert after["ключ é"] == before["ключ é"]


SCALARS = (
    st.text(st.characters(exclude_categories=["Cs"]))
    | st.integers(-(2**63), 2**63 - 1)
    | st.booleans()
    | st.floats(allow_nan=False)
    | st.datetimes()
    | st.dates()
    | st.times()
)
KEYS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
TABLES = st.recursive(
    st.dictionaries(KEYS, SCALARS, max_size=3),
    lambda inner: st.dictionaries(KEYS, inner | st.lists(SCALARS | inner, max_size=3), max_size=3),
    max_leaves=8,
)


@settings(deadline=None, max_examples=100)
@given(theirs=st.dictionaries(KEYS, TABLES | SCALARS, max_size=3))
def test_P1_whatever_others_wrote_is_kept(theirs: dict[str, Any]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "modal.toml"
        path.write_bytes(tomli_w.dumps(theirs).encode())
        profiles = ProfileFile(path)
        added = profiles.bind(ACME, activate=True)
        profiles.update(added.name, {"token_id": "ak-1"})
        after = tomllib.loads(path.read_bytes().decode("ascii"))
        profiles.remove(added.name)
        at_last = tomllib.loads(path.read_bytes().decode("ascii"))
    expected = {
        name: {key: value for key, value in table.items() if key != "active"} if isinstance(table, dict) else table
        for name, table in theirs.items()
    }
    assert after.pop(added.name)["token_id"] == "ak-1"
    assert after == at_last == expected
