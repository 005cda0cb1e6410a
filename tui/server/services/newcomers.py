"""New people: an account, its personal workspace (W1), and the first session."""

import msgspec

from tui.domain.activity import TargetType
from tui.domain.errors import Refused, invalid
from tui.domain.names import email_problem, name_problem, text_problem, tidy
from tui.domain.roles import Kind
from tui.domain.users import DeviceAsk, Session, SignUpAsk, Welcome
from tui.domain.workspaces import Workspace
from tui.server.change import Change, Target
from tui.server.services import workspaces
from tui.server.services.readable import readable_name
from tui.server.storage import sessions, users
from tui.server.storage import workspaces as workspace_rows

CREATED = "users.create"
SIGNED_IN = "sessions.create"
JOINED = "members.join"
"""What is recorded of people who come, without being an act of its own."""


def clean(ask: SignUpAsk, within: str = "") -> SignUpAsk:
    """What was asked, as it is stored. Raises `Refused` naming the field, which stands `within` another one."""
    display_name = tidy(ask.display_name) if ask.display_name is not None else None
    if wrong := name_problem(ask.username):
        raise invalid(f"{within}username", wrong, "username_invalid")
    if ask.email is not None and (wrong := email_problem(ask.email)):
        raise invalid(f"{within}email", wrong, "email_invalid")
    if display_name is not None and (wrong := text_problem(display_name)):
        raise invalid(f"{within}display_name", wrong)
    check_device(ask.device)
    return msgspec.structs.replace(ask, display_name=display_name)


def check_device(device: DeviceAsk) -> None:
    """Raises `Refused` naming the field that cannot be shown."""
    for field, said in msgspec.structs.asdict(device).items():
        if said and (wrong := text_problem(said)):
            raise invalid(f"device.{field}", wrong)


def new_user(change: Change, ask: SignUpAsk, *, proved: bool = False, github_login: str = "") -> tuple[str, Workspace]:
    """A new user's id and personal workspace; the user is the author of what is recorded from here on.

    The workspace is called as the user is at GitHub, else as here, else at random (W1).
    `proved` is for an address that a mailed code came back from (S5). Raises `username_taken`, and
    `email_taken` where somebody else has proved the address.
    """
    first_email = None if proved else ask.email
    user_id = users.add(change.connection, ask.username, ask.display_name or ask.username, first_email, change.now)
    if user_id is None:
        raise Refused("username_taken")
    if proved and ask.email and not users.set_email(change.connection, user_id, ask.email, proved=True):
        raise Refused("email_taken")
    change.act_as(user_id, ask.username)
    change.record(CREATED, Target(TargetType.USER, user_id, ask.username), account=True)
    names = [name for name in (github_login.lower(), ask.username) if name_problem(name) is None]
    row = None
    while row is None:
        name = names.pop(0) if names else readable_name()
        row = workspace_rows.add(change.connection, Kind.PERSONAL, name, change.now)
    return user_id, workspaces.furnish(change, row, user_id)


def sign_in(change: Change, user_id: str, device: DeviceAsk) -> tuple[Session, str]:
    """A new session of a user, with its secret, and the entry of its making."""
    session_id, secret = sessions.create(change.connection, user_id, device, change.caller.ip, change.now)
    change.record(SIGNED_IN, Target(TargetType.SESSION, session_id, device.name), account=True)
    return sessions.read(change.connection, session_id, current=True), secret


def new_secret(change: Change, welcome: Welcome) -> Welcome:
    """A repeat gets a secret in place of the first, if that one was never used."""
    if welcome.session is None:
        return welcome
    secret = sessions.new_secret_if_unused(change.connection, welcome.session.id)
    return msgspec.structs.replace(welcome, secret=secret)
