"""The backend client as everybody sees it: one part a noun, whatever stands behind.

Every call raises a `Failure` of `tui.domain.errors` and nothing else. A `version` is the one that
the actor saw (M5); None is "whatever is there".
"""

from collections.abc import Sequence
from typing import Protocol

from tui.backend.capabilities import Capabilities
from tui.domain.activity import Activity
from tui.domain.members import HandedOver, Member, MemberChange, MemberItem, MemberVerdict
from tui.domain.queries import ListQuery, Page, Place
from tui.domain.roles import Role, Status
from tui.domain.servers import Server
from tui.domain.users import Me, Session, SignUpAsk, Welcome
from tui.domain.workspaces import Workspace


class Accounts(Protocol):
    async def me(self) -> Me:
        """Who is calling, by which credential."""

    async def sign_up(self, ask: SignUpAsk) -> Welcome:
        """A new account with its personal workspace and a session (S4, W1)."""


class Sessions(Protocol):
    async def list(self, place: Place) -> Page[Session]:
        """The caller's sessions (S3)."""

    async def end(self, session_id: str) -> None:
        """End one of the caller's sessions."""

    async def end_others(self) -> int:
        """End all of the caller's sessions but this one; how many they were."""


class Workspaces(Protocol):
    async def list(self, query: ListQuery, place: Place) -> Page[Workspace]:
        """The caller's workspaces (W6)."""

    async def get(self, workspace_id: str) -> Workspace:
        """One workspace as the caller sees it."""

    async def create(self, name: str) -> Workspace:
        """A new shared workspace, owned by the caller (W3)."""

    async def rename(self, workspace_id: str, name: str, version: int | None) -> Workspace:
        """The workspace under its new name (W9)."""

    async def delete(self, workspace_id: str, version: int | None) -> None:
        """Delete a shared workspace with all that is under it (W9)."""

    async def leave(self, workspace_id: str) -> None:
        """Give up the caller's seat (W7)."""

    async def revision(self, workspace_id: str, known: int | None = None) -> int:
        """The workspace's revision (A2); cheap when it still is the `known` one."""


class Members(Protocol):
    async def list(self, workspace_id: str, query: ListQuery, place: Place) -> Page[Member]:
        """One page of a workspace's members (M4)."""

    async def get(self, workspace_id: str, user_id: str) -> Member:
        """One member as the caller sees it."""

    async def set_role(self, workspace_id: str, user_id: str, role: Role, version: int | None) -> Member:
        """The member with the new role (M1, M2)."""

    async def set_status(self, workspace_id: str, user_id: str, status: Status, version: int | None) -> Member:
        """The member disabled or enabled (M3)."""

    async def remove(self, workspace_id: str, user_id: str, version: int | None) -> None:
        """Take a member's seat away (M7)."""

    async def bulk(
        self, workspace_id: str, change: MemberChange, items: Sequence[MemberItem], *, dry_run: bool
    ) -> Sequence[MemberVerdict]:
        """What came of each item, in the order sent; 200 at most. A dry run changes nothing (M6)."""

    async def hand_over(self, workspace_id: str, user_id: str, version: int | None, own_role: Role) -> HandedOver:
        """Make a member Owner and step down in one act (M8)."""


class ActivityLog(Protocol):
    async def list(
        self,
        workspace_id: str,
        query: ListQuery,
        place: Place,
    ) -> Page[Activity]:
        """A workspace's activity, newest first (A1). Filters: `actor action target since until`."""

    async def mine(self, query: ListQuery, place: Place) -> Page[Activity]:
        """The caller's own acts of the account, newest first. Filters: `action since until`."""


class Backend(Protocol):
    """A client of one server for one credential. `address` is shown to people."""

    @property
    def address(self) -> str: ...
    @property
    def capabilities(self) -> Capabilities: ...
    @property
    def accounts(self) -> Accounts: ...
    @property
    def sessions(self) -> Sessions: ...
    @property
    def workspaces(self) -> Workspaces: ...
    @property
    def members(self) -> Members: ...
    @property
    def activity(self) -> ActivityLog: ...

    async def server(self) -> Server:
        """What the server says of itself."""

    async def close(self) -> None:
        """Give back what the client holds; nothing may be called afterwards."""
