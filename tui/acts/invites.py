"""What can be done with invites: sending, making a link, sending again, revoking, accepting (I1-I7)."""

from collections.abc import Sequence

from msgspec.structs import replace

from tui.acts import consequences
from tui.acts.act import Act, Parts, Result, Weight, one_by_one
from tui.acts.bulk import by_refusals, failure_of
from tui.acts.invited import foreseen
from tui.context.context import Context
from tui.domain.acts import ActId
from tui.domain.errors import Failure
from tui.domain.invites import AcceptAsk, Invite, InviteLinkAsk, InvitesAsk, InviteVerdict, ResendAsk
from tui.domain.queries import PAGE_LIMIT
from tui.domain.users import Welcome


async def _send(context: Context, targets: Sequence[Invite], ask: InvitesAsk) -> Parts[Invite]:
    """A result an address, in their order. Once some were sent, nothing is raised: their links come only once."""
    for start in range(0, len(ask.emails), PAGE_LIMIT):
        part = replace(ask, emails=ask.emails[start : start + PAGE_LIMIT])
        try:
            verdicts = await context.backend.invites.send(context.workspace.id, part)
        except Failure as failure:
            if not start:
                raise
            yield [Result(None, failure=failure) for _ in ask.emails[start:]]
            return
        yield [_sent(verdict) for verdict in verdicts]


def _sent(verdict: InviteVerdict) -> Result[Invite]:
    return Result(None, verdict.invite, failure_of(verdict, verdict.invite), once=verdict.link)


async def _foresee(context: Context, targets: Sequence[Invite], ask: InvitesAsk) -> Parts[Invite]:
    refused = await foreseen(context, ask.emails)
    yield [Result(None, failure=refused.get(email)) for email in ask.emails]


SEND: Act[Invite, InvitesAsk] = Act(
    id=ActId.INVITES_SEND,
    label="Invite people",
    word=lambda targets: "Invite",
    weight=lambda targets, ask: Weight.LIGHT,
    consequences=consequences.of_send,
    done=lambda result, ask: f"{_name(result)} is invited as {ask.role.capitalize()}.",
    participle="invited",
    perform=_send,
    rehearse=_foresee,
)


async def _link(context: Context, targets: Sequence[Invite], ask: InviteLinkAsk) -> Parts[Invite]:
    made = await context.backend.invites.link(context.workspace.id, ask)
    yield [Result(None, made.invite, once=made.link)]


LINK: Act[Invite, InviteLinkAsk] = Act(
    id=ActId.INVITES_LINK,
    label="Make an invite link",
    word=lambda targets: "Make link",
    weight=lambda targets, ask: Weight.LIGHT,
    consequences=consequences.of_link,
    done=lambda result, ask: f"The link is made: whoever has it can join as {ask.role.capitalize()}.",
    perform=_link,
)


async def _resend(context: Context, invite: Invite, answer: None) -> Result[Invite]:
    anew = await context.backend.invites.resend(context.workspace.id, invite.id, ResendAsk())
    return Result(invite, anew.invite, once=anew.link)


RESEND: Act[Invite, None] = Act(
    id=ActId.INVITES_RESEND,
    label="Send again, with a new code",
    word=lambda invites: "Send again",
    weight=lambda invites, answer: _confirm(invites),
    consequences=consequences.of_resend,
    done=lambda result, answer: f"The invite of {_name(result)} has a new code; the old one is dead.",
    participle="sent again",
    perform=one_by_one(_resend),
    rehearse=by_refusals(ActId.INVITES_RESEND),
)


async def _revoke(context: Context, invite: Invite, answer: None) -> Invite:
    return await context.backend.invites.revoke(context.workspace.id, invite.id, invite.version)


REVOKE: Act[Invite, None] = Act(
    id=ActId.INVITES_REVOKE,
    label="Revoke invite",
    word=lambda invites: "Revoke",
    weight=lambda invites, answer: _confirm(invites),
    consequences=consequences.of_revoke,
    done=lambda result, answer: f"The invite of {_name(result)} is revoked.",
    participle="revoked",
    perform=one_by_one(_revoke),
    rehearse=by_refusals(ActId.INVITES_REVOKE),
)


async def _accept(context: Context, targets: Sequence[Welcome], ask: AcceptAsk) -> Parts[Welcome]:
    yield [Result(None, await context.backend.invites.accept(ask))]


def _welcomed(result: Result[Welcome], ask: AcceptAsk) -> str:
    if result.after is None:
        return ""
    workspace = result.after.workspace
    return f"You are in {workspace.name}, as {(workspace.role or '-').capitalize()}."


ACCEPT: Act[Welcome, AcceptAsk] = Act(
    id=ActId.INVITES_ACCEPT,
    label="Accept an invite",
    word=lambda targets: "Join",
    weight=lambda targets, ask: Weight.LIGHT,
    consequences=consequences.of_accept,
    done=_welcomed,
    perform=_accept,
)


def _confirm(invites: Sequence[Invite]) -> Weight:
    return Weight.TYPE_NAME if len(invites) > 1 else Weight.CONFIRM


def _name(result: Result[Invite]) -> str:
    invite = result.after or result.before
    return invite.name if invite else ""
