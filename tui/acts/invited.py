"""Who of some addresses is a member already, or has a pending invite: told before anything is sent (I1)."""

from collections.abc import Sequence

from tui.context.context import Context
from tui.domain.errors import Refused
from tui.domain.invites import InviteStatus
from tui.domain.names import email_problem
from tui.domain.queries import PAGE_LIMIT, VALUES_LIMIT, ListQuery, Place


async def foreseen(context: Context, emails: Sequence[str]) -> dict[str, Refused]:
    """The refusals that sending to these addresses would meet, by address, as far as can be told now.

    Raises `Failure` when the server does not say.
    """
    refused = {email: Refused("email_invalid", problem) for email in emails if (problem := email_problem(email))}
    fine = [email for email in emails if email not in refused]
    for start in range(0, len(fine), VALUES_LIMIT):
        part = fine[start : start + VALUES_LIMIT]
        members, invited = await _members(context, part), await _invited(context, part)
        for email in part:
            if email.casefold() in members:
                refused[email] = Refused("already_member")
            elif email.casefold() in invited:
                refused[email] = Refused("already_invited")
    return refused


async def _members(context: Context, emails: Sequence[str]) -> set[str]:
    query = ListQuery(filters={"is": tuple(emails)})
    page = await context.backend.members.list(context.workspace.id, query, Place(limit=PAGE_LIMIT))
    return {(member.email or "").casefold() for member in page.items}


async def _invited(context: Context, emails: Sequence[str]) -> set[str]:
    query = ListQuery(filters={"is": tuple(emails), "status": (InviteStatus.PENDING,)})
    page = await context.backend.invites.list(context.workspace.id, query, Place(limit=PAGE_LIMIT))
    return {(invite.email or "").casefold() for invite in page.items}
