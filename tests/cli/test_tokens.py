"""`workspaces tokens`: each command, its refusals and its exit codes."""

import csv
import sqlite3
from contextlib import closing
from types import SimpleNamespace

import pytest

from tests.cli.driver import Shell
from tests.secret_stores.secret_service import Session
from tui.backend.embedded import FILE_NAME
from tui.backend.http import calls


def made(shell: Shell, name: str = "ci") -> tuple[str, str]:
    """The id of a new token, and its secret."""
    answer = shell.done(f"tokens create --name {name} --json").json
    return answer["token"]["id"], answer["secret"]


def listed(shell: Shell) -> dict[str, str]:
    """Every token's status, by name."""
    return {each["name"]: each["status"] for each in shell.done("tokens list --all --json").json["items"]}


def test_T1_the_secret_is_printed_once_and_nothing_is_stored(acme: Shell) -> None:
    ran = acme.done("tokens create --name ci --expires-in 12h")
    facts = dict(line.split(": ", 1) for line in ran.lines)
    assert set(facts) == {"name", "id", "secret", "expires"}
    assert facts["secret"].startswith("as-")
    assert ran.err == "The secret cannot be shown again.\n"
    later = acme.done("tokens list")
    assert facts["id"] in later.out
    assert facts["secret"] not in later.out + later.err
    [row] = csv.DictReader(acme.done("tokens list --csv").lines)
    assert (row["id"], row["name"], row["here"]) == (facts["id"], "ci", "no")


@pytest.fixture
def forgetful(acme: Shell, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """A shell whose every change is the late repeat of the one before."""
    monkeypatch.setattr(calls, "secrets", SimpleNamespace(token_urlsafe=lambda _size: "one-key"))
    return acme


def is_an_hour_later(shell: Shell) -> None:
    with closing(sqlite3.connect(shell.home / "data" / FILE_NAME)) as database, database:
        database.execute("UPDATE idempotency_keys SET created_at = created_at - 3600000000")


def test_T1_a_secret_whose_answer_was_lost_is_said_to_be_lost(forgetful: Shell) -> None:
    token_id, _ = made(forgetful)
    forgetful.done(f"tokens rotate {token_id} --yes")
    is_an_hour_later(forgetful)
    for line in ("tokens create --name ci", f"tokens rotate {token_id} --yes"):
        ran = forgetful(line)
        assert (ran.code, "secret" in ran.out, token_id in ran.out) == (1, False, True)
        way_out = f"workspaces tokens rotate {token_id} --workspace acme"
        assert ran.err.endswith(f"The answer with the secret was lost. For a new one: {way_out}\n")
        repeated = forgetful(f"{line} --json")
        assert (repeated.code, repeated.json["secret"]) == (1, None)


def test_T1_a_token_is_called_after_this_computer_and_lives_90_days(acme: Shell) -> None:
    token = acme.done("tokens create --json").json["token"]
    assert token["name"]
    assert token["expires_at"] > token["created_at"]
    assert acme.done("tokens create --expires-in never --json").json["token"]["expires_at"] is None


@pytest.mark.parametrize("span", ["1m", "366d", "soon"])
def test_T1_no_token_lives_shorter_or_longer_than_the_service_allows(acme: Shell, span: str) -> None:
    ran = acme(f"tokens create --expires-in {span}")
    assert (ran.code, ran.out) == (2, "")
    assert "5m and 365d" in ran.err


def test_T3_a_token_is_renamed(acme: Shell) -> None:
    token_id, _ = made(acme)
    ran = acme.done(f"tokens rename {token_id} 'Nightly build'")
    back = f"workspaces tokens rename {token_id} ci --workspace acme"
    assert ran.lines == ["ci is now Nightly build.", f"To take it back: {back}"]
    acme.done(back.removeprefix("workspaces "))
    assert listed(acme) == {"ci": "active"}


def test_T3_tokens_are_disabled_and_the_way_back_is_named(acme: Shell) -> None:
    first, second = made(acme, "one")[0], made(acme, "two")[0]
    ran = acme("tokens disable - --yes", typed=f"{first}\n{second}\nak-nobody\n")
    back = f"workspaces tokens enable {first} {second} --workspace acme"
    assert (ran.code, ran.lines) == (5, ["one is disabled.", "two is disabled.", f"To take it back: {back}"])
    assert ran.err == "ak-nobody: acme has no token ak-nobody. (not_found)\n"
    acme.done(f"{back.removeprefix('workspaces ')} --yes")
    assert listed(acme) == {"one": "active", "two": "active"}


def test_T3_a_dry_run_changes_nothing(acme: Shell) -> None:
    token_id, _ = made(acme)
    assert acme.done(f"tokens delete {token_id} --dry-run").out == "Dry run: ci is deleted.\n"
    assert listed(acme) == {"ci": "active"}


def test_T3_nothing_is_ended_without_being_meant(acme: Shell) -> None:
    token_id, _ = made(acme)
    for act in ("disable", "delete", "rotate"):
        ran = acme(f"tokens {act} {token_id}")
        assert (ran.code, ran.out) == (2, "")
        assert "add --yes" in ran.err
    assert listed(acme) == {"ci": "active"}


def test_T3_rotating_kills_the_old_secret(acme: Shell) -> None:
    token_id, old = made(acme)
    answer = acme.done("tokens rotate - --yes --json", typed=f"{token_id}\r\n").json
    assert answer["token"]["id"] == token_id
    assert answer["secret"] != old
    assert acme("status", token=f"{token_id}.{old}").code == 3
    assert acme("status", token=f"{token_id}.{answer['secret']}").code == 0


def test_S2_a_token_makes_no_tokens(acme: Shell) -> None:
    token_id, secret = made(acme)
    ran = acme("tokens create", token=f"{token_id}.{secret}")
    assert (ran.code, ran.out) == (4, "")
    assert "(session_required)" in ran.err


def test_T3_a_user_sees_and_changes_own_tokens_only(acme: Shell) -> None:
    barbara = acme.seats("acme", barbara="user")["barbara"]
    mine, _ = made(acme)
    acme.done("tokens create --name hers --workspace acme", by=barbara)
    assert acme("tokens list --all --workspace acme", by=barbara).code == 4
    ran = acme.done("tokens list --json --workspace acme", by=barbara)
    assert [each["name"] for each in ran.json["items"]] == ["hers"]
    assert acme(f"tokens delete {mine} --yes --workspace acme", by=barbara).code == 5
    assert listed(acme) == {"ci": "active", "hers": "active"}


def test_T3_an_owner_stops_anothers_token_but_never_sees_its_secret(acme: Shell) -> None:
    barbara = acme.seats("acme", barbara="user")["barbara"]
    token = acme.done("tokens create --name hers --json --workspace acme", by=barbara).json["token"]["id"]
    ran = acme(f"tokens rotate {token} --yes")
    assert (ran.code, ran.out) == (4, "")
    acme.done(f"tokens disable {token} --yes")
    ran = acme(f"tokens enable {token} --yes --workspace acme", by=barbara)
    assert (ran.code, "(role_forbidden)" in ran.err) == (4, True)


def test_T3_each_result_is_told_as_the_service_tells_it(acme: Shell) -> None:
    token_id, _ = made(acme)
    results = acme(f"tokens delete {token_id} ak-nobody --yes --json").json["results"]
    assert [(each["id"], each["token"], each["problem"] and each["problem"]["code"]) for each in results] == [
        (token_id, None, None),
        ("ak-nobody", None, "not_found"),
    ]


def test_T6_where_no_store_lasts_no_token_is_made_to_be_kept(acme: Shell) -> None:
    ran = acme("tokens create --save")
    assert (ran.code, ran.out) == (1, "")
    assert "(secret_store_absent)" in ran.err
    assert listed(acme) == {}


def test_T4_T6_a_secret_is_kept_renewed_and_forgotten(acme: Shell, keyring: Session) -> None:
    ran = acme.done("tokens create --name ci --save --json")
    token_id, secret = ran.json["token"]["id"], ran.json["secret"]
    assert ran.err == "The secret is kept in Secret Service.\n"
    assert kept(acme, keyring) == {secret}
    [row] = csv.DictReader(acme.done("tokens list --csv").lines)
    assert row["here"] == "yes"
    ran = acme.done(f"tokens rotate {token_id} --yes --json")
    assert ran.err == "The secret is kept in Secret Service, in place of the old one.\n"
    assert kept(acme, keyring) == {ran.json["secret"]}
    acme.done(f"tokens delete {token_id} --yes")
    assert kept(acme, keyring) == set()


def test_T4_what_the_server_no_longer_knows_is_named_and_forgotten(acme: Shell, keyring: Session) -> None:
    token_id = acme.done("tokens create --name ci --save --json").json["token"]["id"]
    with pytest.MonkeyPatch.context() as elsewhere:
        elsewhere.setenv("WORKSPACES_SECRETS", "memory")
        acme.done(f"tokens delete {token_id} --yes")
    ran = acme.done("tokens list")
    assert f"not among your tokens on the server: {token_id}." in ran.err
    assert f"workspaces tokens delete {token_id}" in ran.err
    ran = acme.done(f"tokens delete {token_id} --yes")
    assert ran.err == f"The secret of {token_id} is forgotten.\n"
    assert kept(acme, keyring) == set()


def test_T4_a_token_of_another_workspace_is_not_forgotten(acme: Shell, keyring: Session) -> None:
    token_id = acme.done("tokens create --name ci --save --json").json["token"]["id"]
    acme.done("create labs")
    assert token_id not in acme.done("tokens list --workspace labs").err
    assert acme(f"tokens delete {token_id} --yes --workspace labs").code == 5
    assert len(kept(acme, keyring)) == 1


def test_T4_S2_by_a_token_no_secret_of_another_workspace_is_called_unknown(acme: Shell, keyring: Session) -> None:
    """It sees its own workspace only."""
    acme.done("tokens create --name ci --save")
    acme.done("create labs")
    made = acme.done("tokens create --workspace labs --save --json").json
    ran = acme("tokens list", token=f"{made['token']['id']}.{made['secret']}")
    assert (ran.code, ran.err, len(kept(acme, keyring))) == (0, "", 2)


def test_T4_a_secret_of_another_person_that_works_is_not_forgotten(acme: Shell, keyring: Session) -> None:
    barbara = acme.seats("acme", barbara="user")["barbara"]
    made = acme.done("tokens create --save --json --workspace acme", by=barbara).json
    acme.done("create labs")
    ran = acme(f"tokens delete {made['token']['id']} --yes --workspace labs")
    assert ran.code == 5
    assert kept(acme, keyring) == {made["secret"]}


def kept(shell: Shell, keyring: Session) -> set[str]:
    installation = (shell.home / "data" / "installation").read_text()
    return keyring.kept(f"Workspaces embedded {installation}")
