"""The secrets of tokens that this machine holds, kept in step with the tokens (T4, T6)."""

import asyncio
from collections.abc import Collection, Iterable
from contextlib import suppress
from functools import partial

from tui.backend.pages import every
from tui.context.context import Context
from tui.context.profiles import of_server, of_workspace
from tui.context.visiting import visited
from tui.domain.errors import Failure, Unauthenticated
from tui.domain.programs import Program
from tui.domain.queries import PAGE_LIMIT, ListQuery, Place
from tui.domain.roles import Status
from tui.domain.users import CredentialKind
from tui.domain.workspaces import Workspace
from tui.secret_stores.store import NotKept

PREFIX = "ak-"
"""How ids of tokens begin; the others that are held are of sessions."""

OWN = ListQuery(filters={"member": ("me",)})


async def held(context: Context) -> frozenset[str]:
    """The ids of tokens of this server whose secret this machine holds (T4). Raises `NotKept`."""
    return frozenset(id for id in await context.secrets.held() if id.startswith(PREFIX))


async def renew(context: Context, token_id: str, secret: str) -> bool:
    """Keeps the new secret of a rotated token in place of the dead one; False where none was held.

    Raises `NotKept`.
    """
    if token_id not in await held(context):
        return False
    await context.secrets.keep(token_id, secret)
    return True


async def forget(context: Context, token_ids: Collection[str]) -> None:
    """Forgets secrets that open nothing any more; one that a store does not let go of stays, listed as unknown.

    A profile whose token is gone has none: activating its workspace makes a new one (P4).
    """
    with suppress(NotKept):
        for token_id in await held(context) & frozenset(token_ids):
            await context.secrets.forget(token_id)
    with suppress(Failure):
        for profile in of_server(await asyncio.to_thread(context.profiles.list), context.backend.address):
            if profile.token_id in token_ids:
                await asyncio.to_thread(context.profiles.update, profile.name, {"token_id": None})


async def unknown(context: Context) -> frozenset[str]:
    """The ids of tokens held here that the server does not know as this person's: deleted ones, or another's.

    None by a token, which sees no workspace but its own. Raises `NotKept`, what listing raises, and what
    reading the config file raises.
    """
    if context.credential.kind != CredentialKind.SESSION:
        return frozenset()
    left = set(await held(context))
    async for workspace in every(partial(context.backend.workspaces.list, ListQuery())):
        if not left:
            break
        left -= await _known(context, workspace)
    return frozenset(left)


async def refused(context: Context, program: Program, token_ids: Iterable[str]) -> frozenset[str]:
    """Those of these tokens that the server refuses: the secret that is held of them opens nothing.

    Raises `NotKept`, and `Failure` where the server does not answer.
    """
    return frozenset([token_id for token_id in token_ids if not await _works(context, program, token_id)])


async def _works(context: Context, program: Program, token_id: str) -> bool:
    credential = f"{token_id}.{await context.secrets.read(token_id)}"
    try:
        async with visited(context.folders, context.backend.address, credential, program) as backend:
            await backend.account.me()
    except Unauthenticated:
        return False
    return True


async def _known(context: Context, workspace: Workspace) -> set[str | None]:
    """The person's tokens in a workspace; where they may not be listed, the one that a profile names."""
    if workspace.status == Status.ACTIVE:
        page = await context.backend.tokens.list(workspace.id, OWN, Place(limit=PAGE_LIMIT))
        return {token.id for token in page.items}
    profiles = await asyncio.to_thread(context.profiles.list)
    profile = of_workspace(profiles, context.backend.address, workspace.id)
    return {profile.token_id} if profile else set()
