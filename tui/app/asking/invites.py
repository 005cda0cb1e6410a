"""What acts on invites ask: whom to invite by which way, and the code of one to accept (I1-I3)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from tui.acts import invites
from tui.acts.invited import foreseen
from tui.app import sent_invites
from tui.app.asking.asking import Answer, Asking
from tui.context.accepting import code_for
from tui.context.context import Context
from tui.dialogs.accept_invite import AcceptInvite
from tui.dialogs.choose_role import RoleChoice
from tui.dialogs.invite import InviteDialog, InviteQuestion
from tui.dialogs.secret_once import SecretOnce
from tui.domain.acts import ActId, invite_role_refusal
from tui.domain.errors import Failure
from tui.domain.invites import AcceptAsk, InviteLinkAsk, InvitesAsk, Offer
from tui.domain.roles import ROLES
from tui.domain.servers import Mode

ALONE = "Nobody else can reach this server: for a team, run workspaces serve."
KNOWN = {"already_member": "is already a member", "already_invited": "is already invited"}


async def invitation(asking: Asking) -> None:
    """Asks whom to invite and has it done, by whichever way; then shows links once, and what was refused."""
    context = asking.wish.context
    by_link = asking.submit_as(replace(asking.wish, act=invites.LINK))
    by_email = asking.submit_as(replace(asking.wish, act=invites.SEND))

    async def send(ask: InvitesAsk | InviteLinkAsk) -> str | None:
        return await (by_link if isinstance(ask, InviteLinkAsk) else by_email)(ask)

    async def known(emails: Sequence[str]) -> Mapping[str, str]:
        return await _known(context, emails)

    question = _question(context, is_link=asking.wish.act.id == ActId.INVITES_LINK)
    ask = await asking.app.push_screen_wait(InviteDialog(question, known, send))
    results = asking.results
    if isinstance(ask, InviteLinkAsk):
        await asking.app.push_screen_wait(SecretOnce(sent_invites.of_link(results[0])))
    elif ask and (sent_invites.has_links(results) or any(result.failure for result in results)):
        await asking.app.push_screen_wait(SecretOnce(sent_invites.of_addresses(ask.emails, results)))


def _question(context: Context, *, is_link: bool) -> InviteQuestion:
    return InviteQuestion(
        context.workspace.name,
        _roles(context, by_link=False),
        _roles(context, by_link=True),
        by_mail=context.server.mail,
        note=ALONE if context.server.mode == Mode.EMBEDDED else "",
        first="link" if is_link else "email",
    )


def _roles(context: Context, *, by_link: bool) -> list[RoleChoice]:
    standing = context.standing
    reason = "a link makes nobody Owner" if by_link else "only an Owner invites Owners"
    if standing is None:
        return []
    return [
        RoleChoice(role, reason=reason if invite_role_refusal(role, standing, by_link=by_link) else "")
        for role in ROLES
    ]


async def _known(context: Context, emails: Sequence[str]) -> Mapping[str, str]:
    """What can be told before; where the server does not say, it says so when they are sent."""
    try:
        refused = await foreseen(context, emails)
    except Failure:
        return {}
    return {email: KNOWN[failure.code] for email, failure in refused.items() if failure.code in KNOWN}


async def acceptance(asking: Asking) -> Answer | None:
    """Asks for the link or code of an invite, and shows what it offers before it is accepted."""
    backend = asking.wish.context.backend

    async def find(text: str) -> Offer | str:
        try:
            return await backend.invites.find(code_for(backend.address, text))
        except Failure as failure:
            return failure.detail

    text = await asking.app.push_screen_wait(AcceptInvite(find))
    return Answer(AcceptAsk(code_for(backend.address, text))) if text else None
