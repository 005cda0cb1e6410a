"""The activity log (A1): who did what to whom, before and after, when and from where."""

from datetime import datetime

from tui.domain.structs import Answer, OpenEnum


class ActorType(OpenEnum):
    USER = "user"
    TOKEN = "token"
    SYSTEM = "system"


class Actor(Answer, frozen=True):
    """Who acted, named as they were then."""

    type: ActorType
    id: str | None
    name: str
    token_id: str | None = None


class TargetType(OpenEnum):
    WORKSPACE = "workspace"
    MEMBER = "member"
    INVITE = "invite"
    TOKEN = "token"
    SESSION = "session"
    USER = "user"


class Target(Answer, frozen=True):
    type: TargetType
    id: str
    name: str


class From(OpenEnum):
    """Through which door an act came."""

    APP = "app"
    CLI = "cli"
    API = "api"
    SERVER = "server"


class ActivityContext(Answer, frozen=True):
    """Where an act came from; one bulk call or hand-over shares a `group`."""

    source: From
    ip: str | None
    device: str | None
    request_id: str
    group: str | None = None


class Activity(Answer, frozen=True):
    id: str
    event_at: datetime
    actor: Actor
    action: str
    targets: list[Target]
    before: dict[str, str | int | bool | None] | None
    after: dict[str, str | int | bool | None] | None
    context: ActivityContext
