"""Workspaces from GitHub by command, at a served instance that is connected to a GitHub (W4, W5)."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from tests.cli.driver import Shell, Visitor
from tests.server.driver import DEVICE
from tests.server.outside.github_stand_in import CLIENT_ID, GithubStandIn, github_stand_in
from tests.server.test_serve import serving


@dataclass(frozen=True)
class Place:
    """A shell at a server, and two of its users, who are members of the organization cobol."""

    shell: Shell
    github: GithubStandIn
    grace: Visitor
    linus: Visitor


@pytest.fixture
def place(shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    with (
        github_stand_in() as github,
        serving(
            tmp_path,
            "--open-signup",
            expect_link=True,
            WORKSPACES_GITHUB_CLIENT_ID=CLIENT_ID,
            WORKSPACES_GITHUB_URL=github.url,
        ) as served,
    ):
        monkeypatch.setenv("WORKSPACES_SERVER", served.address)
        people = [shell.signs_up(served.address, name) for name in ("grace", "linus")]
        ids = [github.person(name) for name in ("grace", "linus")]
        github.organization("cobol", *ids)
        for person, github_id in zip(people, ids, strict=True):
            _link(served.address, person, github, github_id)
        yield Place(shell, github, *people)


def _link(address: str, person: Visitor, github: GithubStandIn, github_id: int) -> None:
    signed_in = {"Authorization": f"Bearer {person.welcome['session']['id']}.{person.welcome['secret']}"}
    with httpx.Client(base_url=f"{address}/v1", headers=signed_in) as calls:
        begun = calls.post("/me/github", json={"device": DEVICE}).raise_for_status().json()
        github.approves(github_id, begun["user_code"])
        poll = {"poll_secret": begun["poll_secret"]}
        assert calls.post(f"/sign-ins/{begun['id']}/poll", json=poll).status_code == 200


def test_W4_a_workspace_is_made_from_an_organization_and_joined(place: Place) -> None:
    shell = place.shell
    made = shell.done("create compilers --github-org COBOL --json", by=place.grace).json
    assert made["github_org"]["login"] == "cobol"

    assert shell("join compilers", by=place.linus).code == 2
    assert shell.done("join compilers --yes", by=place.linus).lines == [
        "You are a User of compilers now.",
        "To take it back: workspaces leave compilers",
    ]
    assert "compilers" in shell.done("list", by=place.linus).out
    again = shell("join compilers --yes", by=place.linus)
    assert (again.code, again.out) == (5, "")
    assert "(not_found)" in again.err


def test_W4_only_an_organization_of_ones_own(place: Place) -> None:
    ran = place.shell("create compilers --github-org elsewhere", by=place.grace)
    assert (ran.code, ran.out) == (4, "")
    assert "(github_not_member)" in ran.err
    place.github.trouble = "500"
    assert place.shell("create compilers --github-org cobol", by=place.grace).code == 7


def test_W5_auto_join_is_switched_by_who_may(place: Place) -> None:
    shell, there = place.shell, "--workspace compilers"
    shell.done("create compilers --github-org cobol", by=place.grace)
    shell.done("join compilers --yes", by=place.linus)

    assert "Auto-join: on (Members of cobol" in shell.done(f"{there} settings list", by=place.linus).out
    assert shell(f"{there} settings set auto-join off --yes", by=place.linus).code == 4
    assert shell(f"{there} settings set auto-join off", by=place.grace).code == 2
    assert shell.done(f"{there} settings set auto-join off --yes", by=place.grace).lines == [
        "Auto-join of compilers is off.",
        "To take it back: workspaces settings set auto-join on --workspace compilers",
    ]
    assert shell.done(f"{there} settings list --json", by=place.grace).json["auto_join"] is False


def test_W5_where_there_is_no_such_switch_it_is_said(acme: Shell) -> None:
    assert "Auto-join: - (Only workspaces from a GitHub organization have it.)" in acme.done("settings list").out
    ran = acme("settings set auto-join on --yes")
    assert ran.code == 6
    assert ran.err.endswith("(not_github)\n")
    assert acme("join acme --yes").code == 5
