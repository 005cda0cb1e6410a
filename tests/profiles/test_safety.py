"""P1: nothing that happens to the file, the disk or the process loses a profile."""

import os
import resource
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tui.backend.addresses import EMBEDDED
from tui.profiles.file import ConfigBroken, ConfigUnavailable, ProfileFile
from tui.profiles.profile import Profile

ACME = Profile("acme", server_url="https://ws.example.com", workspace_id="ac-1")
GOOD = '[theirs]\ntoken_id = "ak-1"\nactive = true\n'
NOBODY = 65534

CHANGES: dict[str, Callable[[ProfileFile], Any]] = {
    "bind": lambda profiles: profiles.bind(ACME),
    "update": lambda profiles: profiles.update("theirs", {"token_id": "ak-2"}),
    "activate": lambda profiles: profiles.activate("theirs"),
    "rename": lambda profiles: profiles.rename("theirs", "mine"),
    "remove": lambda profiles: profiles.remove("theirs"),
    "forget": lambda profiles: profiles.forget_plain_secret("theirs", "as-1"),
    "list": lambda profiles: profiles.list(),
    "plain_secrets": lambda profiles: profiles.plain_secrets(),
}


@pytest.fixture
def mine() -> Iterator[Path]:
    """A folder whose permissions count, for root too: it does this test as somebody else."""
    with tempfile.TemporaryDirectory() as name:
        if os.geteuid():
            yield Path(name)
            return
        os.chown(name, NOBODY, NOBODY)
        os.seteuid(NOBODY)
        try:
            yield Path(name)
        finally:
            os.seteuid(0)


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize(
    ("content", "place"),
    [
        (b"[theirs\n", (1, 8)),
        (b"[theirs]\nactive = true\n\ntoken_id = ak-1\n", (4, 12)),
        (b"[theirs]\n[theirs]\n", (2, 8)),
        (b'[theirs]\ntoken_id = "', (2, 13)),
        (b"[theirs]\n# caf\xc3\xa9 \xff\n", (2, 8)),
        (b"\xff\xfe[\x00", (1, 1)),
        (b"[theirs]\x00", (1, 9)),
    ],
)
def test_P1_a_broken_file_is_reported_with_its_place_and_left_alone(
    change: str, content: bytes, place: tuple[int, int], profiles: ProfileFile, path: Path
) -> None:
    path.write_bytes(content)
    with pytest.raises(ConfigBroken) as caught:
        CHANGES[change](profiles)
    assert "line {}, column {}".format(*place) in str(caught.value)
    assert str(path) in str(caught.value)
    assert path.read_bytes() == content


def test_P1_a_new_file_is_for_its_owner_only(profiles: ProfileFile, path: Path) -> None:
    profiles.bind(ACME)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.chmod(0o644)
    profiles.rename("acme", "other")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("exists", [True, False])
def test_P1_a_link_is_followed_and_stays(exists: bool, tmp_path: Path) -> None:
    (tmp_path / "dotfiles").mkdir()
    real = tmp_path / "dotfiles" / "modal.toml"
    if exists:
        real.write_text(GOOD)
    first, second = tmp_path / "first.toml", tmp_path / "second.toml"
    first.symlink_to(real)
    second.symlink_to("first.toml")
    ProfileFile(second).bind(ACME)
    assert second.is_symlink()
    assert first.is_symlink()
    assert not real.is_symlink()
    assert "acme" in [profile.name for profile in ProfileFile(real).list()]


def test_P1_links_that_lead_nowhere_are_reported(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    with pytest.raises(ConfigUnavailable):
        ProfileFile(tmp_path / "a").bind(ACME)
    with pytest.raises(ConfigUnavailable):
        ProfileFile(tmp_path / "a").list()


def test_P1_a_folder_in_its_place_is_reported(tmp_path: Path) -> None:
    for change in CHANGES.values():
        with pytest.raises(ConfigUnavailable, match="directory"):
            change(ProfileFile(tmp_path))


def test_P1_a_missing_folder_is_made(tmp_path: Path) -> None:
    profiles = ProfileFile(tmp_path / "one" / "two" / "modal.toml")
    assert profiles.list() == ()
    profiles.bind(ACME)
    assert [profile.name for profile in profiles.list()] == ["acme"]


def test_P1_an_unreadable_file_is_reported_and_kept(mine: Path) -> None:
    path = mine / "modal.toml"
    path.write_text(GOOD)
    path.chmod(0o000)
    for change in CHANGES.values():
        with pytest.raises(ConfigUnavailable, match="Permission denied"):
            change(ProfileFile(path))
    path.chmod(0o600)
    assert path.read_text() == GOOD


def test_P1_a_read_only_folder_is_reported_and_still_read(mine: Path) -> None:
    path = mine / "modal.toml"
    path.write_text(GOOD)
    mine.chmod(0o500)
    with pytest.raises(ConfigUnavailable, match="cannot be written: Permission denied"):
        ProfileFile(path).bind(ACME)
    assert [profile.name for profile in ProfileFile(path).list()] == ["theirs"]
    mine.chmod(0o700)
    assert path.read_text() == GOOD


def test_P1_a_full_disk_is_reported_and_leaves_the_file(profiles: ProfileFile, path: Path) -> None:
    path.write_text(GOOD)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20, limits[1]))
    try:
        with pytest.raises(ConfigUnavailable, match="cannot be written"):
            profiles.bind(ACME)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert path.read_text() == GOOD
    assert [file for file in path.parent.iterdir() if file.suffix == ".tmp"] == []


PREAMBLE = (
    "import secrets, sys; from pathlib import Path\n"
    "from tui.profiles.file import ProfileFile; from tui.profiles.profile import Profile\n"
    "profiles = ProfileFile(Path(sys.argv[1]))\n"
    "def add(name): return profiles.bind(Profile(name, 'workspaces:embedded', secrets.token_hex(8)))\n"
)
ADDS = PREAMBLE + (
    "print('ready', flush=True); sys.stdin.readline()\n"
    "for n in range(5):\n"
    "    add(f'p{sys.argv[2]}-{n}'); add('same')\n"
    "    profiles.activate(f'p{sys.argv[2]}-{n}')\n"
)
CHURNS = PREAMBLE + (
    "while True:\n"
    "    name = add('x' * 90).name\n"
    "    profiles.activate(name); profiles.activate('acme'); profiles.remove(name)\n"
    "    print('.', flush=True)\n"
)


def started(program: str, *words: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", program, *map(str, words)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def test_P1_twenty_processes_at_once_lose_nothing(profiles: ProfileFile, path: Path) -> None:
    path.write_text(GOOD)
    writers = [started(ADDS, path, n) for n in range(20)]
    for writer in writers:
        assert writer.stdout
        writer.stdout.readline()
    for writer in writers:
        assert writer.stdin
        print(file=writer.stdin, flush=True)
    for writer in writers:
        writer.communicate(timeout=120)
        assert writer.returncode == 0
    names = {profile.name for profile in profiles.list()}
    expected = {f"p{writer}-{n}" for writer in range(20) for n in range(5)}
    same = {"same", *(f"same-{n}" for n in range(2, 101))}
    assert names == {"theirs"} | expected | same
    assert len([profile for profile in profiles.list() if profile.active]) == 1
    assert path.read_text().count("active = true") == 1


def test_P1_killed_in_the_middle_the_file_is_whole_and_free(profiles: ProfileFile, path: Path) -> None:
    profiles.bind(ACME)
    for turn in range(12):
        with started(CHURNS, path) as writer:
            assert writer.stdout
            for _ in range(turn + 1):
                assert writer.stdout.readline() == ".\n"
            writer.kill()
        assert "acme" in [profile.name for profile in profiles.list()]
        profiles.update("acme", {"environment": f"turn{turn}"})
        assert [file for file in path.parent.iterdir() if file.suffix == ".tmp"] == []
    assert profiles.list()[0].environment == "turn11"


def test_P1_what_a_killed_writer_left_is_removed_by_the_next(profiles: ProfileFile, path: Path) -> None:
    left, of_another = path.with_name(f".{path.name}.abcd.tmp"), path.with_name(".other.toml.abcd.tmp")
    for file in (left, of_another):
        file.write_text("half")
    profiles.bind(Profile("home", server_url=EMBEDDED))
    assert not left.exists()
    assert of_another.exists()
