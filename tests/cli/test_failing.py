"""What a command says when something is in its way: one sentence, its code, an exit code."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.driver import COMMAND, Shell
from tui.backend.embedded import FILE_NAME


def test_a_reader_that_goes_away_is_no_complaint(acme: Shell) -> None:
    acme.fills("acme", 300)
    with subprocess.Popen(
        [COMMAND, "members", "list", "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        assert process.stderr
        assert process.stdout.readline() == '{"items": [\n'
        process.stdout.close()
        assert process.stderr.read() == ""
    assert process.returncode == 141


def test_a_full_disk_is_said(acme: Shell) -> None:
    with Path("/dev/full").open("w") as full:
        ran = subprocess.run([COMMAND, "list"], stdout=full, stderr=subprocess.PIPE, text=True, check=False, timeout=60)
    assert (ran.returncode, ran.stderr) == (1, "No space left on device. (system)\n")


@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-", ">&- 2>&- <&-"])
def test_what_is_closed_is_written_to_nobody(closed: str, acme: Shell) -> None:
    line = f'"$0" list --json {closed}; echo "$?"; "$0" members remove nobody {closed}; echo "$?"'
    ran = subprocess.run(["sh", "-c", line, COMMAND], capture_output=True, text=True, check=False, timeout=60)
    assert ("Traceback" in ran.stderr, "(internal)" in ran.stderr) == (False, False)
    assert [line for line in ran.stdout.splitlines() if line.isdigit()] == ["0", "5"]


def test_what_an_encoding_does_not_have_is_spelled_out(acme: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    acme.done("account set --name 'Åda ✓'")
    monkeypatch.setenv("PYTHONIOENCODING", "latin-1")
    ran = subprocess.run([COMMAND, "account", "show"], capture_output=True, check=False, timeout=60)
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert "Name: Åda \\u2713" in ran.stdout.decode("latin-1")


def test_a_server_that_is_away_is_exit_7(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        monkeypatch.setenv("WORKSPACES_SERVER", f"http://127.0.0.1:{unused.getsockname()[1]}")
        monkeypatch.setenv("WORKSPACES_TOKEN", "se-00000000000000000000.ss-secret-secret-secret")
        ran = shell.installed("list")
    assert (ran.returncode, ran.stdout, ran.stderr.count("\n")) == (7, "", 1)
    assert "(unreachable)" in ran.stderr


def test_nobody_signed_in_is_exit_3(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKSPACES_SERVER", "http://127.0.0.1:1")
    ran = shell("list")
    assert (ran.code, ran.out) == (3, "")
    assert ran.err.endswith("(unauthenticated)\n")


@pytest.mark.usefixtures("interruptible")
def test_an_interrupt_while_waiting_is_exit_130(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        monkeypatch.setenv("WORKSPACES_SERVER", f"http://127.0.0.1:{silent.getsockname()[1]}")
        monkeypatch.setenv("WORKSPACES_TOKEN", "se-00000000000000000000.ss-secret-secret-secret")
        with subprocess.Popen([COMMAND, "list"], stderr=subprocess.PIPE, text=True) as process:
            connection, _ = silent.accept()
            with connection:
                connection.recv(1)
                process.send_signal(signal.SIGINT)
                try:
                    _, said = process.communicate(timeout=60)
                finally:
                    process.kill()
    assert (process.returncode, said.strip()) == (130, "")


def test_an_interrupt_while_loading_is_exit_130_without_a_word() -> None:
    script = """
import sys

class Interrupted:
    def find_spec(self, name, path=None, target=None):
        if name == "tui.cli.main":
            raise KeyboardInterrupt

sys.meta_path.insert(0, Interrupted())
from tui.__main__ import main
main()
"""
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False, timeout=60)
    assert (ran.returncode, ran.stdout, ran.stderr) == (130, b"", b"")


def test_a_data_folder_that_cannot_be_used_is_one_sentence(shell: Shell) -> None:
    shell.home.parent.mkdir(exist_ok=True)
    shell.home.write_text("a file, not a folder")
    ran = shell("list")
    assert (ran.code, ran.out, ran.err.count("\n")) == (1, "", 1)


def test_a_broken_database_is_one_sentence(acme: Shell) -> None:
    (acme.home / "data" / FILE_NAME).write_bytes(b"not a database" * 1000)
    ran = acme("list")
    assert (ran.code in (1, 7), ran.out, ran.err.count("\n")) == (True, "", 1)


def test_T5_debug_shows_where_but_no_secret(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = f"ss-{'s' * 43}"
    monkeypatch.setenv("WORKSPACES_SERVER", "http://127.0.0.1:1")
    monkeypatch.setenv("WORKSPACES_TOKEN", f"se-00000000000000000000.{secret}")
    ran = shell.installed("--debug", "list")
    assert ran.returncode == 7
    assert "Traceback" in ran.stderr
    assert secret not in ran.stderr


def test_names_that_are_no_text_are_wrong_usage(acme: Shell) -> None:
    ran = subprocess.run(
        [os.fsencode(COMMAND), b"create", b"\xff\xfe"], capture_output=True, text=True, check=False, timeout=60
    )
    assert (ran.returncode, ran.stdout) == (2, "")
    assert (
        subprocess.run(
            [COMMAND, "members", "remove", "-", "--yes"],
            input=b"\xff\xfe",
            capture_output=True,
            check=False,
            timeout=60,
        ).returncode
        == 2
    )
