"""What the activity log can be narrowed to (A1)."""

import pytest

from tests.lists.test_activity import LOGGED
from tui.screens.account_panels import OwnActivity
from tui.screens.activity import ActivityScreen

OF_ACCOUNT = {"account", "sessions", "users"}
"""Nouns of what is in a person's own log."""

IN_BOTH = {
    "account.delete",
    "invites.accept",
    "members.hand_over",
    "members.join",
    "workspaces.create",
    "workspaces.delete",
    "workspaces.leave",
}
"""What is also in the log of the workspace, or of the person."""


def is_shown(screen: type[ActivityScreen], action: str) -> bool:
    return any(kind in (action, f"{noun(action)}.*") for kind, _ in screen.KINDS)


def noun(action: str) -> str:
    return action.partition(".")[0]


@pytest.mark.parametrize("action", LOGGED)
def test_A1_whatever_is_logged_can_be_filtered_by(action: str) -> None:
    own = noun(action) in OF_ACCOUNT
    assert is_shown(OwnActivity, action) or not (own or action in IN_BOTH)
    assert is_shown(ActivityScreen, action) or (own and action not in IN_BOTH)


@pytest.mark.parametrize("screen", [ActivityScreen, OwnActivity])
def test_A1_no_kind_is_offered_that_nothing_is_of(screen: type[ActivityScreen]) -> None:
    assert [kind for kind, _ in screen.KINDS if not any(kind in (each, f"{noun(each)}.*") for each in LOGGED)] == []
