"""Who of some addresses is a member already, or has a pending invite: told before anything is sent (I1)."""

from collections.abc import AsyncIterator, Sequence

from tui.context.context import Context
from tui.domain.errors import Refused
from tui.domain.invites import InviteKind, InviteStatus
from tui.domain.names import email_problem
from tui.domain.queries import PAGE_LIMIT, ListQuery, Place

AT_ONCE = 20
"""Addresses that one call asks about: they stand in its URL."""

MOST_PAGES = 5
"""Pages of pending invites that are looked through; who is on none of them, the service refuses."""


async def foreseen(context: Context, emails: Sequence[str]) -> dict[str, Refused]:
    """The refusals that sending to these addresses would meet, as far as can be told now, by address.

    Raises `Failure` when the server does not say.
    """
    broken = {email: Refused("email_invalid", problem) for email in emails if (problem := email_problem(email))}
    fine = [email for email in emails if email not in broken]
    members = {each async for each in _members(context, fine)}
    invited = {each async for each in _invited(context)} if fine else set()
    for email in fine:
        if email.casefold() in members:
            broken[email] = Refused("already_member")
        elif email.casefold() in invited:
            broken[email] = Refused("already_invited")
    return broken


async def _members(context: Context, emails: Sequence[str]) -> AsyncIterator[str]:
    for start in range(0, len(emails), AT_ONCE):
        query = ListQuery(filters={"is": tuple(emails[start : start + AT_ONCE])})
        page = await context.backend.members.list(context.workspace.id, query, Place(limit=PAGE_LIMIT))
        for member in page.items:
            yield (member.email or "").casefold()


async def _invited(context: Context) -> AsyncIterator[str]:
    query = ListQuery(filters={"kind": (InviteKind.EMAIL,), "status": (InviteStatus.PENDING,)})
    cursor: str | None = None
    for _ in range(MOST_PAGES):
        page = await context.backend.invites.list(context.workspace.id, query, Place(limit=PAGE_LIMIT, cursor=cursor))
        for invite in page.items:
            yield (invite.email or "").casefold()
        cursor = page.next
        if cursor is None:
            return
