"""Users, what they may change of their account (U1), their sessions, and who is calling."""

from datetime import datetime
from typing import Annotated

import msgspec

from tui.domain.members import Member
from tui.domain.servers import Server
from tui.domain.structs import Answer, Ask, OpenEnum
from tui.domain.workspaces import Workspace


class User(Answer, frozen=True):
    id: str
    username: str
    display_name: str
    email: str | None
    email_proved: bool
    github_login: str | None
    sso_managed: bool
    created_at: datetime
    version: int


class DeviceAsk(Ask, frozen=True):
    """The machine and program that a session is for."""

    name: Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
    platform: Annotated[str, msgspec.Meta(max_length=100)]
    app: Annotated[str, msgspec.Meta(max_length=100)]


class Device(Answer, frozen=True):
    name: str
    platform: str
    app: str


class Session(Answer, frozen=True):
    id: str
    device: Device
    current: bool
    created_at: datetime
    last_used_at: datetime
    last_ip: str | None
    expires_at: datetime


class CredentialKind(OpenEnum):
    SESSION = "session"
    TOKEN = "token"


class Credential(Answer, frozen=True):
    kind: CredentialKind
    id: str
    workspace_id: str | None
    expires_at: datetime | None


class Me(Answer, frozen=True):
    user: User
    credential: Credential
    server: Server


class UserPatch(Ask, frozen=True):
    username: str | None = None
    display_name: str | None = None


class EmailAsk(Ask, frozen=True):
    email: str


class EmailCodeAsk(Ask, frozen=True):
    code: str


class LinkGithubAsk(Ask, frozen=True):
    device: DeviceAsk


class SignUpAsk(Ask, frozen=True):
    """A new account: by open sign-up, or as the first user with the code of a set-up link (S4)."""

    username: str
    device: DeviceAsk
    email: str | None = None
    display_name: str | None = None
    setup_code: str | None = None


class Welcome(Answer, frozen=True):
    """What a person gets on coming in: the account, a workspace, and a session with its secret.

    `workspace` is the one that was joined, with the seat there; else the personal one.
    """

    user: User
    workspace: Workspace
    session: Session | None
    secret: str | None
    member: Member | None = None


class Ended(Answer, frozen=True):
    ended: int
