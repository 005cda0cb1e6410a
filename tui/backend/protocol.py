"""The backend client as everybody sees it: one part a noun, whatever stands behind.

Every call raises a `Failure` of `tui.domain.errors` and nothing else. A `version` is the one that
the actor saw (M5); None is "whatever is there".
"""

from collections.abc import Sequence
from typing import Protocol

from tui.backend.capabilities import Capabilities
from tui.domain.activity import Activity
from tui.domain.github import GithubOrgChoice, Joinable
from tui.domain.invites import AcceptAsk, Invite, InviteLink, InviteLinkAsk, InvitesAsk, InviteVerdict, Offer, ResendAsk
from tui.domain.members import HandedOver, Member, MemberChange, MemberItem, MemberVerdict
from tui.domain.queries import ListQuery, Page, Place
from tui.domain.roles import Role, Status
from tui.domain.servers import Server
from tui.domain.settings import Settings, SettingsPatch
from tui.domain.sign_ins import Pending, SignIn
from tui.domain.tokens import RotateAsk, Token, TokenAsk, TokenChange, TokenItem, TokenSecret, TokenVerdict
from tui.domain.users import DeviceAsk, Me, Session, SignUpAsk, User, UserPatch, Welcome
from tui.domain.workspaces import Workspace


class Account(Protocol):
    async def me(self) -> Me:
        """Who is calling, by which credential."""

    async def sign_up(self, ask: SignUpAsk) -> Welcome:
        """A new account with its personal workspace and a session (S4, W1)."""

    async def sign_in_by_github(self, device: DeviceAsk) -> SignIn:
        """A sign-in that waits to be approved at GitHub (S4)."""

    async def poll(self, sign_in: SignIn) -> Welcome | Pending:
        """What has become of a sign-in, or of the link of a GitHub account."""

    async def set(self, change: UserPatch, version: int | None) -> User:
        """The caller under another username or display name (U1)."""

    async def set_email(self, email: str) -> User:
        """The caller: still with the old address where a code has been mailed to the new one (S5)."""

    async def confirm_email(self, code: str) -> User:
        """The caller with the address that the mailed code proves (S5)."""

    async def link_github(self, device: DeviceAsk) -> SignIn:
        """A link that waits to be approved at GitHub; `poll` says what becomes of it."""

    async def unlink_github(self) -> User:
        """The caller without a GitHub account."""

    async def delete(self, version: int | None) -> None:
        """Delete the caller's account with its personal workspace (U1)."""


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

    async def joinable(self, place: Place) -> Page[Joinable]:
        """The workspaces that the caller may join by GitHub (W5)."""

    async def github_orgs(self) -> Sequence[GithubOrgChoice]:
        """The GitHub organizations that the caller may make a workspace from (W4)."""

    async def create(self, name: str, github_org_id: str | None = None) -> Workspace:
        """A new shared workspace, owned by the caller (W3, W4)."""

    async def join(self, workspace_id: str) -> Member:
        """The caller as a member of a workspace that may be joined (W5)."""

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


class Invites(Protocol):
    async def list(self, workspace_id: str, query: ListQuery, place: Place) -> Page[Invite]:
        """One page of a workspace's invites (I4)."""

    async def send(self, workspace_id: str, ask: InvitesAsk) -> Sequence[InviteVerdict]:
        """What came of each address, in the order sent (I1)."""

    async def link(self, workspace_id: str, ask: InviteLinkAsk) -> InviteLink:
        """A shareable link (I2)."""

    async def resend(self, workspace_id: str, invite_id: str, ask: ResendAsk) -> InviteLink:
        """The invite with a new code; the old one is dead (I4)."""

    async def revoke(self, workspace_id: str, invite_id: str, version: int | None) -> Invite:
        """The invite, which nobody can accept any more (I4)."""

    async def find(self, code: str) -> Offer:
        """What an invite's code offers; nobody need be signed in."""

    async def accept(self, ask: AcceptAsk) -> Welcome:
        """Join by an invite: as the caller, or as a new user, who gets a session (I3)."""


class Tokens(Protocol):
    async def list(self, workspace_id: str, query: ListQuery, place: Place) -> Page[Token]:
        """One page of a workspace's tokens; without a filter, the caller's own (T4)."""

    async def create(self, workspace_id: str, ask: TokenAsk) -> TokenSecret:
        """A new token of the caller, with its secret (T1)."""

    async def rename(self, workspace_id: str, token_id: str, name: str, version: int | None) -> Token:
        """The token under another name (T3)."""

    async def set_status(self, workspace_id: str, token_id: str, status: Status, version: int | None) -> Token:
        """The token disabled or enabled (T3)."""

    async def rotate(self, workspace_id: str, token_id: str, ask: RotateAsk) -> TokenSecret:
        """The same token with a new secret; the old one is dead (T3)."""

    async def delete(self, workspace_id: str, token_id: str, version: int | None) -> None:
        """End a token (T3)."""

    async def bulk(self, workspace_id: str, change: TokenChange, items: Sequence[TokenItem]) -> Sequence[TokenVerdict]:
        """What came of each item, in the order sent; 200 at most (T3)."""


class WorkspaceSettings(Protocol):
    async def get(self, workspace_id: str) -> Settings:
        """The settings as they are."""

    async def set(self, workspace_id: str, change: SettingsPatch, version: int | None) -> Settings:
        """The settings after a change; the version is the workspace's."""


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
    def account(self) -> Account: ...
    @property
    def sessions(self) -> Sessions: ...
    @property
    def workspaces(self) -> Workspaces: ...
    @property
    def members(self) -> Members: ...
    @property
    def invites(self) -> Invites: ...
    @property
    def tokens(self) -> Tokens: ...
    @property
    def settings(self) -> WorkspaceSettings: ...
    @property
    def activity(self) -> ActivityLog: ...

    async def server(self) -> Server:
        """What the server says of itself."""

    async def close(self) -> None:
        """Give back what the client holds; nothing may be called afterwards."""
