"""`workspaces list`, `create`, `rename`, `delete`, `leave`, `activate`."""

import pytest

from tests.cli.driver import Shell


def names(shell: Shell) -> list[str]:
    return [str(each["name"]) for each in shell.done("list --json").json["items"]]


def test_W3_create_says_what_takes_it_back(shell: Shell) -> None:
    assert shell.done("create acme").lines == [
        "acme is made, and you are its Owner.",
        "To take it back: workspaces delete acme",
    ]
    assert "acme" in names(shell)


def test_W2_a_bad_name_is_refused(shell: Shell) -> None:
    ran = shell("create Acme")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.endswith("(name_invalid)\n")


def test_W2_a_taken_name_is_refused(acme: Shell) -> None:
    ran = acme("create acme")
    assert ran.code == 6
    assert ran.err.endswith("(name_taken)\n")


def test_W6_the_list_marks_the_active_one(acme: Shell) -> None:
    lines = acme.done("list").lines
    assert lines[0].split()[0] == "NAME"
    assert [line.split()[1] for line in lines if line.startswith("*")] == ["acme"]


def test_W9_rename_and_back(acme: Shell) -> None:
    ran = acme.done("rename acme analytical-engine")
    assert ran.lines == [
        "acme is now called analytical-engine.",
        "To take it back: workspaces rename analytical-engine acme",
    ]
    assert acme.done("status --json --workspace analytical-engine").code == 0
    assert acme.done("rename analytical-engine acme --json").json["name"] == "acme"


def test_W9_only_an_owner_renames(acme: Shell) -> None:
    people = acme.seats("acme", maria="manager")
    ran = acme("rename acme mine", by=people["maria"])
    assert ran.code == 4
    assert ran.err.endswith("(role_forbidden)\n")


def test_W9_delete(acme: Shell) -> None:
    assert acme("delete acme").code == 2
    assert acme.done("delete acme --yes").lines == ["acme is deleted."]
    assert "acme" not in names(acme)
    assert acme("delete acme --yes").code == 5
    acme.done("create labs")
    assert acme.done("delete labs --yes --json").json is None


def test_W7_leave(acme: Shell) -> None:
    people = acme.seats("acme", ulla="user")
    assert acme.done("leave acme --yes", by=people["ulla"]).lines == ["You have left acme."]
    refused = acme("leave acme --yes")
    assert refused.code == 6
    assert refused.err.endswith("(last_owner)\n")


def test_W7_nobody_leaves_a_personal_workspace(shell: Shell) -> None:
    mine = shell.done("status --json").json["user"]["username"]
    personal = names(shell)[0]
    assert mine
    ran = shell(f"leave {personal} --yes")
    assert ran.code == 6
    assert ran.err.endswith("(personal_workspace)\n")


def test_activate_is_remembered(acme: Shell) -> None:
    acme.done("create labs")
    first = acme.done("members list --json").json["items"]
    ran = acme.done("activate labs")
    assert ran.lines == ["labs is active.", "To take it back: workspaces activate acme"]
    assert ran.err == "Its profile is labs, without a token. Secrets are kept for this run only.\n"
    assert acme.done("activate labs").err == ""
    assert "* labs" in " ".join(acme.done("list").out.split())
    assert first


def test_W6_where_one_is_disabled_nothing_opens(acme: Shell) -> None:
    people = acme.seats("acme", "disabled", ulla="user")
    assert "disabled" in acme.done("list", by=people["ulla"]).out
    ran = acme("activate acme", by=people["ulla"])
    assert ran.code == 4
    assert ran.err.endswith("(member_disabled)\n")


def test_a_name_comes_from_standard_input(shell: Shell) -> None:
    assert shell.done("create -", typed="acme\n").lines[0] == "acme is made, and you are its Owner."


@pytest.mark.parametrize("typed", ["", "one two"])
def test_standard_input_must_hold_one_name(shell: Shell, typed: str) -> None:
    assert shell("create -", typed=typed).code == 2


def test_no_such_workspace(shell: Shell) -> None:
    ran = shell("--workspace nowhere members list")
    assert (ran.code, ran.out) == (5, "")
    assert ran.err.endswith("(not_found)\n")
