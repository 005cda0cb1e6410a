"""Going out of a workspace or a server: this machine forgets what it kept for it (W7)."""

import asyncio
import logging
from collections.abc import Collection, Sequence
from contextlib import suppress
from functools import partial

from tui.backend.addresses import EMBEDDED
from tui.backend.capabilities import TOKENS_LIST
from tui.context.context import Context
from tui.context.machine import Machine
from tui.context.profiles import of_server
from tui.context.workspaces import personal_workspace
from tui.domain.errors import Failure
from tui.domain.queries import PAGE_LIMIT, ListQuery, Place
from tui.domain.workspaces import Workspace
from tui.profiles.profile import Profile

log = logging.getLogger(__name__)


async def leave(context: Context, workspace: Workspace) -> None:
    """Give up the seat in a workspace, here and on this machine (W7). Raises the server's `Failure`."""
    tokens = await _own_tokens(context, workspace.id)
    await context.backend.workspaces.leave(workspace.id)
    await forget_workspace(context, workspace.id, tokens)


async def delete(context: Context, workspace: Workspace) -> None:
    """Delete a workspace, here and on this machine (W9). Raises the server's `Failure`."""
    tokens = await _own_tokens(context, workspace.id)
    await context.backend.workspaces.delete(workspace.id, workspace.version)
    await forget_workspace(context, workspace.id, tokens)


async def forget_workspace(context: Context, workspace_id: str, tokens: Collection[str] = ()) -> None:
    """Forget a workspace that the person is no longer in, with the secrets of these tokens of it.

    If its profile was active, that of the personal workspace is then. What this machine keeps for
    somebody else stays. It is done as far as it goes: the log says what could not be.
    """
    address = context.backend.address
    profiles = [each for each in await _profiles(context, address) if each.workspace_id == workspace_id]
    if context.guest:
        profiles = [each for each in profiles if each.token_id in tokens]
    successor = None
    if any(profile.active for profile in profiles):
        successor = await _personal_profile(context)
    await _remove(context, profiles, successor)
    held = set(tokens) | {each.token_id for each in profiles if each.token_id}
    await _forget_secrets(context, address, held)


async def forget_server(machine: Machine, address: str) -> None:
    """Forget the profiles of a server and every secret of it; one of this computer's becomes active in their place."""
    profiles = await _profiles(machine, address)
    here = await _profiles(machine, EMBEDDED)
    successor = here[0].name if here and address != EMBEDDED else None
    await _remove(machine, profiles, successor)
    held = {each.token_id for each in profiles if each.token_id}
    with suppress(Failure):
        held |= await machine.secrets_of(address).held()
    await _forget_secrets(machine, address, held)


async def _own_tokens(context: Context, workspace_id: str) -> set[str]:
    """The ids of the person's tokens in a workspace, as far as the server tells."""
    if context.backend.capabilities.reason_without(TOKENS_LIST):
        return set()
    try:
        page = await context.backend.tokens.list(workspace_id, ListQuery(), Place(limit=PAGE_LIMIT))
    except Failure:
        return set()
    return {token.id for token in page.items}


async def _profiles(machine: Machine, address: str) -> list[Profile]:
    try:
        return of_server(await asyncio.to_thread(machine.profiles.list), address)
    except Failure as failure:
        log.warning("profiles are left as they are: %s", failure)
        return []


async def _personal_profile(context: Context) -> str | None:
    """The name of the profile of the person's own workspace on this server, made where there is none."""
    try:
        own = await personal_workspace(context.backend)
        return (await _profile_of(context, own)).name if own else None
    except Failure as failure:
        log.warning("no other profile becomes active: %s", failure)
        return None


async def _profile_of(context: Context, workspace: Workspace) -> Profile:
    profile = Profile(workspace.name, server_url=context.backend.address, workspace_id=workspace.id)
    return await asyncio.to_thread(context.profiles.bind, profile)


async def _remove(machine: Machine, profiles: Sequence[Profile], successor: str | None) -> None:
    for profile in profiles:
        try:
            await asyncio.to_thread(partial(machine.profiles.remove, profile.name, successor=successor))
        except Failure as failure:
            log.warning("the profile %s is left: %s", profile.name, failure)


async def _forget_secrets(machine: Machine, address: str, ids: Collection[str]) -> None:
    secrets = machine.secrets_of(address)
    for id in ids:
        try:
            await secrets.forget(id)
        except Failure as failure:
            log.warning("the secret of %s is left: %s", id, failure)
