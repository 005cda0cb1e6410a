"""What a person is told before an act: who becomes what, what stops, what stays, what is for good."""

from collections.abc import Sequence
from dataclasses import dataclass

from tui.context.context import Context
from tui.domain.invites import AcceptAsk, Invite, InviteLinkAsk, InvitesAsk
from tui.domain.members import Member
from tui.domain.roles import Role, Status
from tui.domain.users import Session, Welcome
from tui.domain.workspaces import Workspace, WorkspaceAsk

_GOES_HERE = "Its profile and its secrets go from this machine too."


@dataclass(frozen=True)
class Consequences:
    """One sentence each; an empty one has nothing to say."""

    becomes: str
    stops: str = ""
    stays: str = ""
    for_good: str = ""

    @property
    def sentences(self) -> list[str]:
        """All there is to say, in the order in which it is read."""
        return [text for text in (self.becomes, self.stops, self.stays, self.for_good) if text]


def whom(members: Sequence[Member]) -> str:
    """The members as the subject or object of a sentence."""
    return members[0].username if len(members) == 1 else f"{len(members):,} members"


def of_set_role(context: Context, members: Sequence[Member], role: Role) -> Consequences:
    several = len(members) > 1
    becomes = f"{whom(members)} become{'' if several else 's'} {role.capitalize()}{_present(members)}."
    stepping_down = any(member.is_self for member in members) and role != Role.OWNER
    return Consequences(
        becomes=becomes,
        stops=f"You lose what a {role.capitalize()} may not do." if stepping_down else "",
        stays="An Owner may do everything in the workspace, change other Owners too." if role == Role.OWNER else "",
        for_good="You cannot give yourself the role back." if stepping_down else "",
    )


def _present(members: Sequence[Member]) -> str:
    return f" (now {members[0].role.capitalize()})" if len(members) == 1 else ""


def of_set_status(context: Context, members: Sequence[Member], status: Status) -> Consequences:
    several, name = len(members) > 1, context.workspace.name
    are = "are" if several else "is"
    if status == Status.ACTIVE:
        return Consequences(
            becomes=f"{whom(members)} {are} enabled in {name} again.",
            stays="Role and seat are as they were; tokens that worked before work again.",
        )
    return Consequences(
        becomes=f"{whom(members)} {are} locked out of {name} at once.",
        stops=_tokens_stop(members),
        stays="Seat and role stay, and so do other workspaces and sessions. Enabling restores it all.",
    )


def of_remove(context: Context, members: Sequence[Member], answer: None) -> Consequences:
    several, name = len(members) > 1, context.workspace.name
    return Consequences(
        becomes=f"{whom(members)} lose{'' if several else 's'} seat and role in {name} at once.",
        stops=_tokens_stop(members),
        stays="Accounts and other workspaces stay." if several else "The account and other workspaces stay.",
        for_good="This cannot be taken back; a removed person can be invited again.",
    )


def _tokens_stop(members: Sequence[Member]) -> str:
    tokens = sum(member.active_tokens or 0 for member in members)
    if not tokens:
        return ""
    return f"{tokens:,} token{'s stop' if tokens > 1 else ' stops'} working."


def of_hand_over(context: Context, members: Sequence[Member], own_role: Role) -> Consequences:
    return Consequences(
        becomes=f"{whom(members)} becomes Owner of {context.workspace.name}, and you become {own_role.capitalize()}.",
        stops="You lose what only an Owner may do.",
        stays="You stay a member.",
        for_good="Only an Owner can make you Owner again.",
    )


def of_create(context: Context, workspaces: Sequence[Workspace], ask: WorkspaceAsk) -> Consequences:
    return Consequences(becomes=f"A new shared workspace {ask.name}, with you as its Owner.")


def of_rename(context: Context, workspaces: Sequence[Workspace], name: str) -> Consequences:
    old = workspaces[0].name
    return Consequences(
        becomes=f"{old} becomes {name}.",
        stays=f"Ids and profiles stay as they are. The name {old} is held for this workspace for 30 days.",
    )


def of_delete(context: Context, workspaces: Sequence[Workspace], answer: None) -> Consequences:
    workspace = workspaces[0]
    members = workspace.active_members or 0
    who = f"All {members:,} members lose" if members > 1 else "You lose"
    return Consequences(
        becomes=f"{workspace.name} is deleted with all that is in it.",
        stops=f"{who} access at once; tokens and invites end. {_GOES_HERE}",
        for_good="This cannot be undone.",
    )


def of_leave(context: Context, workspaces: Sequence[Workspace], answer: None) -> Consequences:
    return Consequences(
        becomes=f"You are no longer a member of {workspaces[0].name}.",
        stops=f"You lose access at once, and your tokens for it stop working. {_GOES_HERE}",
        stays="Your account and other workspaces stay.",
        for_good="You cannot come back by yourself.",
    )


def of_activate(context: Context, workspaces: Sequence[Workspace], answer: None) -> Consequences:
    return Consequences(becomes=f"What you do next is done in {workspaces[0].name}.")


def of_end(context: Context, sessions: Sequence[Session], answer: None) -> Consequences:
    several, here = len(sessions) > 1, any(session.current for session in sessions)
    which = f"{len(sessions)} sessions" if several else f"The session on {sessions[0].device.name}"
    return Consequences(
        becomes=f"{which} end{'' if several else 's'}; what {'they ask' if several else 'it asks'} next is refused.",
        stops="You are using this session now: you will be signed out." if here else "",
        for_good="An ended session cannot be used again; signing in makes a new one.",
    )


def of_end_others(context: Context, targets: Sequence[object], answer: None) -> Consequences:
    return Consequences(
        becomes="All your sessions but this one end; what they ask next is refused.",
        stays="You stay signed in here.",
        for_good="An ended session cannot be used again; signing in makes a new one.",
    )


def of_send(context: Context, targets: Sequence[Invite], ask: InvitesAsk) -> Consequences:
    who = ask.emails[0] if len(ask.emails) == 1 else f"{len(ask.emails):,} addresses"
    return Consequences(becomes=f"{who} can join {context.workspace.name} as {ask.role.capitalize()}.")


def of_link(context: Context, targets: Sequence[Invite], ask: InviteLinkAsk) -> Consequences:
    return Consequences(becomes=f"Whoever has the link can join {context.workspace.name} as {ask.role.capitalize()}.")


def of_resend(context: Context, invites: Sequence[Invite], answer: None) -> Consequences:
    several = len(invites) > 1
    which = f"{len(invites):,} invites get" if several else f"The invite of {invites[0].name} gets"
    return Consequences(
        becomes=f"{which} a new code, good for 7 days, and you are the inviter.",
        stops=f"The code{'s' if several else ''} sent before stop{'' if several else 's'} working.",
        stays=f"The role{'s' if several else ''} on joining.",
    )


def of_revoke(context: Context, invites: Sequence[Invite], answer: None) -> Consequences:
    several = len(invites) > 1
    which = f"{len(invites):,} invites are" if several else f"The invite of {invites[0].name} is"
    return Consequences(
        becomes=f"{which} revoked.",
        stops=f"Nobody can join by {'them' if several else 'it'} any more.",
        stays="Those who have joined stay members.",
        for_good="A revoked invite cannot be sent again; the person can be invited anew.",
    )


def of_accept(context: Context, targets: Sequence[Welcome], ask: AcceptAsk) -> Consequences:
    return Consequences(becomes="You become a member of the workspace that the invite is for.")
