"""`workspaces invites`: each command, its refusals and its exit codes, on the real service."""

import csv
from pathlib import Path
from typing import Any

import pytest

from tests.cli.driver import Shell
from tests.server.outside.post_office import post_office
from tests.server.test_serve import serving

ALONE = "Nobody else can reach this server: for a team, run workspaces serve."


def pending(shell: Shell) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = shell.done("invites list --sort email --json").json["items"]
    return items


def ids(shell: Shell) -> list[str]:
    return [each["id"] for each in pending(shell)]


def link_of(shell: Shell, line: str = "invites link") -> str:
    return shell.done(line).out.strip()


def test_I1_I5_links_alone_are_on_standard_output(acme: Shell) -> None:
    ran = acme("invites send nora@example.org quinn@example.net --role manager")
    assert ran.code == 0
    assert [line.split()[0] for line in ran.lines] == ["nora@example.org", "quinn@example.net"]
    assert all(line.split()[1].startswith("workspaces:embedded#ic-") for line in ran.lines)
    assert ran.err.splitlines() == [ALONE]
    assert [(each["email"], each["role"]) for each in pending(acme)] == [
        ("nora@example.org", "manager"),
        ("quinn@example.net", "manager"),
    ]


def test_I1_addresses_come_from_standard_input_as_people_paste_them(acme: Shell) -> None:
    acme.done("invites send -", typed="Nora Lake <nora@example.org>, QUINN@example.net;\nquinn@example.net\n")
    assert [each["email"] for each in pending(acme)] == ["nora@example.org", "QUINN@example.net"]


def test_I1_each_address_gets_its_result_and_the_exit_code_is_the_highest(acme: Shell) -> None:
    acme.seats("acme", barbara="user")
    acme.done("invites send nora@example.org")
    ran = acme("invites send pavel@example barbara@example.org nora@example.org quinn@example.net --json")
    assert ran.code == 6
    codes = [(each["email"], (each["problem"] or {}).get("code")) for each in ran.json["results"]]
    assert codes == [
        ("pavel@example", "email_invalid"),
        ("barbara@example.org", "already_member"),
        ("nora@example.org", "already_invited"),
        ("quinn@example.net", None),
    ]
    assert ran.json["results"][3]["link"].startswith("workspaces:embedded#")
    told = acme("invites send pavel@example")
    assert (told.code, told.out) == (1, "")
    assert "pavel@example: An address looks like name@example.org. (email_invalid)" in told.err


def test_I1_more_addresses_than_one_call_takes(acme: Shell) -> None:
    ran = acme.done("invites send - --json", typed="\n".join(f"p{number}@example.org" for number in range(201)))
    assert [each["email"] for each in ran.json["results"]][::200] == ["p0@example.org", "p200@example.org"]
    assert all(each["link"] for each in ran.json["results"])


def test_I1_a_dry_run_sends_nothing(acme: Shell) -> None:
    acme.seats("acme", barbara="user")
    acme.done("invites send nora@example.org")
    ran = acme("invites send quinn@example.net barbara@example.org NORA@example.org oops --dry-run")
    assert (ran.code, ran.lines) == (6, ["Dry run: quinn@example.net is invited as User."])
    assert [line.rsplit(" ", 1)[1] for line in ran.err.splitlines()[1:]] == [
        "(already_member)",
        "(already_invited)",
        "(email_invalid)",
    ]
    assert len(pending(acme)) == 1


def test_I1_expiry_is_a_week_unless_said_otherwise(acme: Shell) -> None:
    acme.done("invites send nora@example.org --expires-in never")
    assert pending(acme)[0]["expires_at"] is None
    assert acme("invites send quinn@example.net --expires-in 1m").code == 2


def test_I2_a_link_with_a_label_an_end_and_so_many_uses(acme: Shell) -> None:
    ran = acme("invites link --role manager --max-uses 5 --label course --json")
    assert ran.code == 0
    assert ran.json["link"].startswith("workspaces:embedded#")
    invite = ran.json["invite"]
    assert (invite["role"], invite["max_uses"], invite["label"], invite["kind"]) == ("manager", 5, "course", "link")
    assert acme("invites link --role owner").code == 2
    assert link_of(acme).startswith("workspaces:embedded#")


def test_I4_the_list_is_filtered_and_written_as_csv(acme: Shell) -> None:
    acme.done("invites send nora@example.org quinn@example.net")
    acme.done(f"invites revoke {ids(acme)[0]} --yes")
    assert [each["email"] for each in pending(acme)] == ["quinn@example.net"]
    rows = list(csv.DictReader(acme.done("invites list --status all --sort email --csv").lines))
    assert [(row["name"], row["status"]) for row in rows] == [
        ("nora@example.org", "revoked"),
        ("quinn@example.net", "pending"),
    ]
    assert [each["email"] for each in acme.done("invites list --query quinn --kind email --json").json["items"]] == [
        "quinn@example.net"
    ]
    assert "quinn@example.net" in acme.done("invites list").out


def test_I4_invites_are_sent_again_and_the_old_link_is_dead(acme: Shell) -> None:
    old = acme.done("invites send nora@example.org").out.split()[1]
    [id] = ids(acme)
    ran = acme(f"invites resend {id} in-{'0' * 20} --yes")
    assert ran.code == 5
    name, new = ran.out.split()
    assert (name, new != old) == ("nora@example.org", True)
    assert "The invite of nora@example.org has a new code; the old one is dead." in ran.err
    assert "(not_found)" in ran.err
    assert acme("invites accept -", typed=old).code == 5


def test_I4_as_json_each_has_its_link_or_its_problem(acme: Shell) -> None:
    acme.done("invites send nora@example.org quinn@example.net")
    nora, quinn = ids(acme)
    acme.done(f"invites revoke {quinn} --yes")
    ran = acme(f"invites resend {nora} {quinn} --yes --json")
    assert ran.code == 6
    first, second = ran.json["results"]
    assert (first["id"], first["problem"]) == (nora, None)
    assert first["link"].startswith("workspaces:embedded#")
    assert (second["link"], second["problem"]["code"]) == (None, "invite_revoked")


def test_I4_many_are_revoked_at_once(acme: Shell) -> None:
    acme.done("invites send nora@example.org quinn@example.net")
    typed = "\n".join(ids(acme))
    assert acme("invites revoke -", typed=typed).code == 2
    dry = acme.done("invites revoke - --dry-run", typed=typed)
    assert dry.lines == [
        f"Dry run: The invite of {name} is revoked." for name in ("nora@example.org", "quinn@example.net")
    ]
    assert acme.done("invites revoke - --yes", typed=typed).lines[0] == "The invite of nora@example.org is revoked."
    assert pending(acme) == []


def test_I3_somebody_with_an_account_joins(acme: Shell) -> None:
    nora = acme.seats("acme", nora="user")["nora"]
    acme.done("create labs")
    link = link_of(acme, "invites link --role manager --workspace labs")
    ran = acme.done("invites accept - --json", typed=link, by=nora)
    assert (ran.json["workspace"]["name"], ran.json["workspace"]["role"]) == ("labs", "manager")
    assert ran.json["secret"] is None
    assert acme.done("invites accept -", typed=link, by=nora).out == "You are in labs, as Manager.\n"


@pytest.mark.usefixtures("keyring")
def test_I3_a_new_user_of_this_computer_has_it_from_then_on(acme: Shell) -> None:
    link = link_of(acme)
    ran = acme("invites accept - --username nora --email nora@example.org", typed=f"{link}\n")
    assert (ran.code, ran.lines[0]) == (0, "You are nora on this computer, in acme.")
    status = acme.done("status --json").json
    assert (status["user"]["username"], status["user"]["email"]) == ("nora", "nora@example.org")
    assert {each["name"] for each in acme.done("list --json").json["items"]} == {"acme", "nora"}
    acme.done("logout --yes")
    assert acme.done("status --json").json["user"]["username"] != "nora"


@pytest.mark.usefixtures("keyring")
def test_I3_S1_a_new_user_of_a_server_is_signed_in_to_it(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(tmp_path, "--open-signup", expect_link=True) as served:
        monkeypatch.setenv("WORKSPACES_SERVER", served.address)
        grace = shell.signs_up(served.address, "grace")
        shell.done("create acme", by=grace)
        link = shell.done("invites link --role manager --workspace acme", by=grace).out.strip()
        monkeypatch.delenv("WORKSPACES_SERVER")
        ran = shell.done("invites accept - --username nora --json", typed=link)
        assert (ran.json["user"]["username"], ran.json["workspace"]["name"]) == ("nora", "acme")
        assert ran.json["secret"] is None
        members = shell.done("members list --json").json["items"]
        assert [(each["username"], each["role"]) for each in members] == [("grace", "owner"), ("nora", "manager")]


def test_I3_what_is_no_invite_is_refused(acme: Shell) -> None:
    code = "ic-" + "x" * 43
    for typed, said, exit_code in [
        ("hello", "(input_invalid)", 1),
        (code, "(invite_unknown)", 5),
        (f"https://x.example.org/i#setup.{code}", "workspaces login -", 1),
        ("", "(usage)", 2),
    ]:
        ran = acme("invites accept -", typed=typed)
        assert (ran.code, ran.out) == (exit_code, ""), ran
        assert said in ran.err
    assert acme(f"invites accept workspaces:embedded#{code}").code == 2


def test_I3_at_a_terminal_the_link_is_asked_for(acme: Shell) -> None:
    """One line is enough, nobody has to know how standard input ends; what lets somebody in is not shown (I5)."""
    link = acme.done("invites link --workspace acme").out.strip()
    ran = acme.at_terminal("invites accept -", link)
    assert ran.code == 0, ran
    assert "Link:" in ran.err
    assert link not in ran.err


def test_T6_a_credential_stays_with_its_server(acme: Shell) -> None:
    """The link leads elsewhere: what signs in here is not sent there."""
    nora = acme.seats("acme", nora="user")["nora"]
    ran = acme("invites accept -", typed="http://127.0.0.1:9/i#ic-" + "x" * 43, by=nora)
    assert (ran.code, "You are not signed in to http://127.0.0.1:9." in ran.err) == (3, True)


def test_I3_where_nothing_keeps_the_session_no_account_is_made(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(tmp_path, "--open-signup", expect_link=True) as served:
        monkeypatch.setenv("WORKSPACES_SERVER", served.address)
        grace = shell.signs_up(served.address, "grace")
        shell.done("create acme", by=grace)
        link = shell.done("invites link --workspace acme", by=grace).out.strip()
        assert link.startswith(f"{served.address}/i#ic-")
        ran = shell("invites accept - --username nora", typed=link)
        assert (ran.code, ran.out) == (1, "")
        assert ran.err.startswith("No account is made, for its session could not be kept.")
        members = shell.done("members list --workspace acme --json", by=grace).json["items"]
        assert [each["username"] for each in members] == ["grace"]


def test_I1_a_mail_goes_out_and_its_state_is_listed(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with post_office() as office, serving(tmp_path, "--open-signup", expect_link=True, smtp=office.url) as served:
        monkeypatch.setenv("WORKSPACES_SERVER", served.address)
        grace = shell.signs_up(served.address, "grace")
        shell.done("create acme", by=grace)
        ran = shell.done("invites send nora@example.org --workspace acme", by=grace)
        assert (ran.out, ran.err) == ("", "nora@example.org is invited as User. The mail is on its way.\n")
        [letter] = office.wait_for(1)
        assert letter["To"] == "nora@example.org"


def test_M1_a_user_invites_nobody(acme: Shell) -> None:
    nora = acme.seats("acme", nora="user")["nora"]
    for line in ("send quinn@example.net", "link", "list"):
        ran = acme(f"invites {line} --workspace acme", by=nora)
        assert (ran.code, ran.out) == (4, "")
        assert "(role_forbidden)" in ran.err
