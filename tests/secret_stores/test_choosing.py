"""Which store is used, and what it says when it is not the one that a person would want."""

from pathlib import Path

import pytest

from tests.secret_stores.secret_service import Session
from tui.domain.errors import Refused
from tui.secret_stores.choosing import choose
from tui.secret_stores.store import Condition, NotKept, SecretName, ServerName

NAME = SecretName(ServerName.of("https://ws.example.com"), "ak-1")


def test_T6_the_keyring_comes_first(unlocked: Session, tmp_path: Path) -> None:
    store = choose({}, tmp_path / "ids.json")
    assert store.lasts
    store.set(NAME, "as-secret")
    assert unlocked.lookup("Workspaces ws.example.com", "ak-1") == "as-secret"


@pytest.mark.usefixtures("session")
def test_T6_without_a_keyring_secrets_last_for_this_run_only(tmp_path: Path) -> None:
    store = choose({}, tmp_path / "ids.json")
    assert not store.lasts
    assert store.name == "this run only"
    assert "No keyring is running" in store.state().sentence
    assert store.state().advice
    store.set(NAME, "as-secret")
    assert choose({}, tmp_path / "ids.json").get(NAME) is None
    assert list(tmp_path.iterdir()) == []


def test_T6_a_locked_keyring_stays_the_store(unlocked: Session, tmp_path: Path) -> None:
    unlocked.lock_keyring()
    store = choose({}, tmp_path / "ids.json")
    assert store.lasts
    assert store.state().condition is Condition.LOCKED


@pytest.mark.usefixtures("session")
def test_T6_a_keyring_that_was_asked_for_is_not_replaced(tmp_path: Path) -> None:
    store = choose({"WORKSPACES_SECRETS": "keyring"}, tmp_path / "ids.json")
    with pytest.raises(NotKept):
        store.set(NAME, "as-secret")


@pytest.mark.usefixtures("unlocked")
def test_T6_this_run_only_can_be_asked_for(tmp_path: Path) -> None:
    store = choose({"WORKSPACES_SECRETS": "memory"}, tmp_path / "ids.json")
    assert not store.lasts
    assert store.state().condition is Condition.READY
    assert store.state().advice == ""


@pytest.mark.parametrize(
    ("path", "condition", "sentence"),
    [
        ("keyring.backends.macOS.Keyring", Condition.ABSENT, "does not work here"),
        ("keyring.backends.no_such.Keyring", Condition.ABSENT, "no keyring class"),
        ("keyring.backends.fail.NoSuch", Condition.ABSENT, "no keyring class"),
        ("misbehaving.Unprobed", Condition.READY, "misbehaving.Unprobed"),
    ],
)
@pytest.mark.usefixtures("other_keyrings", "unlocked")
def test_T6_a_keyring_class_can_be_named(path: str, condition: Condition, sentence: str, tmp_path: Path) -> None:
    state = choose({"WORKSPACES_SECRETS": path}, tmp_path / "ids.json").state()
    assert state.condition is condition
    assert sentence in state.sentence


@pytest.mark.parametrize("value", ["plain", "Keyring", " "])
def test_T6_a_store_that_is_not_known_is_refused(value: str, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="keyring, memory"):
        choose({"WORKSPACES_SECRETS": value}, tmp_path / "ids.json")


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"a": 1}', b"\xff"])
@pytest.mark.usefixtures("other_keyrings", "unlocked")
def test_T4_a_damaged_index_hides_ids_but_no_secret(damage: bytes, tmp_path: Path) -> None:
    store = choose({"WORKSPACES_SECRETS": "misbehaving.Unprobed"}, tmp_path / "ids.json")
    store.set(NAME, "as-secret")
    (tmp_path / "ids.json").write_bytes(damage)
    assert store.ids(NAME.server) == set()
    assert store.get(NAME) == "as-secret"
    store.set(NAME, "as-secret")
    assert store.ids(NAME.server) == {"ak-1"}
