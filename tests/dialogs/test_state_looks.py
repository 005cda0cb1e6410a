"""Every dialog with nothing in it, while the server is asked, where that refuses, and with long and hostile text."""

from asyncio import Event
from collections.abc import AsyncGenerator, Sequence
from datetime import UTC, datetime
from typing import NoReturn

import pytest

from tests.dialogs.invitations import CODE, OFFER, Desk, question
from tests.dialogs.looking import look_at
from tests.dialogs.samples import (
    CREATE,
    GRACE,
    GROUPS,
    HOSTILE,
    LABS,
    LAST_OWNER,
    PROOF,
    REMOVE,
    SERVER,
    TAKEN,
    USERNAME_TAKEN,
    WORKSPACES,
    Sample,
    Told,
    never_ending,
    taken,
    username_taken,
)
from tests.dialogs.secrets import NOT_STORED, TOKEN
from tests.dialogs.secrets import QUESTION as TOKEN_FOR_ACME
from tests.looks import THEMED, Size, Snap
from tui.dialogs.accept_invite import AcceptInvite
from tui.dialogs.activate import ActivateFirst, ActivationFacts
from tui.dialogs.bulk import Bulk, BulkQuestion, Expected, Halt, Verdict
from tui.dialogs.changed import Changed, ChangedState, Difference
from tui.dialogs.choose_workspace import ChooseWorkspace
from tui.dialogs.confirm import Confirm, Question
from tui.dialogs.device_code import DeviceCode
from tui.dialogs.dialog import ASKING
from tui.dialogs.edit_account import AccountText, EditAccount
from tui.dialogs.filter import Chosen, Filter, FilterField
from tui.dialogs.first_start import FirstStart, FirstStartFacts
from tui.dialogs.hand_over import HandOver, HandOverQuestion
from tui.dialogs.invite import InviteDialog
from tui.dialogs.message import Message
from tui.dialogs.name import NameDialog, NameQuestion
from tui.dialogs.new_account import NewAccount
from tui.dialogs.new_token import NewTokenDialog, NewTokenQuestion
from tui.dialogs.new_workspace import NewWorkspace
from tui.dialogs.secret_once import Once, SecretOnce
from tui.dialogs.signed_out import SignedOut, WayBack
from tui.dialogs.type_name import TypeName
from tui.dialogs.which_server import WhichServer
from tui.domain.github import GithubOrgChoice
from tui.domain.invites import Offer
from tui.domain.names import NAME_LIMIT, name_problem

LONGEST = "a" * NAME_LIMIT
ADDRESS = "https://" + "workspaces." * 12 + "example.org:8443"
NOWHERE = NameQuestion(
    "Sign in to a server",
    "Continue",
    notes=["An address such as https://workspaces.example.org, or the link that you were given."],
    label="Server",
    lower=False,
    may_stay=True,
)
FIELDS = [FilterField("actor", "Who", "username, email or id")]
COBOL = GithubOrgChoice("2", "cobol", "Common business")


async def never(*_: object) -> NoReturn:
    """The server does not come to an answer."""
    await Event().wait()
    raise AssertionError


async def fine(_: object) -> None:
    return None


async def away(*_: object) -> str:
    return "The server does not answer. Nothing was changed; try again."


async def none_match(_: Chosen) -> str:
    return "0 members match"


async def long_offer(_: str) -> Offer:
    return Offer(
        workspace_name=LONGEST,
        kind=OFFER.kind,
        role=OFFER.role,
        inviter_name=LONGEST,
        email="n…@" + "example." * 20 + "org",
        expires_at=datetime(2026, 11, 30, 12, 0, tzinfo=UTC),
        needs_account=False,
    )


async def organizations() -> list[GithubOrgChoice]:
    return [COBOL]


async def long_organizations() -> list[GithubOrgChoice]:
    return [GithubOrgChoice("1", LONGEST, HOSTILE), COBOL]


async def long_verdicts() -> AsyncGenerator[Sequence[Verdict] | Halt, None]:
    yield [Verdict(LONGEST, LAST_OWNER), Verdict(HOSTILE, HOSTILE), Verdict("ada.fern")]


def told_long(_: object) -> Told:
    return Told(
        f"{LONGEST} becomes Owner of {LONGEST}, and you become User.",
        "You lose what only an Owner may do.",
        "You stay a member.",
        "Only an Owner can make you Owner again.",
    )


EMPTY = {
    "bulk-empty": Sample(
        lambda: Bulk(BulkQuestion("Remove 2 members", "Remove", 0, [], refused=[Expected(LAST_OWNER, 2)]), never_ending)
    ),
    "choose_workspace-empty": Sample(lambda: ChooseWorkspace(WORKSPACES), "q q q"),
    "filter-empty": Sample(lambda: Filter("Filter members", GROUPS, {}, none_match), "down space", "0 members"),
    "name_dialog-empty": Sample(lambda: NameDialog(CREATE, name_problem, taken)),
    "new_account-empty": Sample(lambda: NewAccount("ws.example.org", "", username_taken, github=False)),
    "which_server-empty": Sample(lambda: WhichServer(NOWHERE, lambda _: None, taken)),
    "new_workspace-empty": Sample(lambda: NewWorkspace(name_problem, organizations, fine)),
}
LOADING = {
    "accept_invite-loading": Sample(lambda: AcceptInvite(never), "enter", ASKING, CODE, "••"),
    "confirm-loading": Sample(lambda: Confirm(REMOVE, never), "tab enter", ASKING),
    "edit_account-loading": Sample(lambda: EditAccount(GRACE, PROOF, never), "end e enter", ASKING),
    "filter-loading": Sample(lambda: Filter("Filter entries", GROUPS, {}, never, FIELDS), "a d a enter", ASKING),
    "invite_dialog-loading": Sample(
        lambda: InviteDialog(question(), Desk().foresee, never),
        "tab tab tab tab enter",
        ASKING,
        "nora@example.org",
        "1 of 1",
    ),
    "name_dialog-loading": Sample(lambda: NameDialog(LABS, name_problem, never), "minus l a b s enter", ASKING),
    "new_account-loading": Sample(lambda: NewAccount("ws.example.org", "grace", never, github=True), "enter", ASKING),
    "new_token_dialog-loading": Sample(lambda: NewTokenDialog(TOKEN_FOR_ACME, never), "c i enter", ASKING),
    "new_workspace-loading": Sample(lambda: NewWorkspace(name_problem, organizations, never), "f o r enter", ASKING),
    "new_workspace-loading-github": Sample(
        lambda: NewWorkspace(name_problem, never, fine), "f o r shift+tab right", "Asking GitHub"
    ),
    "secret_once-loading": Sample(
        lambda: SecretOnce(Once("The secret of deploy", "secret", TOKEN, kept=NOT_STORED, keep=never)),
        "right right right enter",
    ),
    "which_server-loading": Sample(lambda: WhichServer(SERVER, lambda _: None, never), "enter", ASKING),
}
REFUSED = {
    "confirm-refused": Sample(lambda: Confirm(REMOVE, away), "tab enter", "does not answer"),
    "edit_account-refused": Sample(lambda: EditAccount(GRACE, PROOF, username_taken), "end e enter", USERNAME_TAKEN),
    "new_workspace-refused": Sample(lambda: NewWorkspace(name_problem, organizations, taken), "f o r enter", TAKEN),
    "which_server-refused": Sample(lambda: WhichServer(SERVER, lambda _: None, away), "enter", "does not answer"),
}
LONG = {
    "accept_invite-long_text": Sample(lambda: AcceptInvite(long_offer), "enter", "Workspace", CODE, "••"),
    "activate_first-long_text": Sample(
        lambda: ActivateFirst(
            ActivationFacts(
                LONGEST,
                f"{LONGEST}, added to /home/grace/{'folder/' * 20}modal.toml",
                f"A new one of yours for {LONGEST}, for this machine. It does not expire.",
                f"It uses {LONGEST} then. Until now: {LONGEST}.",
                "It goes to Secret Service; modal gets it by: workspaces exec.",
            )
        )
    ),
    "bulk-long_text": Sample(
        lambda: Bulk(BulkQuestion(HOSTILE, "Remove 3", 3, [LONGEST] * 3), long_verdicts), "tab enter", "Refused ones"
    ),
    "bulk-long_text-plan": Sample(
        lambda: Bulk(
            BulkQuestion("Remove 3 members", "Remove 3", 3, [LONGEST] * 3, name_to_type=LONGEST), long_verdicts
        )
    ),
    "changed-long_text": Sample(
        lambda: Changed(
            ChangedState(
                f"{LONGEST} was changed meanwhile",
                f"{LONGEST} changed this 12 s ago.",
                [Difference("Name", HOSTILE, LONGEST), Difference("Status", "active", "disabled")],
                "Rename all the same",
            )
        )
    ),
    "device_code-long_text": Sample(lambda: DeviceCode("Link a GitHub account", ADDRESS, "WDJB-MJHT", "12:15")),
    "edit_account-long_text": Sample(
        lambda: EditAccount(AccountText(LONGEST, HOSTILE, f"{'y' * 60}@example.org"), PROOF, username_taken)
    ),
    "filter-long_text": Sample(
        lambda: Filter("Filter entries", GROUPS, {"actor": frozenset({LONGEST * 3})}, none_match, FIELDS)
    ),
    "first_start-long_text": Sample(
        lambda: FirstStart(FirstStartFacts("/home/" + "folder/" * 20, LONGEST, "/home/" + "folder/" * 20, LONGEST))
    ),
    "hand_over-long_text": Sample(lambda: HandOver(HandOverQuestion(f"Hand {LONGEST} over to {LONGEST}", told_long))),
    "message-long_text": Sample(lambda: Message(HOSTILE, [HOSTILE * 10, "Try again."])),
    "name_dialog-long_text": Sample(
        lambda: NameDialog(NameQuestion(f"Rename {LONGEST}", "Rename", LONGEST), name_problem, taken),
        "a",
        "at most",
        HOSTILE,
    ),
    "new_account-long_text": Sample(
        lambda: NewAccount("workspaces." * 12 + "example.org", LONGEST, username_taken, github=True), "tab y", ""
    ),
    "new_token_dialog-long_text": Sample(
        lambda: NewTokenDialog(NewTokenQuestion(LONGEST, "Secret Service"), fine), pasted="y" * 300
    ),
    "new_workspace-long_text": Sample(
        lambda: NewWorkspace(name_problem, long_organizations, taken), "shift+tab right tab tab enter", "Common"
    ),
    "signed_out-long_text": Sample(lambda: SignedOut(WayBack(f"Signed out of {ADDRESS}", [HOSTILE * 4], "Sign in"))),
    "type_name-long_text": Sample(
        lambda: TypeName(
            Question(f"Delete {LONGEST}", "Delete", Told(*[f"{LONGEST} is deleted."] * 4), danger=True), LONGEST
        ),
        "a a",
    ),
    "which_server-long_text": Sample(
        lambda: WhichServer(SERVER, lambda _: None, away), "enter", "does not answer", ADDRESS
    ),
}
SAMPLES = EMPTY | LOADING | REFUSED | LONG


@THEMED
@pytest.mark.parametrize("name", SAMPLES)
def test_looks(name: str, theme: str, size: Size, snap_compare: Snap) -> None:
    assert look_at(SAMPLES[name], theme, size, snap_compare)
