"""What holds for every secret store (T6); `tests/secret_stores` has what is special to each."""

from pathlib import Path

import pytest

from tui.domain.errors import Refused
from tui.secret_stores.choosing import choose
from tui.secret_stores.store import Condition, SecretName, SecretStore, ServerName

HERE = ServerName.of("https://ws.example.com")
THERE = ServerName.of("https://ws.example.org")
EMBEDDED = ServerName.embedded("0a1b2c")
ID = "ak-0123456789abcdefghij"
OTHER_ID = "se-0123456789abcdefghij"


@pytest.fixture(params=["memory", "keyring", "misbehaving.Unprobed"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> SecretStore:
    """This run only; the keyring of the system; any other keyring class, named by its path."""
    if request.param == "memory":
        return choose({"WORKSPACES_SECRETS": "memory"}, tmp_path / "ids.json")
    request.getfixturevalue("other_keyrings")
    request.getfixturevalue("unlocked")
    return choose({"WORKSPACES_SECRETS": request.param}, tmp_path / "state" / "ids.json")


def test_T6_what_is_set_is_there_until_it_is_deleted(store: SecretStore) -> None:
    name = SecretName(HERE, ID)
    assert store.get(name) is None
    store.set(name, "first")
    assert store.get(name) == "first"
    store.set(name, "second")
    assert store.get(name) == "second"
    assert store.delete(name) is True
    assert store.get(name) is None
    assert store.delete(name) is False


def test_T6_a_secret_is_found_under_its_own_server_only(store: SecretStore) -> None:
    store.set(SecretName(HERE, ID), "here")
    assert [store.get(SecretName(server, ID)) for server in (THERE, EMBEDDED)] == [None, None]
    assert store.delete(SecretName(THERE, ID)) is False
    store.set(SecretName(THERE, ID), "there")
    assert [store.get(SecretName(server, ID)) for server in (HERE, THERE)] == ["here", "there"]


def test_T4_the_ids_of_a_server_are_listed(store: SecretStore) -> None:
    assert store.ids(HERE) == set()
    for name in (SecretName(HERE, ID), SecretName(HERE, OTHER_ID), SecretName(THERE, ID)):
        store.set(name, "secret")
    assert store.ids(HERE) == {ID, OTHER_ID}
    assert store.ids(THERE) == {ID}
    assert store.ids(EMBEDDED) == set()
    store.delete(SecretName(HERE, ID))
    assert store.ids(HERE) == {OTHER_ID}


@pytest.mark.parametrize("secret", ["", "as-" + "x" * 200, "línea\n\tπ 🔑 \\u0000 \"'$(id)`"])
def test_T6_a_secret_comes_back_as_it_went_in(store: SecretStore, secret: str) -> None:
    store.set(SecretName(EMBEDDED, ID), secret)
    assert store.get(SecretName(EMBEDDED, ID)) == secret


@pytest.mark.parametrize("id", ["", "ak-\0", "ak 1", "../ak", "a" * 65, "ak-é", "ak-1\n"])
def test_T6_what_is_no_id_never_reaches_a_store(id: str) -> None:
    with pytest.raises(Refused):
        SecretName(HERE, id)


def test_a_store_says_how_it_is(store: SecretStore) -> None:
    assert store.state().condition is Condition.READY
    assert store.state().sentence
    assert store.name
