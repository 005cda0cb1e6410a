"""What the environment asks for."""

from pathlib import Path

import pytest

from tui.context.start import Override, Start
from tui.domain.programs import Program


@pytest.mark.parametrize(
    ("environ", "config"),
    [
        ({}, "~/.modal.toml"),
        ({"MODAL_CONFIG_PATH": ""}, "~/.modal.toml"),
        ({"MODAL_CONFIG_PATH": "/x/y.toml"}, "/x/y.toml"),
    ],
)
def test_P1_the_config_file_is_where_the_official_tool_has_it(environ: dict[str, str], config: str) -> None:
    assert Start.from_environment(Program.CLI, environ).config_file == Path(config).expanduser()


@pytest.mark.parametrize(
    ("named", "flag", "override"),
    [
        ("acme", "", Override("acme", "MODAL_PROFILE")),
        ("acme", "labs", Override("labs", "--profile")),
        ("", "", None),
    ],
)
def test_P2_a_flag_wins_over_the_environment_and_that_over_the_active_profile(
    named: str, flag: str, override: Override | None
) -> None:
    assert Start.from_environment(Program.CLI, {"MODAL_PROFILE": named}, profile=flag).override == override
