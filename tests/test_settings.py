"""What a person chose, in files that they may write themselves."""

from pathlib import Path

import pytest

from tui import settings
from tui.domain.errors import Failure


def test_a_theme_is_kept_beside_what_else_is_there(tmp_path: Path) -> None:
    assert settings.theme(tmp_path) is None
    (tmp_path / "settings.toml").write_text('later = "kept"\n')
    settings.choose_theme(tmp_path, "nord")
    assert settings.theme(tmp_path) == "nord"
    assert 'later = "kept"' in (tmp_path / "settings.toml").read_text()


def test_keys_are_named_by_the_id_of_what_they_do(tmp_path: Path) -> None:
    assert settings.keys(tmp_path) == {}
    (tmp_path / "keys.toml").write_text('quit = "Q"\nmembers.set_role = "R"\n"members.remove" = "X"\n')
    assert settings.keys(tmp_path) == {"quit": "Q", "members.set_role": "R", "members.remove": "X"}


@pytest.mark.parametrize("text", [b"a = ", b"\xff", b"a = 1", b"[a]\nb = ''", b"[a.b]\nc = 'd'"])
def test_keys_that_cannot_be_read_are_one_sentence(tmp_path: Path, text: bytes) -> None:
    (tmp_path / "keys.toml").write_bytes(text)
    with pytest.raises(Failure, match=r"keys\.toml") as caught:
        settings.keys(tmp_path)
    assert caught.value.code == "settings_invalid"


def test_a_broken_file_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text("theme = ")
    with pytest.raises(Failure, match="at end of document"):
        settings.choose_theme(tmp_path, "nord")
    assert (tmp_path / "settings.toml").read_text() == "theme = "


def test_a_folder_that_cannot_be_used_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").mkdir()
    with pytest.raises(Failure, match="cannot be used"):
        settings.theme(tmp_path)
