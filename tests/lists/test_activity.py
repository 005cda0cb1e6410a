"""The words of the activity log (A1)."""

from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from tui.domain.activity import Activity, ActivityContext, Actor, ActorType, From, Target, TargetType
from tui.domain.acts import PERMISSIONS, ActId
from tui.lists.activity import change, on_whom, what

ELSEWHERE = {ActId.ACTIVITY_LIST, ActId.WORKSPACES_JOIN}
"""One changes nothing, the other stands in the log as `members.join`."""


def entry(action: str, status: str | None = None) -> Activity:
    return Activity(
        id="ev-1",
        event_at=datetime(2026, 1, 31, tzinfo=UTC),
        actor=Actor(ActorType.USER, "us-1", "ada"),
        action=action,
        targets=[Target(TargetType.TOKEN, "ak-1", "ci")],
        before=None,
        after={"status": status} if status else None,
        context=ActivityContext(From.API, None, None, "request"),
    )


LOGGED = sorted(({*PERMISSIONS} - ELSEWHERE) | {"members.join", "users.create", "sessions.create"})


@pytest.mark.parametrize("action", LOGGED)
def test_A1_whatever_is_logged_is_said_in_words(action: str) -> None:
    assert "." not in what(entry(action))


@pytest.mark.parametrize(
    ("action", "said"),
    [("invites.link", "made"), ("invites.accept", "accepted"), ("invites.revoke", "revoked")],
)
def test_A1_an_invite_without_a_name_is_no_id_for_people(action: str, said: str) -> None:
    nameless = replace(entry(action), targets=[Target(TargetType.INVITE, "iv-1", "iv-1")])
    assert (what(nameless), on_whom(nameless)) == (said, "an invite link")
    named = replace(entry(action), targets=[Target(TargetType.INVITE, "iv-1", "spring course")])
    assert on_whom(named) == "spring course"


def test_A1_a_status_is_said_as_what_was_done() -> None:
    assert what(entry("tokens.set_status", "disabled")) == "disabled the token"
    assert what(entry("tokens.set_status", "active")) == "enabled the token"
    assert what(entry("members.set_status", "active")) == "enabled"


def test_A1_a_hand_over_is_said_of_either_half() -> None:
    appointed = replace(entry("members.hand_over"), targets=[Target(TargetType.MEMBER, "us-2", "grace")])
    assert (what(appointed), on_whom(appointed)) == ("handed over to", "grace")
    own = replace(entry("members.hand_over"), targets=[Target(TargetType.MEMBER, "us-1", "ada")])
    assert (what(own), on_whom(own)) == ("stepped down", "ada")


def test_A1_an_act_of_a_newer_server_is_named_as_it_is() -> None:
    assert what(entry("members.praise")) == "members.praise"


def test_A1_what_became_is_said_without_the_wires_names() -> None:
    invited = replace(
        entry("invites.link"), after={"role": "user", "expires_at": "2026-12-19T12:00:00Z", "max_uses": 40}
    )
    assert change(invited) == "role user, expires 2026-12-19, uses at most 40"
    switched = replace(entry("settings.set"), before={"auto_join": True}, after={"auto_join": False})
    assert change(switched) == "auto-join on > off"
    rotated = replace(entry("tokens.rotate"), before={"expires_at": "2026-12-19T12:00:00Z"}, after={"expires_at": None})
    assert change(rotated) == "expires 2026-12-19 > never"
    joined = replace(entry("members.join"), after={"role": "user", "joined_by": "auto_join"})
    assert change(joined) == "role user, joined by auto join"
