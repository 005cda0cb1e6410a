"""People who call the services directly, and seats given to them, for tests below HTTP."""

import itertools
from dataclasses import dataclass, replace

from sqlalchemy import select

from tui.domain.activity import From
from tui.domain.roles import JoinedBy, Role
from tui.domain.users import DeviceAsk, SignUpAsk
from tui.domain.workspaces import Workspace
from tui.server.caller import Caller, IdempotencyKey
from tui.server.services import accounts
from tui.server.storage import members
from tui.server.storage.engine import Store
from tui.server.storage.tables import workspaces
from tui.server.storage.times import now

DEVICE = DeviceAsk(name="desk", platform="linux", app="app 1.0")
NOBODY = Caller(From.API, "request")

_numbers = itertools.count()


@dataclass(frozen=True)
class Person:
    """A user who is signed in."""

    id: str
    username: str
    caller: Caller

    def once(self, key: str, body: bytes = b"{}", route: str = "POST /v1/here") -> Caller:
        """The same person, sending an Idempotency-Key."""
        return replace(self.caller, idempotency=IdempotencyKey(key, route, body))


def sign_up(store: Store, username: str = "", *, email: str | None = None, display_name: str | None = None) -> Person:
    """A new user, with a made-up username unless one is given."""
    ask = SignUpAsk(
        username=username or f"person-{next(_numbers)}", device=DEVICE, email=email, display_name=display_name
    )
    welcome = accounts.sign_up(store, NOBODY, ask, open_sign_up=True)
    assert welcome.session
    assert welcome.secret
    caller = Caller(From.API, "request", credential=(welcome.session.id, welcome.secret))
    return Person(welcome.user.id, welcome.user.username, caller)


def seat(store: Store, workspace: Workspace, person: Person, role: Role = Role.USER) -> None:
    """Makes a person a member, as an accepted invite would."""
    with store.writing() as connection:
        pk = connection.execute(select(workspaces.c.pk).where(workspaces.c.id == workspace.id)).scalar_one()
        members.add(connection, pk, person.id, role, joined_by=JoinedBy.LINK, now=now())
