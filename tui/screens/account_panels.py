"""What opens from the parts of an account: a session, a profile, the secret store, one's own log."""

from collections.abc import Sequence
from typing import ClassVar

from tui.context.secrets import Kept
from tui.context.usable import checked, listed
from tui.domain.activity import Activity
from tui.domain.acts import ActId
from tui.domain.errors import Refused
from tui.domain.programs import Program
from tui.domain.queries import PAGE_LIMIT, ListQuery, Page, Place
from tui.domain.users import Session
from tui.lists.column import Cell
from tui.lists.time import moment
from tui.profiles.row import ProfileRow
from tui.screens.activity import ActivityScreen
from tui.screens.panel import Field, Panel
from tui.screens.sections import ACCOUNT
from tui.secret_stores.store import Condition


class SessionPanel(Panel):
    SECTION = ACCOUNT
    ACTS = (ActId.SESSIONS_END, ActId.SESSIONS_END_OTHERS)
    FOOTER: ClassVar = ("list.menu", "list.copy", "app.back", "app.help")

    row: Session

    def title_text(self) -> str:
        return f"{self.row.device.name} (this one)" if self.row.current else self.row.device.name

    def fields(self) -> Sequence[Field]:
        session = self.row
        return (
            Field("Program", Cell(session.device.app)),
            Field("Platform", Cell(session.device.platform or "-")),
            Field("Address", Cell(session.last_ip or "-")),
            Field("Id", Cell(session.id, "muted")),
            Field("Created", Cell(moment(session.created_at))),
            Field("Last used", Cell(moment(session.last_used_at))),
            Field("Expires", Cell(moment(session.expires_at))),
            Field("", Cell("unless it is used before", "muted")),
        )

    async def read(self) -> Session:
        page = await self.context.backend.sessions.list(Place(limit=PAGE_LIMIT))
        found = next((session for session in page.items if session.id == self.row.id), None)
        if found is None:
            raise Refused("not_found", "This session has ended.")
        return found


class ProfilePanel(Panel):
    SECTION = ACCOUNT
    ACTS = (ActId.PROFILES_ACTIVATE, ActId.PROFILES_RENAME, ActId.PROFILES_REMOVE)
    FOOTER: ClassVar = ("list.menu", "list.copy", "app.back", "app.help")

    row: ProfileRow

    def on_mount(self) -> None:
        """What its own server says is asked once it is open (P3)."""
        super().on_mount()
        self.read_again()

    def title_text(self) -> str:
        return f"{self.row.name} (active)" if self.row.active else self.row.name

    def fields(self) -> Sequence[Field]:
        profile = self.row
        return (
            Field("Server", Cell(profile.server or "Modal's own")),
            Field("Workspace", Cell(profile.workspace_id or "-", "muted")),
            Field("Token", Cell(profile.token_id or "none", "muted")),
            Field(
                "Secret",
                Cell("in plain text, in the config file" if profile.plain_secret else "not in the config file"),
            ),
            Field("Active", Cell("yes" if profile.active else "no")),
            Field("Usable", Cell("no", "danger") if profile.reason else Cell("yes", "ok")),
        )

    def note(self) -> Cell:
        return Cell(self.row.reason, "muted")

    async def read(self) -> ProfileRow:
        rows = await listed(self.context)
        found = next((row for row in rows if row.name == self.row.name), None)
        if found is None:
            raise Refused("not_found", "This profile is gone.")
        return await checked(self.context, found, Program.APP)


class KeptPanel(Panel):
    SECTION = ACCOUNT
    FOOTER: ClassVar = ("app.read_again", "app.back", "app.help")
    WORDS: ClassVar = {"app.read_again": "Look again"}

    row: Kept

    def title_text(self) -> str:
        return self.row.name

    def fields(self) -> Sequence[Field]:
        kept = self.row
        return (
            Field("State", Cell(kept.state.condition, "text" if kept.state.condition is Condition.READY else "danger")),
            Field("Kept", Cell("until you remove it" if kept.lasts else "until this program ends")),
        )

    def note(self) -> Cell:
        return Cell(f"{self.row.state.sentence} {self.row.state.advice}".strip(), "muted")

    async def read(self) -> Kept:
        return await self.context.secrets.condition()


class OwnActivity(ActivityScreen):
    """The person's own acts of the account (A1)."""

    SECTION = ACCOUNT
    KINDS: ClassVar = (
        ("account.*", "Account"),
        ("sessions.*", "Sessions"),
        ("workspaces.*", "Workspaces"),
        ("members.*", "Memberships"),
        ("invites.*", "Accepted invites"),
        ("users.*", "The account's beginning"),
    )
    FIELDS: ClassVar = ()

    async def read(self, query: ListQuery, place: Place) -> Page[Activity]:
        return await self.context.backend.activity.mine(self.asked(query), place)
