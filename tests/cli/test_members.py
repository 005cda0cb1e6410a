"""`workspaces members`: each command, its refusals and its exit codes."""

import csv

import pytest

from tests.cli.driver import Shell


def role_of(shell: Shell, username: str) -> str:
    members = shell.done("members list --json").json["items"]
    return next(str(each["role"]) for each in members if each["username"] == username)


def test_M1_a_role_is_given_and_the_way_back_is_named(acme: Shell) -> None:
    acme.seats("acme", barbara="user")
    ran = acme("members set-role barbara Manager")
    back = "workspaces members set-role barbara user --workspace acme"
    assert (ran.code, ran.out) == (0, f"barbara is now Manager.\nTo take it back: {back}\n")
    acme.done(back.removeprefix("workspaces "))
    assert role_of(acme, "barbara") == "user"


def test_member_is_another_word_for_user(acme: Shell) -> None:
    acme.seats("acme", barbara="manager")
    assert acme.done("members set-role barbara MEMBER").lines[0] == "barbara is now User."


def test_a_member_is_named_by_id_email_or_username(acme: Shell) -> None:
    barbara = acme.seats("acme", barbara="user")["barbara"]
    for name in (barbara.id, "Barbara@Example.org", "barbara"):
        ran = acme.done(f"members set-role {name} user --json")
        assert [each["user_id"] for each in ran.json["results"]] == [barbara.id]


def test_one_member_named_twice_is_one_target(acme: Shell) -> None:
    acme.seats("acme", barbara="user")
    assert len(acme.done("members set-role barbara barbara@example.org user --json").json["results"]) == 1


def test_an_address_of_two_members_is_refused(acme: Shell) -> None:
    """An address that nobody has proved may be two people's."""
    acme.seats("acme", barbara="user")
    acme.seats("acme", **{"barbara-2": "user"})
    acme.writes("barbara-2", email="barbara@example.org", email_folded="barbara@example.org")
    ran = acme("members remove barbara@example.org --yes")
    assert (ran.code, ran.out) == (6, "")
    assert ran.err.endswith("Name one by username. (ambiguous)\n")


def test_M6_names_come_from_standard_input_and_each_gets_its_result(acme: Shell) -> None:
    acme.seats("acme", alan="user", barbara="user")
    ran = acme("members set-role - manager --yes", typed="alan\nnobody\r\nbarbara\n")
    assert ran.code == 5
    assert ran.lines == [
        "alan is now Manager.",
        "barbara is now Manager.",
        "To take it back: workspaces members set-role alan barbara user --workspace acme",
    ]
    assert ran.err == "nobody: acme has no member nobody. (not_found)\n"


def test_M6_as_many_names_as_come(acme: Shell) -> None:
    acme.fills("acme", 230)
    names = "\n".join(f"person-{number:03}" for number in range(230))
    ran = acme.done("members set-role - manager --yes --json", typed=names)
    assert [each["member"]["role"] for each in ran.json["results"]] == ["manager"] * 230


def test_M6_a_dry_run_changes_nothing(acme: Shell) -> None:
    acme.seats("acme", alan="user", barbara="user")
    ran = acme("members set-role alan barbara manager --dry-run")
    assert (ran.code, ran.lines) == (0, ["Dry run: alan is now Manager.", "Dry run: barbara is now Manager."])
    assert role_of(acme, "alan") == "user"


def test_M6_the_exit_code_of_many_is_the_highest(acme: Shell) -> None:
    people = acme.seats("acme", maria="manager", olga="owner", ulla="user")
    ran = acme("members set-role ulla olga manager --yes --json --workspace acme", by=people["maria"])
    assert ran.code == 4
    assert [(each["problem"] or {}).get("code") for each in ran.json["results"]] == [None, "role_forbidden"]
    assert ran.json["results"][0]["member"]["role"] == "manager"
    assert ran.err == ""


def test_M3_disable_and_enable(acme: Shell) -> None:
    acme.seats("acme", barbara="user")
    ran = acme.done("members disable barbara --yes")
    assert ran.lines == ["barbara is disabled.", "To take it back: workspaces members enable barbara --workspace acme"]
    assert acme.done("members enable barbara --yes").lines[0] == "barbara is enabled."


def test_M7_remove(acme: Shell) -> None:
    acme.seats("acme", barbara="user")
    assert acme.done("members remove barbara --yes").lines == ["barbara is no longer a member."]
    assert acme("members remove barbara --yes").code == 5


def test_M8_hand_over(acme: Shell) -> None:
    people = acme.seats("acme", barbara="user")
    ran = acme.done("members hand-over barbara --step-down-to user --yes --json")
    assert set(ran.json) == {"owner", "self"}
    assert (ran.json["owner"]["username"], ran.json["owner"]["role"]) == ("barbara", "owner")
    assert (ran.json["self"]["is_self"], ran.json["self"]["role"]) == (True, "user")
    assert acme.done("list --json").json["items"][0]["role"] == "user"
    log = acme.done("activity --workspace acme --action members.hand_over --csv", by=people["barbara"]).out
    assert "stepped down" in log
    assert "handed over to,barbara" in log


def test_M2_W8_what_the_rules_refuse(acme: Shell) -> None:
    me = acme.done("status --json").json["user"]["username"]
    for line, code in [
        (f"members disable {me}", "self_disable"),
        (f"members remove {me}", "self_remove"),
        (f"members set-role {me} user", "last_owner"),
    ]:
        ran = acme(f"{line} --yes")
        assert (ran.code, ran.out) == (6, "")
        assert ran.err.endswith(f"({code})\n")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("members disable barbara", "barbara is locked out of acme at once."),
        ("members enable barbara", "barbara is enabled in acme again."),
        ("members remove barbara", "This cannot be taken back; a removed person can be invited again."),
        ("members hand-over barbara", "Only an Owner can make you Owner again."),
        ("members set-role barbara owner", "barbara becomes Owner (now User)."),
        ("members set-role alan barbara manager", "2 members become Manager."),
    ],
)
def test_without_a_terminal_what_must_be_meant_needs_yes(acme: Shell, line: str, said: str) -> None:
    acme.seats("acme", alan="user", barbara="user")
    ran = acme(line)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err.splitlines()
    assert "add --yes" in ran.err
    assert [role_of(acme, name) for name in ("alan", "barbara")] == ["user", "user"]


def test_M4_the_list_is_filtered_sorted_and_cut(acme: Shell) -> None:
    acme.seats("acme", alan="manager", barbara="user", carol="user")
    ran = acme.done("members list --role user --role manager --sort -username --limit 2 --json")
    assert [each["username"] for each in ran.json["items"]] == ["carol", "barbara"]
    assert (ran.json["total"], ran.json["total_is"]) == (3, "exact")
    assert ran.json["next"]
    assert [each["username"] for each in acme.done("members list --query alan --json").json["items"]] == ["alan"]


def test_M4_everything_is_printed_past_one_page(acme: Shell) -> None:
    acme.fills("acme", 205)
    document = acme.done("members list --json").json
    assert (len(document["items"]), document["total"], document["next"]) == (206, 206, None)
    assert len(acme.done("members list").lines) == 207


@pytest.mark.parametrize(
    ("name", "cell"),
    [
        ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'␉=1"),
        ("\r=1", "'␍=1"),
        ("\ufe0f\u0301=1+1", "'=1+1"),
        ("1=1", "1=1"),
    ],
)
def test_csv_has_no_cell_that_a_spreadsheet_calculates(acme: Shell, name: str, cell: str) -> None:
    """Nor one that would be calculated without the marks before it, which are not written."""
    acme.seats("acme", barbara="user")
    acme.writes("barbara", display_name=name)
    [row] = csv.DictReader(acme.done("members list --role user --csv").lines)
    assert row["display_name"] == cell
    assert row["joined_at"].endswith("Z")


def test_what_others_wrote_is_harmless(acme: Shell) -> None:
    acme.seats("acme", barbara="user")
    acme.writes("barbara", display_name="\x1b]52;c;aGk=\x07 [red]x[/] \u202egnp")
    for line in ("members list", "members list --csv", "members list --json"):
        out = acme.done(line).out
        assert not {"\x1b", "\x07", "\u202e"} & set(out)
        assert "[red]x[/]" in out
