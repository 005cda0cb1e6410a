"""How lists are written: for eyes, for screen readers, for terminals of every width."""

import pytest

from tests.cli.driver import Shell


def test_a_terminal_as_wide_as_said_is_not_overrun(acme: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    acme.seats("acme", barbara="user")
    for columns in (40, 80, 100, 140, 200):
        monkeypatch.setenv("COLUMNS", str(columns))
        lines = acme.done("members list").lines
        assert max(map(len, lines)) <= columns
        assert lines[0].startswith("USERNAME")
    monkeypatch.setenv("COLUMNS", "80")
    assert "EMAIL" not in acme.done("members list").lines[0]
    monkeypatch.setenv("COLUMNS", "140")
    assert "JOINED BY" in acme.done("members list").lines[0]


def test_for_screen_readers_a_row_is_lines_of_names_and_values(acme: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    acme.seats("acme", barbara="user")
    monkeypatch.setenv("WORKSPACES_ACCESSIBLE", "1")
    lines = acme.done("members list --query barbara").lines
    assert lines[:4] == ["Username: barbara", "Name: barbara", "Email: barbara@example.org", "Role: User"]


def test_moments_are_rfc_3339(acme: Shell) -> None:
    assert acme.done("activity").lines[1].split()[0].endswith("Z")


def test_nothing_is_coloured(acme: Shell) -> None:
    assert "\x1b" not in acme.done("members list").out


def test_an_empty_list_says_so_beside_its_output(acme: Shell) -> None:
    ran = acme.done("members list --query nobody")
    assert (ran.out, ran.err) == ("", "There is nothing to list.\n")
    assert acme.done("members list --query nobody --json").json["items"] == []
    assert acme.done("members list --query nobody --csv").lines[0].startswith("username,display_name,")


def test_json_is_the_services_own_objects(acme: Shell) -> None:
    member = acme.done("members list --json").json["items"][0]
    assert {"user_id", "username", "role", "version", "refusals", "role_refusals", "is_self"} <= set(member)
    workspace = acme.done("list --json").json["items"][0]
    assert {"id", "name", "kind", "active_members", "revision", "refusals"} <= set(workspace)


@pytest.mark.parametrize("format", ["", "--csv", "--json"])
def test_a_list_that_is_refused_leaves_standard_output_empty(acme: Shell, format: str) -> None:
    barbara = acme.seats("acme", barbara="user")["barbara"]
    refused = acme(f"invites list --workspace acme {format}", by=barbara)
    assert (refused.code, refused.out) == (4, "")


def test_json_and_csv_are_one_or_the_other(acme: Shell) -> None:
    assert acme("members list --json --csv").code == 2
