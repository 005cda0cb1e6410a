"""Signing out, and the end of an account: on its server and on this machine (S1, U1)."""

from tui.context.coming_in import GITHUB
from tui.context.context import Context
from tui.context.leaving import forget_server
from tui.context.sign_in import sign_out
from tui.domain.errors import Refused


async def delete_account(context: Context, version: int | None) -> None:
    """Delete the person's account; this machine forgets the server's session, profiles and secrets.

    Raises the server's `Failure`; then nothing is changed.
    """
    await context.backend.account.delete(version)
    if context.guest:
        return
    try:
        await sign_out(context)
    except Refused:
        # The owner of this computer's own service has no session that is kept.
        await forget_server(context, context.backend.address)


def signing_out(context: Context) -> list[str]:
    """What follows from signing out: what becomes of it, what stops, what stays, what is for good."""
    github = context.user.github_login if GITHUB in context.server.sign_in else None
    return [
        f"This machine forgets who you are on {context.place}: its session there ends.",
        "Profiles of this server go, and every secret of it that is kept here.",
        "Your account, your workspaces and your tokens on the server stay."
        + (f" GitHub signs {github} in again." if github else ""),
        "" if github else "You cannot sign in again by yourself: no GitHub account of yours does it there.",
    ]
