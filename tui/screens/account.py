"""The person's own account: names, sessions, profiles, secrets, the way out (U1, S3, P3)."""

from collections.abc import Sequence
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from tui.acts.act import Result
from tui.acts.refusal import Reason
from tui.context.context import Context
from tui.context.secrets import Kept
from tui.domain.acts import PERMISSIONS, ActId
from tui.domain.errors import sentence
from tui.domain.queries import ListQuery, Page, Place
from tui.domain.users import CredentialKind, Session, User
from tui.lists.account import PARTS, Part
from tui.lists.column import Cell, Column
from tui.lists.text import harmless
from tui.profiles.row import ProfileRow
from tui.screens import account_parts
from tui.screens.account_panels import KeptPanel, OwnActivity, ProfilePanel, SessionPanel
from tui.screens.acting import TARGETLESS
from tui.screens.keys import ACCOUNT as KEYS
from tui.screens.keys import local_binding
from tui.screens.listing import Listing
from tui.screens.messages import MenuAsked, PanelAsked, SignOutAsked
from tui.screens.sections import ACCOUNT
from tui.widgets.keys_row import KeyHint
from tui.widgets.table_lines import RowLook
from tui.widgets.tones import toned

OF_PART = {
    "user": (ActId.ACCOUNT_SET,),
    "email": (ActId.ACCOUNT_SET, ActId.ACCOUNT_CONFIRM_EMAIL),
    "github": (ActId.ACCOUNT_LINK_GITHUB, ActId.ACCOUNT_UNLINK_GITHUB),
    account_parts.DELETE: (ActId.ACCOUNT_DELETE,),
}
OF_SESSION = (ActId.SESSIONS_END, ActId.SESSIONS_END_OTHERS)
OF_PROFILE = (ActId.PROFILES_ACTIVATE, ActId.PROFILES_RENAME, ActId.PROFILES_REMOVE, ActId.PROFILES_IMPORT)
ENDINGS = {Session: ActId.SESSIONS_END, ProfileRow: ActId.PROFILES_REMOVE}
"""What `x` does, by what the row is about."""


class AccountScreen(Listing[Part]):
    """Its rows are parts of an account; acts are done to what a part is about."""

    CSS_PATH: ClassVar = ["shell.tcss", "listing.tcss", "account.tcss"]
    SECTION = ACCOUNT
    NOUN = ("part", "parts")
    OFFERS = frozenset({"menu", "copy"})
    ACTS = (
        ActId.ACCOUNT_SET,
        ActId.ACCOUNT_CONFIRM_EMAIL,
        ActId.ACCOUNT_LINK_GITHUB,
        ActId.ACCOUNT_UNLINK_GITHUB,
        *OF_SESSION,
        *OF_PROFILE,
        ActId.ACCOUNT_DELETE,
    )
    BINDINGS: ClassVar[list[BindingType]] = [local_binding(local) for local in KEYS]
    FOOTER: ClassVar = ("table.activate", ActId.ACCOUNT_SET, "account.end", "list.menu", "app.help", "app.quit")

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._user = context.user

    def on_mount(self) -> None:
        super().on_mount()
        self.filter_bar.display = False

    # Rows

    def body(self) -> ComposeResult:
        yield from super().body()
        yield Static(id="detail")

    def row_shown(self, row: Part | None) -> None:
        """The part under the cursor in a sentence, whole."""
        detail = self.query_one("#detail", Static)
        said = account_parts.told(row, self.context) if row else ""
        detail.display = bool(said)
        if row and said:
            detail.border_title = Content(f" {harmless(row.name)} ")
            detail.update(toned(Cell(said, "muted")))

    def columns(self) -> Sequence[Column[Part]]:
        return PARTS

    def look(self) -> RowLook[Part]:
        return RowLook(sign=lambda part: Cell("✓" if part.in_use else " ", "accent"))

    async def read(self, _query: ListQuery, _place: Place) -> Page[Part]:
        """All parts at once: there are few."""
        self._user, parts = await account_parts.read(self.context, self.now())
        return Page(items=parts, next=None, prev=None, position=0, total=len(parts))

    def position(self) -> str:
        return f"{self._user.username} on {self.context.place}."

    def take(self, results: Sequence[Result[Any]]) -> None:
        """Any of its parts may say another thing now; of an account that is gone nothing more is read."""
        if results and not isinstance(results[0].before, User):
            self.read_again()

    # Acts

    def present_targets(self, act: ActId) -> Sequence[Any]:
        if act in TARGETLESS:
            return ()
        if act.startswith("account."):
            return (self._user,)
        row = self._row
        wanted = Session if act.startswith("sessions.") else ProfileRow
        return (row,) if isinstance(row, wanted) else ()

    def reason_against(self, act: ActId, targets: Sequence[Any]) -> Reason | None:
        if act == ActId.ACCOUNT_UNLINK_GITHUB and not self._user.github_login:
            return Reason("github_unlinked", "No GitHub account is linked.")
        if PERMISSIONS.get(act) and self.context.credential.kind == CredentialKind.TOKEN:
            return Reason("session_required", sentence("session_required"))
        if not targets and act not in TARGETLESS:
            noun = "session" if act.startswith("sessions.") else "profile"
            return Reason("not_found", f"Stand on a {noun} first.")
        return super().reason_against(act, targets)

    def menu_acts(self) -> Sequence[ActId]:
        """Those that are about the part under the cursor."""
        match self._row:
            case Session():
                return OF_SESSION
            case ProfileRow():
                return OF_PROFILE
        part = self.table.row
        return OF_PART.get(part.id if part else "", (ActId.ACCOUNT_SET, ActId.ACCOUNT_DELETE))

    def subject(self, targets: Sequence[Any]) -> str:
        return self._user.username if targets and isinstance(targets[0], User) else super().subject(targets)

    def copied(self, row: Part) -> str:
        return row.name

    def row_activated(self, row: Part) -> None:
        match row.row:
            case Session() as session:
                self.post_message(PanelAsked(SessionPanel(self.context, session)))
            case ProfileRow() as profile:
                self.post_message(PanelAsked(ProfilePanel(self.context, profile)))
            case Kept() as kept:
                self.post_message(PanelAsked(KeptPanel(self.context, kept)))
            case _:
                self._open(row)

    def _open(self, part: Part) -> None:
        """A part that is about no row of its own."""
        acts = OF_PART.get(part.id, ())
        if part.id == account_parts.ACTIVITY:
            self.post_message(PanelAsked(OwnActivity(self.context)))
        elif part.id == account_parts.SIGN_OUT:
            self.post_message(SignOutAsked())
        elif len(acts) == 1:
            self.action_act(acts[0])
        elif acts:
            self.post_message(MenuAsked(self))
        else:
            self.say(part.state.text or part.name)

    def action_end(self) -> None:
        """What fits the row: end the session, remove the profile."""
        if act := ENDINGS.get(type(self._row)):
            self.action_act(act)
        else:
            self.say("Stand on a session or a profile first.", failed=True)

    def hints(self) -> Sequence[KeyHint]:
        hints = super().hints()
        return hints if type(self._row) in ENDINGS else [hint for hint in hints if hint.word != self._end_word()]

    def hint(self, id: str, key: str) -> KeyHint:
        return KeyHint(key, self._end_word()) if id == "account.end" else super().hint(id, key)

    def _end_word(self) -> str:
        return "Remove" if isinstance(self._row, ProfileRow) else "End"

    @property
    def _row(self) -> object:
        """What the part under the cursor is about."""
        return self.table.row.row if self.table.row else None
