"""May I, and why not: asked before anything is sent, answered by the server's own codes (M1)."""

from collections.abc import Mapping
from typing import NamedTuple, Protocol, runtime_checkable

from tui.backend.capabilities import Capabilities
from tui.domain.acts import LOCAL_ACTS, ActId
from tui.domain.errors import sentence
from tui.domain.roles import Role, Status
from tui.domain.workspaces import Workspace


@runtime_checkable
class Refusable(Protocol):
    """An object that the server sends with the refusals of its acts."""

    @property
    def refusals(self) -> Mapping[str, str]: ...


class Assignable(Protocol):
    """A member, with the refusals of the roles that it might get."""

    @property
    def role_refusals(self) -> Mapping[str, str]: ...


class Reason(NamedTuple):
    """A refusal that would come: its code and one sentence."""

    code: str
    sentence: str


def refusal(act: ActId, capabilities: Capabilities, row: object = None) -> Reason | None:
    """Why an act on a row would be refused; None when it may be done.

    The backend's capabilities are asked first, then the row's own refusals, where it comes with some.
    A workspace in which the caller is disabled comes without any: there, nothing may be done (M3).
    """
    if act not in LOCAL_ACTS and (missing := capabilities.reason_without(act)):
        return Reason("not_offered", missing)
    if isinstance(row, Workspace) and row.status == Status.DISABLED:
        return Reason("member_disabled", sentence("member_disabled"))
    code = row.refusals.get(act) if isinstance(row, Refusable) else None
    if act == ActId.MEMBERS_HAND_OVER and code == "input_invalid":
        return Reason(code, "You have it already. Choose somebody else.")
    return Reason(code, sentence(code)) if code else None


def role_refusal(role: Role, member: Assignable) -> Reason | None:
    """Why a role may not be assigned to a member; None when it may."""
    code = member.role_refusals.get(role)
    if code == "role_forbidden" and role == Role.OWNER:
        return Reason(code, "only an Owner assigns it")
    return Reason(code, sentence(code)) if code else None
