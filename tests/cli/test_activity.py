"""`workspaces activity`."""

import pytest

from tests.cli.driver import Shell


def test_A1_what_was_done_is_listed_newest_first(acme: Shell) -> None:
    acme.seats("acme", barbara="user")
    acme.done("members set-role barbara manager")
    acme.done("members disable barbara --yes")
    entries = acme.done("activity --json").json["items"]
    assert [each["action"] for each in entries] == ["members.set_status", "members.set_role", "workspaces.create"]
    assert {each["context"]["source"] for each in entries} == {"cli"}
    assert "disabled" in acme.done("activity").lines[1]


def test_A1_it_is_filtered_by_person_kind_target_and_time(acme: Shell) -> None:
    people = acme.seats("acme", barbara="user", olga="owner")
    acme.done("members set-role barbara manager")
    acme.done("members set-role barbara user", by=people["olga"])

    def found(options: str) -> int:
        return len(acme.done(f"activity --json {options}").json["items"])

    assert found("--actor olga") == 1
    assert found("--action members.*") == 2
    assert found("--action workspaces.create") == 1
    assert found(f"--target {people['barbara'].id}") == 2
    assert found("--target barbara@example.org --since 7d") == 2
    assert found("--until 2020-01-01") == 0


def test_A1_ones_own_acts_of_the_account(shell: Shell) -> None:
    acts = [each["action"] for each in shell.done("activity --mine --json").json["items"]]
    assert acts == ["workspaces.create", "users.create"]
    assert shell("activity --mine --actor ada").code == 2


def test_A1_a_user_may_not_read_it(acme: Shell) -> None:
    people = acme.seats("acme", ulla="user")
    ran = acme("activity --workspace acme", by=people["ulla"])
    assert ran.code == 4
    assert ran.err.endswith("(role_forbidden)\n")


@pytest.mark.parametrize("when", ["yesterday", "7w", "2026-13-01", "9999999d", ""])
def test_what_is_no_time_is_wrong_usage(shell: Shell, when: str) -> None:
    assert shell(f"activity --since '{when}'").code == 2
