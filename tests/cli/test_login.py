"""`workspaces login`, `logout` and `account`, at a served instance and at home."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.cli.driver import Shell
from tests.secret_stores.secret_service import Session
from tests.server.driver import DEVICE
from tests.server.test_serve import Served, serving


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """An empty server that anybody may sign up to."""
    with serving(tmp_path, "--open-signup", expect_link=True) as served:
        yield served


def sessions_of(served: Served, shell: Shell, username: str) -> int:
    """How many sessions somebody has, seen by one more."""
    ran = shell.done("sessions list --json")
    assert shell.done("account show --json").json["username"] == username
    return int(ran.json["total"])


@pytest.mark.usefixtures("keyring")
def test_S1_S4_a_set_up_link_signs_in_and_stays_signed_in(shell: Shell, served: Served) -> None:
    link = f"{served.address}/i#setup.{served.set_up_code}"

    ran = shell.done("login - --username grace", typed=f"{link}\n")

    assert ran.lines[0].startswith("You are signed in to 127.0.0.1:")
    assert ran.lines[0].endswith(" as grace, in grace.")
    assert str(served.set_up_code) not in ran.out + ran.err
    assert sessions_of(served, shell, "grace") == 1
    assert [each["active"] for each in shell.done("profiles list --json").json["items"]] == [True]


@pytest.mark.usefixtures("keyring")
def test_S4_what_the_link_does_not_say_is_the_next_line(shell: Shell, served: Served) -> None:
    typed = f"{served.address}/i#setup.{served.set_up_code}\ngrace\n"

    assert shell.done("login -", typed=typed).lines[0].endswith(" as grace, in grace.")


@pytest.mark.usefixtures("keyring")
def test_S4_open_sign_up_makes_an_account(shell: Shell, served: Served) -> None:
    user = shell.done(f"login {served.address} --username ada --name 'Ada Fern' --email ada@example.org --json").json

    assert (user["username"], user["display_name"], user["email"]) == ("ada", "Ada Fern", "ada@example.org")
    assert sessions_of(served, shell, "ada") == 1


def test_S1_signing_out_ends_the_session_and_forgets_the_server(shell: Shell, served: Served, keyring: Session) -> None:
    shell.done(f"login {served.address} --username ada")
    shell.done("tokens create --name deploy --save")
    assert shell("logout").code == 2

    assert shell.done("logout --yes").lines == [f"You are signed out of {served.address.removeprefix('http://')}."]

    assert shell.done("profiles list --json").json["items"] == []
    assert keyring.kept(f"Workspaces {served.address.removeprefix('http://')}") == set()
    refused = shell(f"login {served.address} --username ada")
    assert (refused.code, refused.out) == (6, "")
    assert shell("list").code == 0


def test_S1_S4_where_no_secret_can_be_kept_no_account_is_made_and_no_link_is_used_up(
    shell: Shell, served: Served
) -> None:
    link = f"{served.address}/i#setup.{served.set_up_code}\n"
    commands = {f"login {served.address} --username ada": "", "login - --username ada": link}
    for command, typed in commands.items():
        refused = shell(command, typed=typed)

        assert refused.code == 1
        assert "(secret_store_absent)" in refused.err
        assert httpx.get(f"{served.address}/v1/server").json()["needs_set_up"]
    assert shell("status").out.startswith("Server: this computer")


@pytest.mark.usefixtures("keyring")
def test_S1_S4_where_nothing_can_be_remembered_no_account_is_made(shell: Shell, served: Served, config: Path) -> None:
    shell.home.mkdir()
    (shell.home / "state").touch()

    refused = shell(f"login {served.address} --username ada")
    assert (refused.code, refused.err.endswith("(folder_unusable)\n")) == (1, True)
    (shell.home / "state").unlink()
    config.write_text("[acme\n")
    refused = shell(f"login {served.address} --username ada")
    assert (refused.code, refused.err.endswith("(config_broken)\n")) == (1, True)

    assert httpx.get(f"{served.address}/v1/server").json()["needs_set_up"]


@pytest.mark.usefixtures("keyring")
def test_S4_a_closed_server_says_how_one_comes_in(shell: Shell, tmp_path: Path) -> None:
    with serving(tmp_path, expect_link=True) as served:
        refused = shell(f"login {served.address}")
        assert (refused.code, "login -" in refused.err) == (4, True)
        assert shell(f"login {served.address} --username ada").err.endswith("(sign_up_closed)\n")


def test_S4_addresses_and_links_that_are_none_are_refused(shell: Shell) -> None:
    assert shell("login").code == 2
    assert shell("login -", typed="").code == 2
    assert shell("login -", typed="hello\n").err.endswith("(code_wrong)\n")
    assert shell("login http://example.org --username ada").err.endswith("(input_invalid)\n")
    assert shell("login https://x.example/i#setup.aaaaaaaaaaaaaaaaaaaa").code == 1


def test_S1_the_owner_of_this_computer_has_nothing_to_sign_out_of(shell: Shell) -> None:
    assert shell("logout --yes").err.endswith("(session_required)\n")


def test_U1_an_account_is_shown_and_changed(shell: Shell) -> None:
    assert [line.split(":")[0] for line in shell.done("account show").lines] == [
        "Username",
        "Name",
        "Email",
        "GitHub",
        "Id",
        "Created",
    ]
    assert shell.done("account set --username hopper --name Grace --email g@example.org").lines == [
        "Your account is changed."
    ]
    user = shell.done("account show --json").json
    assert (user["username"], user["display_name"], user["email"]) == ("hopper", "Grace", "g@example.org")
    assert "Email: g@example.org (not proved)" in shell.done("account show").lines


def test_U1_what_cannot_be_changed_says_why(shell: Shell) -> None:
    assert shell("account set").code == 2
    assert shell("account set --username Grace").err.endswith("(username_invalid)\n")
    assert shell("account set --email nobody").err.endswith("(email_invalid)\n")
    assert shell("account confirm-email", typed="").code == 2
    assert shell("account confirm-email", typed="BCDF-GHJK\n").err.endswith("(not_offered)\n")
    assert shell("account link-github").err.endswith("(not_offered)\n")


def test_U1_W8_an_account_is_deleted_when_nothing_needs_it(acme: Shell) -> None:
    assert acme("account delete").code == 2
    refused = acme("account delete --yes")
    assert (refused.code, "acme" in refused.err) == (6, True)

    acme.done("delete acme --yes")
    before = acme.done("account show --json").json
    assert acme.done("account delete --yes").lines == [f"The account {before['username']} is deleted."]

    after = acme.done("account show --json").json
    assert after["id"] != before["id"]


def test_S4_an_invite_makes_an_account_and_joins(shell: Shell, served: Served, keyring: Session) -> None:
    credential = served.sign_up("grace")
    calls = httpx.Client(base_url=f"{served.address}/v1", headers={"Authorization": credential})
    acme = calls.post("/workspaces", json={"name": "acme"}).raise_for_status().json()
    made = calls.post(f"/workspaces/{acme['id']}/invite-links", json={"role": "user"}).raise_for_status().json()
    calls.close()

    ran = shell.done("login - --username ada", typed=f"{made['link']}\n")

    assert ran.lines[0].endswith(" as ada, in acme.")
    assert DEVICE["name"] not in ran.out


@pytest.mark.usefixtures("keyring")
def test_S4_others_may_read_along_only_where_one_says_so(shell: Shell, served: Served) -> None:
    elsewhere = served.address.replace("127.0.0.1", "127.1")  # the same computer, but not by a name that says so

    refused = shell(f"login {elsewhere} --username ada")
    assert (refused.code, "--insecure" in refused.err) == (1, True)
    shell.done(f"login {elsewhere} --username ada --insecure")

    assert shell.done("account show --json").json["username"] == "ada"


@pytest.mark.usefixtures("keyring")
def test_S4_a_sign_in_that_fails_leaves_the_way_closed(shell: Shell, served: Served) -> None:
    elsewhere = served.address.replace("127.0.0.1", "127.1")

    assert shell(f"login {elsewhere} --username Not-A-Name --insecure").code == 1

    assert "--insecure" in shell(f"login {elsewhere} --username ada").err
