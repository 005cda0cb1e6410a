"""Waiting until a code was entered at GitHub (S4, U1)."""

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tui.domain.errors import Failure, Unreachable
from tui.domain.sign_ins import Pending, SignIn
from tui.domain.users import Welcome

if TYPE_CHECKING:
    # It knows every object of the wire; the first frame needs few of them.
    from tui.backend.protocol import Account


async def approved(account: "Account", sign_in: SignIn) -> Welcome:
    """What comes of a sign-in, or of the link of an account, once its code was entered.

    A server or a GitHub that is away meanwhile is asked again: whoever types the code must not
    begin anew for it. Raises `sign_in_denied`, `sign_in_expired`, `sign_up_closed`, `github_taken`,
    and what stands in the way still when the code has expired.
    """
    came: Welcome | Pending = Pending(status="pending", interval=sign_in.interval)
    while isinstance(came, Pending):
        await asyncio.sleep(came.interval)
        try:
            came = await account.poll(sign_in)
        except Failure as failure:
            if not _may_pass(failure) or datetime.now(UTC) >= sign_in.expires_at:
                raise
    return came


def _may_pass(failure: Failure) -> bool:
    return isinstance(failure, Unreachable) or failure.code == "github_unavailable"
