"""The command itself: help on every level, what it loads, where the app can open."""

import subprocess
import sys

import click
import pytest

from tests.cli.driver import Shell
from tui.cli.main import COMMANDS, commands

FOUND = {name: commands.get_command(click.Context(commands), name) for name in COMMANDS}
GROUPS = {name: group for name, group in FOUND.items() if isinstance(group, click.Group)}
PATHS = [*COMMANDS, *(f"{name} {verb}" for name, group in GROUPS.items() for verb in group.commands)]
PRINT_NO_OBJECTS = {"demo", "serve", "completion", "exec", *GROUPS}

HEAVY = ("textual", "httpx", "litestar", "sqlalchemy", "keyring", "uvicorn", "asyncio")


@pytest.mark.parametrize("path", ["", *PATHS])
def test_help_is_on_every_level(shell: Shell, path: str) -> None:
    ran = shell(f"{path} --help")
    assert ran.code == 0
    assert ran.out.startswith(f"Usage: workspaces {path}".rstrip())
    assert ran.err == ""


@pytest.mark.parametrize("path", sorted({*PATHS} - PRINT_NO_OBJECTS))
def test_what_prints_can_print_json(shell: Shell, path: str) -> None:
    assert "--json" in shell(f"{path} --help").out


@pytest.mark.parametrize("words", ["--help", "--version", "members --help", "completion zsh", "nosuch"])
def test_little_is_loaded_to_answer_at_once(words: str) -> None:
    program = (
        "import sys; from tui.cli.main import run; run(sys.argv[1:]); "
        f"print(*[name for name in {HEAVY} if name in sys.modules], file=sys.stderr)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program, *words.split()], capture_output=True, text=True, timeout=60, check=False
    )
    loaded = ran.stderr.splitlines()[-1].split()
    assert [name for name in loaded if name != "asyncio" or "members" not in words] == []


def test_version(shell: Shell) -> None:
    ran = shell("--version")
    assert (ran.code, ran.out.split()[0]) == (0, "workspaces")


@pytest.mark.parametrize("name", ["bash", "zsh", "fish"])
def test_completion_of_each_shell(shell: Shell, name: str) -> None:
    assert "_WORKSPACES_COMPLETE" in shell.done(f"completion {name}").out


def test_words_are_completed(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_WORKSPACES_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", "workspaces members set")
    monkeypatch.setenv("COMP_CWORD", "2")
    ran = shell.installed()
    assert ran.stdout == "plain,set-role\n"


def test_without_a_terminal_the_app_says_what_it_needs(shell: Shell) -> None:
    ran = shell.installed(stdin=subprocess.DEVNULL)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert (
        ran.stderr == "The app needs a terminal; give a command to work without one. See workspaces --help. (usage)\n"
    )


def test_a_group_alone_is_wrong_usage_and_shows_its_help(shell: Shell) -> None:
    ran = shell("members")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == shell("members --help").out


@pytest.mark.parametrize(
    "line", ["nosuch", "members list --role boss", "create", "members list --sort age", "--nosuch"]
)
def test_wrong_usage_is_exit_2_and_one_sentence(shell: Shell, line: str) -> None:
    ran = shell(line)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.count("\n") == 1
    assert ran.err.endswith("--help. (usage)\n")


@pytest.mark.parametrize("argument", ["https://ada:secret@example.org", f"ss-{'a' * 43}"])
def test_a_secret_among_the_arguments_is_wrong_usage_and_never_repeated(shell: Shell, argument: str) -> None:
    ran = shell(f"--debug create {argument}")
    assert ran.code == 2
    assert "secret@" not in ran.err
    assert "aaaa" not in ran.err
