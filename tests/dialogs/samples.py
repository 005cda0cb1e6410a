"""One of every dialog and overlay, as the app would fill it."""

from asyncio import Event
from collections.abc import AsyncGenerator, Callable, Sequence
from typing import Any, NamedTuple

from textual.geometry import Region

from tui.dialogs.activate import ActivateFirst, ActivationFacts
from tui.dialogs.bulk import Bulk, BulkQuestion, Expected, Halt, Verdict
from tui.dialogs.changed import Changed, ChangedState, Difference
from tui.dialogs.choose_role import ChooseRole, RoleChoice
from tui.dialogs.choose_workspace import ChooseWorkspace, WorkspaceChoice
from tui.dialogs.confirm import Confirm, Question
from tui.dialogs.device_code import DeviceCode
from tui.dialogs.dialog import Dialog
from tui.dialogs.edit_account import AccountText, EditAccount
from tui.dialogs.filter import Chosen, Filter, FilterGroup, FilterOption
from tui.dialogs.first_start import FirstStart, FirstStartFacts
from tui.dialogs.hand_over import HandOver, HandOverQuestion
from tui.dialogs.menu import Menu, MenuItem
from tui.dialogs.message import Message
from tui.dialogs.name import NameDialog, NameQuestion
from tui.dialogs.new_account import NewAccount
from tui.dialogs.signed_out import SignedOut, WayBack
from tui.dialogs.sort import Order, Sort, SortColumn
from tui.dialogs.type_name import TypeName
from tui.dialogs.which_server import WhichServer
from tui.domain.errors import CODES
from tui.domain.names import name_problem
from tui.domain.roles import Role
from tui.widgets.overlay import Overlay

HOSTILE = "[red]x[/]\x1b]52;c;aGk=\x07\u202eevil\u200b" + "y" * 200
TAKEN = CODES["name_taken"].sentence
USERNAME_TAKEN = CODES["username_taken"].sentence
LAST_OWNER = CODES["last_owner"].sentence


ACTIVATION = ActivationFacts(
    workspace="acme",
    profile="acme, added to /home/grace/.modal.toml",
    token="A new one of yours for acme, for this machine. It does not expire.",
    secret="It goes to Secret Service; modal gets it by: workspaces exec.",
    modal="It uses acme then. Until now: modal-labs.",
)
WITHOUT_TOKEN = ActivationFacts(
    workspace="acme",
    profile="acme, added to /home/grace/.modal.toml",
    token="None is made. The keyring is locked.",
    advice='Unlock it in its own window; without a desktop: read -rs P && printf %s "$P" | gnome-keyring-daemon '
    "--replace --unlock --components=secrets,ssh (it takes the place of your keyring and ssh agent)",
    modal="It takes acme then, but cannot sign in by it.",
)


FIRST_START = FirstStartFacts("~/.local/share/workspaces", "grace", "~/.modal.toml", "modal-labs")


class Told(NamedTuple):
    becomes: str
    stops: str = ""
    stays: str = ""
    for_good: str = ""


async def taken(asked: object) -> str | None:
    return TAKEN


async def username_taken(asked: object) -> str | None:
    return USERNAME_TAKEN


async def count(chosen: Chosen) -> str:
    return f"{sum(map(len, chosen.values()))} boxes chosen, 12 of 132 members match."


async def three_refused() -> AsyncGenerator[Sequence[Verdict] | Halt, None]:
    yield [Verdict(f"person.{number}", LAST_OWNER if number % 7 == 0 else "") for number in range(20)]


async def never_ending() -> AsyncGenerator[Sequence[Verdict] | Halt, None]:
    """Half of twenty: the bar rounds any other part in another way before it knows its width."""
    yield [Verdict(f"person.{number}") for number in range(10)]
    await Event().wait()


def told_to_hand_over(own: Role) -> Told:
    return Told(
        f"ada.fern becomes Owner of acme, and you become {own.capitalize()}.",
        "You lose what only an Owner may do.",
        "You stay a member.",
        "Only an Owner can make you Owner again.",
    )


REMOVE = Question(
    "Remove barbara.lake from acme",
    "Remove",
    Told(
        "barbara.lake loses seat and role in acme at once.",
        "3 tokens stop working.",
        "The account and other workspaces stay.",
        "This cannot be taken back; a removed person can be invited again.",
    ),
    danger=True,
)
DELETE = Question(
    "Delete acme",
    "Delete",
    Told(
        "acme is deleted with all that is in it.", "All 128 members lose access at once.", "", "This cannot be undone."
    ),
    danger=True,
)
LONG = Question(HOSTILE, "Remove", Told(HOSTILE, HOSTILE * 8, HOSTILE * 8, "the very end"), danger=True)
BULK = BulkQuestion(
    "Change the role of 22 members",
    "Change 18",
    18,
    [f"person.{number}" for number in range(18)],
    "18 members become Manager.",
    [Expected("A workspace needs an active Owner.", 1), Expected("only an Owner assigns it", 1)],
    settled=2,
)
BULK_REMOVE = BulkQuestion(
    "Remove 2,000 members",
    "Remove 2,000",
    2_000,
    [f"person.{number}" for number in range(20)],
    stops="1,204 tokens stop working.",
    for_good="This cannot be taken back; a removed person can be invited again.",
    name_to_type="acme",
    danger=True,
)
CHANGED = ChangedState(
    "barbara.lake was changed meanwhile",
    "ada.fern changed this 12 s ago.",
    [Difference("Role", "User", "Manager"), Difference("Status", "active", "active")],
    "Make Owner all the same",
)
WORKSPACES = [
    WorkspaceChoice("ac-1", "acme", "Owner", current=True),
    WorkspaceChoice("ac-2", "analytical-engine", "Manager"),
    WorkspaceChoice("ac-3", "grace", "Owner", "personal"),
    WorkspaceChoice("ac-4", "labs", "", reason="you are disabled there"),
    WorkspaceChoice("ac-5", "navy-research", "User"),
]
GROUPS = [
    FilterGroup("role", "Role", [FilterOption(role, role.capitalize()) for role in ("owner", "manager", "user")]),
    FilterGroup("status", "Status", [FilterOption(status, status) for status in ("active", "disabled")]),
]
ACTIVE = {"status": frozenset({"active"})}
HAND_OVER = HandOverQuestion("Hand acme over to ada.fern", told_to_hand_over)
ITEMS = [
    MenuItem("members.set_role", "Change role", "r"),
    MenuItem("members.set_status", "Disable", "d"),
    MenuItem("members.hand_over", "Hand over to them", "", "Only an Owner hands a workspace over."),
    MenuItem("members.remove", "Remove", "x", danger=True),
]
COLUMNS = [SortColumn("username", "Username"), SortColumn("name", "Name"), SortColumn("last_active", "Last active")]
ROLES = [
    RoleChoice(Role.OWNER, reason="only an Owner assigns it"),
    RoleChoice(Role.MANAGER),
    RoleChoice(Role.USER, now=True),
]
LABS = NameQuestion("Rename acme", "Rename", "acme", ["The name acme is held for this workspace for 30 days."])
CREATE = NameQuestion("New workspace", "Create", notes=["You are its Owner."])
SIGNED_OUT = WayBack(
    "Signed out",
    ["You are not signed in, or this sign-in has ended. Sign in again.", "What you asked for last was not done."],
    "Sign in",
)
SERVER = NameQuestion("Sign in to a server", "Continue", "https://ws.", label="Server", lower=False, may_stay=True)
GRACE = AccountText("grace", "Grace Hopper", "grace@example.org")
PROOF = "The old address stays until you enter the code that is mailed to the new one."


class Sample(NamedTuple):
    """What is opened, the keys typed into it, and a text that is there once they have taken effect.

    What is `pasted` comes before the keys; `known` is there once it has been looked at.
    """

    make: Callable[[], Dialog[Any] | Overlay[Any]]
    keys: str = ""
    then: str = ""
    pasted: str = ""
    known: str = ""


SAMPLES = {
    "confirm-filled": Sample(lambda: Confirm(REMOVE)),
    "confirm-filled-pressing": Sample(lambda: Confirm(REMOVE), "tab"),
    "confirm-long_text": Sample(lambda: Confirm(LONG)),
    "type_name-filled": Sample(lambda: TypeName(DELETE, "acme"), "a c m"),
    "type_name-filled-ready": Sample(lambda: TypeName(DELETE, "acme"), "a c m e enter"),
    "name_dialog-filled-wrong": Sample(
        lambda: NameDialog(CREATE, name_problem, taken), "n a v y minus", "not at its start"
    ),
    "name_dialog-refused": Sample(
        lambda: NameDialog(LABS, name_problem, taken), "minus L a b s enter", "different one"
    ),
    "message-filled": Sample(
        lambda: Message("barbara.lake was not removed", ["The server did not answer.", "Try again."])
    ),
    "activate_first-filled": Sample(lambda: ActivateFirst(ACTIVATION)),
    "activate_first-refused": Sample(lambda: ActivateFirst(WITHOUT_TOKEN)),
    "first_start-filled": Sample(
        lambda: FirstStart(FirstStartFacts("~/.local/share/workspaces", "grace", "~/.modal.toml", "modal-labs"))
    ),
    "signed_out-filled": Sample(lambda: SignedOut(SIGNED_OUT)),
    "which_server-filled": Sample(lambda: WhichServer(SERVER, lambda _: None, taken)),
    "which_server-filled-by_link": Sample(lambda: WhichServer(SERVER, lambda _: None, taken), "i number_sign c o d e"),
    "new_account-filled": Sample(lambda: NewAccount("ws.example.org", "grace", username_taken, github=True)),
    "new_account-refused": Sample(
        lambda: NewAccount("ws.example.org", "grace", username_taken, github=False), "enter", USERNAME_TAKEN
    ),
    "edit_account-filled-wrong": Sample(
        lambda: EditAccount(GRACE, PROOF, username_taken), "tab tab end at", "looks like"
    ),
    "device_code-filled": Sample(
        lambda: DeviceCode("Link a GitHub account", "https://github.com/login/device", "WDJB-MJHT", "12:15")
    ),
    "changed-filled": Sample(lambda: Changed(CHANGED)),
    "bulk-filled": Sample(lambda: Bulk(BULK, three_refused)),
    "bulk-filled-type_name": Sample(lambda: Bulk(BULK_REMOVE, three_refused)),
    "bulk-loading": Sample(lambda: Bulk(BULK, never_ending), "tab enter", "10 of 20"),
    "bulk-refused": Sample(lambda: Bulk(BULK, three_refused), "tab enter", "Refused ones"),
    "filter-filled": Sample(
        lambda: Filter("Filter members", GROUPS, {"status": frozenset({"active"})}, count), "down space", "2 boxes"
    ),
    "hand_over-filled": Sample(
        lambda: HandOver(HandOverQuestion("Hand acme over", told_to_hand_over)), "shift+tab down enter", "become User"
    ),
    "menu-refused": Sample(lambda: Menu("barbara.lake", ITEMS, Region(1, 6, 78, 1)), "down down"),
    "menu-long_text": Sample(lambda: Menu(HOSTILE, ITEMS, Region(1, 21, 78, 1))),
    "sort-filled": Sample(lambda: Sort(COLUMNS, Order("username"), Region(50, 2, 20, 1))),
    "choose_role-refused": Sample(lambda: ChooseRole(ROLES, Region(40, 8, 12, 1))),
    "choose_workspace-refused": Sample(lambda: ChooseWorkspace(WORKSPACES), "down down down"),
    "choose_workspace-filled-found": Sample(lambda: ChooseWorkspace(WORKSPACES), "a e n", "aen"),
}
