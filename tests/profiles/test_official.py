"""P1, P2: we and the official `modal` command read and write one file."""

import json
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.profiles.official import Official
from tui.backend.addresses import EMBEDDED
from tui.profiles.file import ProfileFile
from tui.profiles.profile import Profile

ACME = Profile("acme", server_url="https://ws.example.com", workspace_id="ac-1", token_id="ak-1", environment="main")
HOME = Profile("home", server_url=EMBEDDED, workspace_id="ac-2", environment="main")

OF_OTHERS = """\
# kept by a person
[theirs]
token_id = "ak-theirs"
active = true
loglevel = "DEBUG"
serve_timeout = 1.50
sync_entrypoint = true
since = 2026-11-23T10:00:00+00:00
names = ["a", "b # c", "d"]
note = "caf\\u00e9 \\"quoted\\" back\\\\slash"

[theirs.nested]
deep = 1

[[theirs.nested.list]]
x = 1

[[theirs.nested.list]]
x = 2
"""


def test_P1_what_we_write_it_reads(official: Official, profiles: ProfileFile, path: Path) -> None:
    profiles.bind(ACME)
    profiles.bind(HOME)
    assert official.read(path) == {
        "profiles": {
            "acme": {
                "server_url": "https://ws.example.com",
                "workspace_id": "ac-1",
                "token_id": "ak-1",
                "environment": "main",
                "active": True,
            },
            "home": {"server_url": EMBEDDED, "workspace_id": "ac-2", "environment": "main"},
        },
        "active": "acme",
    }


def test_P2_its_command_sees_what_we_activate_and_we_what_it_does(
    official: Official, profiles: ProfileFile, path: Path
) -> None:
    profiles.bind(ACME)
    profiles.bind(HOME)
    assert official.run(path, "current") == "acme\n"
    profiles.activate("home")
    assert official.run(path, "current") == "home\n"
    listed = json.loads(official.run(path, "list", "--json"))
    assert [(row["name"], row["active"]) for row in listed] == [(each.name, each.active) for each in profiles.list()]
    official.run(path, "activate", "acme")
    assert profiles.active() == Profile(**{**vars(ACME), "active": True})
    assert official.run(path, "current", MODAL_PROFILE="home") == "home\n"


def test_P2_a_lone_default_profile_stays_active_beside_ours(
    official: Official, profiles: ProfileFile, path: Path
) -> None:
    path.write_text('[default]\ntoken_id = "ak-theirs"\n')
    profiles.bind(ACME)
    assert official.run(path, "current") == "default\n"
    assert json.loads(official.run(path, "list", "--json"))[0]["active"] is True


def test_P1_what_is_not_ours_survives_us_and_it(official: Official, profiles: ProfileFile, path: Path) -> None:
    path.write_text(OF_OTHERS)
    before = official.read(path)["profiles"]["theirs"]
    profiles.bind(ACME)
    assert official.read(path)["profiles"]["theirs"] == before
    official.run(path, "activate", "acme")
    official.run(path, "activate", "theirs")
    profiles.update("acme", {"token_id": "ak-2"})
    after = official.read(path)["profiles"]
    assert after["theirs"] == before
    assert (after["acme"]["workspace_id"], after["acme"]["token_id"]) == ("ac-1", "ak-2")


NAMES = st.text("ABCabc019-_", min_size=1, max_size=12)
VALUES = st.text("AZaz09-_./:+=@ ", min_size=1, max_size=30)
PROFILES = st.builds(
    Profile,
    name=NAMES,
    server_url=VALUES,
    workspace_id=st.none() | VALUES,
    token_id=st.none() | VALUES,
    environment=st.none() | VALUES,
)


@settings(deadline=None, max_examples=60)
@given(wanted=st.lists(PROFILES, min_size=1, max_size=4, unique_by=lambda profile: profile.name), active=st.integers())
def test_P1_it_reads_every_name_and_value_that_we_take(official: Official, wanted: list[Profile], active: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "modal.toml"
        profiles = ProfileFile(path)
        for profile in wanted:
            profiles.bind(profile)
        name = wanted[active % len(wanted)].name
        profiles.activate(name)
        seen = official.read(path)
        ours = {profile.name: profile for profile in profiles.list()}
    assert seen["active"] == name
    assert list(seen["profiles"]) == list(ours) == [profile.name for profile in wanted]
    for profile in wanted:
        assert {**vars(ours[profile.name]), "active": False} == vars(profile)
        keys = ("server_url", "workspace_id", "token_id", "environment")
        assert {key: seen["profiles"][profile.name].get(key) for key in keys} == {
            key: getattr(profile, key) for key in keys
        }
