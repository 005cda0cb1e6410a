"""T6 against a real Secret Service in every state that was met: clear, in time, and nothing kept after a failure."""

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.secret_stores.secret_service import Session, until
from tui.secret_stores.choosing import choose
from tui.secret_stores.index import IdFile
from tui.secret_stores.keyring import KeyringStore
from tui.secret_stores.keyring_process import KeyringProcess
from tui.secret_stores.secret_service import SecretServiceIds
from tui.secret_stores.store import Condition, NotKept, SecretName, SecretStore, ServerName

SERVER = ServerName.of("https://ws.example.com")
NAME = SecretName(SERVER, "ak-0123456789abcdefghij")
SECRET = "as-N0tOnDiskN0tInArgumentsN0tInTheEnvironment"
NOWHERE = "unix:path=/nonexistent/bus"
LONGEST = 2.0
"""Seconds that saying "not answering" may take on a busy machine."""


def keyring(tmp_path: Path) -> SecretStore:
    return choose({"WORKSPACES_SECRETS": "keyring"}, tmp_path / "ids.json")


def misbehaving(name: str, tmp_path: Path, limit: float = 20.0) -> KeyringStore:
    return KeyringStore(name, KeyringProcess(f"misbehaving.{name}", limit), IdFile(tmp_path / "ids.json"))


def unbused(_session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS")


def bused_nowhere(_session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", NOWHERE)


def bused_by_nonsense(_session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "nonsense")


STATES: dict[str, tuple[Callable[[Session, pytest.MonkeyPatch], None], Condition]] = {
    "locked": (lambda session, _: session.lock_keyring(), Condition.LOCKED),
    "frozen": (lambda session, _: session.freeze_keyring(), Condition.SILENT),
    "bus frozen": (lambda session, _: session.freeze_bus(), Condition.SILENT),
    "killed": (lambda session, _: session.kill_keyring(), Condition.ABSENT),
    "bus killed": (lambda session, _: session.kill_bus(), Condition.ABSENT),
    "no bus": (unbused, Condition.ABSENT),
    "bus nowhere": (bused_nowhere, Condition.ABSENT),
    "bus nonsense": (bused_by_nonsense, Condition.ABSENT),
}


def test_T6_a_secret_is_in_the_keyring_under_its_server_and_id(unlocked: Session, tmp_path: Path) -> None:
    keyring(tmp_path).set(NAME, SECRET)
    assert unlocked.lookup("Workspaces ws.example.com", NAME.public_id) == SECRET
    embedded = SecretName(ServerName.embedded("0a1b2c"), "se-0123456789abcdefghij")
    keyring(tmp_path).set(embedded, "ss-other")
    assert unlocked.lookup("Workspaces embedded 0a1b2c", embedded.public_id) == "ss-other"


@pytest.mark.parametrize("how", STATES)
def test_T6_every_state_is_said_in_time_with_what_to_do(
    how: str, unlocked: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    happen, condition = STATES[how]
    store = keyring(tmp_path)
    happen(unlocked, monkeypatch)
    calls = (lambda: store.get(NAME), lambda: store.set(NAME, SECRET), lambda: store.delete(NAME))
    for call in (*calls, lambda: store.ids(SERVER)):
        started = time.monotonic()
        with pytest.raises(NotKept) as caught:
            call()
        assert time.monotonic() - started < LONGEST
        assert caught.value.code == f"secret_store_{condition.name.lower()}"
        assert caught.value.state == store.state()
        assert store.state().condition is condition
        assert store.state().advice
        assert SECRET not in str(caught.value)


@pytest.mark.parametrize("how", ["frozen", "bus frozen", "killed", "bus killed"])
def test_T6_a_keyring_that_stops_once_it_was_looked_at_is_not_said_to_be_empty(
    how: str, unlocked: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    happen, condition = STATES[how]
    happen(unlocked, monkeypatch)
    with pytest.raises(NotKept) as caught:
        SecretServiceIds().held(SERVER)
    assert caught.value.state.condition is condition


def test_T6_a_keyring_that_was_never_used_is_not_made_nor_asked_for(session: Session, tmp_path: Path) -> None:
    session.start_keyring(unlocked=False)
    assert keyring(tmp_path).state().condition is Condition.ABSENT
    with pytest.raises(NotKept):
        keyring(tmp_path).set(NAME, SECRET)
    assert keyring(tmp_path).state().condition is Condition.ABSENT


def test_T6_nobody_starts_a_keyring_that_could_be_started(session: Session, tmp_path: Path) -> None:
    with pytest.raises(NotKept):
        keyring(tmp_path).set(NAME, SECRET)
    assert not session.is_running()


def test_T6_what_a_frozen_keyring_was_asked_is_not_done_when_it_wakes(unlocked: Session, tmp_path: Path) -> None:
    store = keyring(tmp_path)
    unlocked.freeze_keyring()
    with pytest.raises(NotKept):
        store.set(NAME, SECRET)
    unlocked.thaw_keyring()
    assert store.get(NAME) is None
    assert unlocked.kept(SERVER.service) == set()
    store.set(NAME, SECRET)
    assert store.get(NAME) == SECRET


@pytest.mark.usefixtures("other_keyrings")
def test_T6_a_keyring_that_cannot_be_probed_is_left_at_the_deadline(unlocked: Session, tmp_path: Path) -> None:
    store = misbehaving("Unprobed", tmp_path, limit=1.0)
    unlocked.freeze_keyring()
    with pytest.raises(NotKept) as caught:
        store.set(NAME, SECRET)
    assert caught.value.state.condition is Condition.SILENT
    unlocked.thaw_keyring()
    assert unlocked.kept(SERVER.service) == set()


@pytest.mark.usefixtures("other_keyrings")
def test_T6_a_keyring_that_said_yes_too_late_keeps_nothing(unlocked: Session, tmp_path: Path) -> None:
    store = misbehaving("Slow", tmp_path, limit=3.0)
    with pytest.raises(NotKept) as caught:
        store.set(NAME, SECRET)
    assert caught.value.state.condition is Condition.SILENT
    assert unlocked.kept(SERVER.service) == set()
    assert store.ids(SERVER) == set()


@pytest.mark.usefixtures("other_keyrings")
def test_T6_an_index_that_cannot_be_written_keeps_nothing(unlocked: Session, tmp_path: Path) -> None:
    (tmp_path / "ids.json").mkdir()
    with pytest.raises(NotKept, match=r"ids\.json"):
        misbehaving("Unprobed", tmp_path).set(NAME, SECRET)
    assert unlocked.kept(SERVER.service) == set()


@pytest.mark.usefixtures("other_keyrings")
def test_T6_an_index_whose_folder_cannot_be_made_keeps_nothing(unlocked: Session, tmp_path: Path) -> None:
    (tmp_path / "state").touch()
    with pytest.raises(NotKept):
        misbehaving("Unprobed", tmp_path / "state").set(NAME, SECRET)
    assert unlocked.kept(SERVER.service) == set()


@pytest.mark.usefixtures("other_keyrings")
def test_T5_no_secret_is_among_arguments_or_in_the_environment(
    unlocked: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PRYING", str(tmp_path / "seen"))
    monkeypatch.setenv("WORKSPACES_TOKEN", f"{NAME.public_id}.{SECRET}")
    monkeypatch.setenv("MODAL_TOKEN_SECRET", SECRET)
    misbehaving("Prying", tmp_path).set(NAME, SECRET)
    assert unlocked.lookup(SERVER.service, NAME.public_id) == SECRET
    assert b"keyring_child" in (tmp_path / "seen").read_bytes()
    assert SECRET.encode() not in (tmp_path / "seen").read_bytes()
    assert SECRET not in (tmp_path / "ids.json").read_text()


@pytest.mark.usefixtures("unlocked", "other_keyrings")
def test_T5_an_error_that_tells_the_secret_is_not_passed_on(tmp_path: Path) -> None:
    with pytest.raises(NotKept, match="RuntimeError") as caught:
        misbehaving("Telling", tmp_path).set(NAME, SECRET)
    assert SECRET not in str(caught.value)
    assert caught.value.code == "secret_store_failed"


@pytest.mark.usefixtures("unlocked", "other_keyrings")
def test_T6_a_keyring_has_no_terminal_and_what_it_prints_goes_nowhere(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    misbehaving("Unprobed", tmp_path).set(NAME, SECRET)
    assert misbehaving("Chatty", tmp_path).get(NAME) == SECRET
    assert capfd.readouterr() == ("", "")


@pytest.mark.usefixtures("unlocked", "other_keyrings")
def test_T6_a_keyring_cannot_end_the_program(tmp_path: Path) -> None:
    with pytest.raises(NotKept, match="SystemExit"):
        misbehaving("Leaving", tmp_path).get(NAME)


@pytest.mark.usefixtures("unlocked", "other_keyrings")
def test_T6_a_call_ends_even_when_the_program_was_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STUCK", str(tmp_path / "pid"))
    program = (
        "from tui.secret_stores.keyring_process import KeyringProcess\n"
        "from tui.secret_stores.store import SecretName, ServerName\n"
        "KeyringProcess('misbehaving.Stuck', 2.0).get(SecretName(ServerName('x'), 'ak-1'))\n"
    )
    with subprocess.Popen([sys.executable, "-c", program]) as process:
        until(lambda: (tmp_path / "pid").exists() and (tmp_path / "pid").read_text() != "")
        process.kill()
    child = Path(f"/proc/{(tmp_path / 'pid').read_text()}")
    until(lambda: not child.exists() or "zombie" in (child / "status").read_text())


def test_T6_a_program_with_a_frozen_keyring_ends(unlocked: Session, tmp_path: Path) -> None:
    unlocked.freeze_keyring()
    program = (
        "import sys, threading; from pathlib import Path\n"
        "from tui.secret_stores.choosing import choose\n"
        "from tui.secret_stores.store import *\n"
        "name = SecretName(ServerName.of('https://ws.example.com'), 'ak-1')\n"
        f"store = choose({{}}, Path({str(tmp_path)!r}) / 'ids')\n"
        "threading.Thread(target=lambda: store.set(name, 'as-secret')).start()\n"
    )
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=20, check=False)
    assert ended.returncode == 0
    assert "as-secret" not in ended.stderr
    assert "NotKept" in ended.stderr


@pytest.mark.usefixtures("other_keyrings")
def test_T6_auto_detection_never_writes_plain_text(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    careless = "import keyring; keyring.set_password('Workspaces', 'ak-1', 'as-plain')"
    subprocess.run([sys.executable, "-c", careless], check=True)
    trap = session.home / "plain.txt"
    assert trap.read_text() == "as-plain"
    trap.unlink()
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "eager.Plain")
    with pytest.raises(NotKept):
        keyring(tmp_path).set(NAME, SECRET)
    assert choose({}, tmp_path / "ids.json").lasts is False
    session.start_keyring()
    keyring(tmp_path).set(NAME, SECRET)
    assert session.lookup(SERVER.service, NAME.public_id) == SECRET
    assert not trap.exists()


def test_T6_nothing_is_imported_from_where_somebody_stands(
    unlocked: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "keyring.py").write_text("raise SystemExit('planted')")
    monkeypatch.chdir(tmp_path)
    keyring(tmp_path).set(NAME, SECRET)
    assert unlocked.lookup(SERVER.service, NAME.public_id) == SECRET
