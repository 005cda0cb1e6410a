"""Two people at one served instance, each at a shell of their own."""

from pathlib import Path

import pytest

from tests.cli.driver import Shell
from tests.server.driver import DEVICE, seat
from tests.server.test_serve import serving
from tui.server.storage.engine import Store


def test_two_people_and_one_workspace(shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(tmp_path, "--open-signup", expect_link=True) as served:
        monkeypatch.setenv("WORKSPACES_SERVER", served.address)
        grace, linus = (shell.signs_up(served.address, name) for name in ("grace", "linus"))
        acme = shell.done("create acme --json", by=grace).json["id"]
        store = Store.open(f"sqlite:///{tmp_path / 'served.db'}")
        seat(store, acme, linus.id, "user", "active")
        store.close()

        assert shell("members set-role grace user --workspace acme --yes", by=linus).code == 4
        assert shell("members hand-over linus --workspace acme --yes", by=grace).code == 0
        assert shell("members disable grace --workspace acme --yes", by=linus).code == 0
        refused = shell("members list --workspace acme", by=grace)
        assert (refused.code, refused.out) == (4, "")
        assert "(member_disabled)" in refused.err
        assert "disabled" in shell.done("list", by=grace).out

        assert shell("sessions end --others --yes", by=linus).out == "0 other sessions have ended.\n"
        assert [each["device"]["name"] for each in shell.done("sessions --json", by=linus).json["items"]] == [
            DEVICE["name"]
        ]
    assert shell("list", by=linus).code == 7


def test_P1_a_broken_config_file_is_in_the_way_only_where_it_is_needed(
    shell: Shell, tmp_path: Path, config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(tmp_path, "--open-signup", expect_link=True) as served:
        grace = shell.signs_up(served.address, "grace")
        config.write_text("[acme\n")
        refused = shell("members list", by=grace)
        assert (refused.code, refused.err.endswith("(config_broken)\n")) == (1, True)
        monkeypatch.setenv("WORKSPACES_SERVER", served.address)
        assert "grace" in shell.done("members list", by=grace).out
        listed = shell.done("list", by=grace)
        assert ("grace" in listed.out, "line 1, column 6" in listed.err) == (True, True)
        for line in ("activate grace", "--profile acme list"):
            assert shell(line, by=grace).err.endswith("(config_broken)\n")
    assert config.read_text() == "[acme\n"
