"""What can be done with invites: sending, making a link, sending again, revoking, accepting (I1-I7)."""

from collections.abc import Sequence

from msgspec.structs import replace

from tui.acts.act import Act, Parts, Result, Weight
from tui.acts.consequences import Consequences
from tui.acts.invited import foreseen
from tui.acts.performing import by_refusals, failure_of, one_by_one
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
    return Result(None, verdict.invite, failure_of(verdict.problem, verdict.invite), once=verdict.link)


async def _foresee(context: Context, targets: Sequence[Invite], ask: InvitesAsk) -> Parts[Invite]:
    refused = await foreseen(context, ask.emails)
    yield [Result(None, failure=refused.get(email)) for email in ask.emails]


def _of_send(context: Context, targets: Sequence[Invite], ask: InvitesAsk) -> Consequences:
    who = ask.emails[0] if len(ask.emails) == 1 else f"{len(ask.emails):,} addresses"
    return Consequences(becomes=f"{who} can join {context.workspace.name} as {ask.role.capitalize()}.")


SEND: Act[Invite, InvitesAsk] = Act(
    id=ActId.INVITES_SEND,
    label="Invite people",
    word=lambda targets: "Invite",
    weight=lambda targets, ask: Weight.LIGHT,
    consequences=_of_send,
    done=lambda result, ask: f"{result.after.name if result.after else ''} is invited as {ask.role.capitalize()}.",
    participle="invited",
    perform=_send,
    rehearse=_foresee,
)


async def _link(context: Context, targets: Sequence[Invite], ask: InviteLinkAsk) -> Parts[Invite]:
    made = await context.backend.invites.link(context.workspace.id, ask)
    yield [Result(None, made.invite, once=made.link)]


def _of_link(context: Context, targets: Sequence[Invite], ask: InviteLinkAsk) -> Consequences:
    return Consequences(becomes=f"Whoever has the link can join {context.workspace.name} as {ask.role.capitalize()}.")


LINK: Act[Invite, InviteLinkAsk] = Act(
    id=ActId.INVITES_LINK,
    label="Make an invite link",
    word=lambda targets: "Make link",
    weight=lambda targets, ask: Weight.LIGHT,
    consequences=_of_link,
    done=lambda result, ask: f"The link is made: whoever has it can join as {ask.role.capitalize()}.",
    perform=_link,
)


async def _resend(context: Context, invite: Invite, answer: None) -> Result[Invite]:
    anew = await context.backend.invites.resend(context.workspace.id, invite.id, ResendAsk())
    return Result(invite, anew.invite, once=anew.link)


def _of_resend(context: Context, invites: Sequence[Invite], answer: None) -> Consequences:
    several = len(invites) > 1
    which = f"{len(invites):,} invites get" if several else f"{invites[0].spoken} gets"
    return Consequences(
        becomes=f"{which} a new code, good for as long as the first was, and you are the inviter.",
        stops=f"The code{'s' if several else ''} sent before stop{'' if several else 's'} working.",
        stays=f"The role{'s' if several else ''} on joining.",
    )


RESEND: Act[Invite, None] = Act(
    id=ActId.INVITES_RESEND,
    label="Send again, with a new code",
    word=lambda invites: "Send again",
    weight=lambda invites, answer: Weight.by_number(invites),
    consequences=_of_resend,
    done=lambda result, answer: f"{_spoken(result)} has a new code; the old one is dead.",
    participle="sent again",
    perform=one_by_one(_resend),
    rehearse=by_refusals(ActId.INVITES_RESEND),
)


async def _revoke(context: Context, invite: Invite, answer: None) -> Invite:
    return await context.backend.invites.revoke(context.workspace.id, invite.id, invite.version)


def _of_revoke(context: Context, invites: Sequence[Invite], answer: None) -> Consequences:
    several = len(invites) > 1
    which = f"{len(invites):,} invites are" if several else f"{invites[0].spoken} is"
    return Consequences(
        becomes=f"{which} revoked.",
        stops=f"Nobody can join by {'them' if several else 'it'} any more.",
        stays="Those who have joined stay members.",
        for_good="A revoked invite cannot be sent again; the person can be invited anew.",
    )


REVOKE: Act[Invite, None] = Act(
    id=ActId.INVITES_REVOKE,
    label="Revoke invite",
    word=lambda invites: "Revoke",
    weight=lambda invites, answer: Weight.by_number(invites),
    consequences=_of_revoke,
    done=lambda result, answer: f"{_spoken(result)} is revoked.",
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


def _of_accept(context: Context, targets: Sequence[Welcome], ask: AcceptAsk) -> Consequences:
    return Consequences(becomes="You become a member of the workspace that the invite is for.")


ACCEPT: Act[Welcome, AcceptAsk] = Act(
    id=ActId.INVITES_ACCEPT,
    label="Accept an invite",
    word=lambda targets: "Join",
    weight=lambda targets, ask: Weight.LIGHT,
    consequences=_of_accept,
    done=_welcomed,
    perform=_accept,
)


def _spoken(result: Result[Invite]) -> str:
    invite = result.after or result.before
    return invite.spoken if invite else ""
