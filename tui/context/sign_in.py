"""Staying signed in: a session's secret in the store, its id in `state.json` (S1)."""

import asyncio
from contextlib import suppress

from tui.backend.addresses import EMBEDDED
from tui.context.context import Context
from tui.context.leaving import forget_server
from tui.context.machine import Machine
from tui.context.remembering import remember_session, session_id
from tui.domain.errors import Failure, Refused
from tui.domain.users import CredentialKind, Welcome
from tui.secret_stores.store import NotKept


async def keep_session(machine: Machine, address: str, welcome: Welcome) -> bool:
    """Stay signed in to a server by the session of a welcome; whether that lasts beyond this run.

    Raises `NotKept`, or `folder_unusable`: then nothing is kept, and the session is for whoever
    asked for it to end.
    """
    if welcome.session is None or welcome.secret is None:
        raise Refused("input_invalid", "This welcome comes without a session.")
    secrets, id = machine.secrets_of(address), welcome.session.id
    before = _kept_id(machine, address)
    await secrets.keep(id, welcome.secret)
    lasts = (await secrets.condition()).lasts
    try:
        await _remember(machine, address, id, lasts=lasts)
    except Failure:
        with suppress(NotKept):
            await secrets.forget(id)
        raise
    if lasts and before and before != id:
        with suppress(NotKept):
            await secrets.forget(before)
    return lasts


async def signed_in(machine: Machine, address: str) -> str:
    """The credential of the session that is kept for a server; empty where there is none.

    It is that server's alone: any other origin finds nothing (T6). Raises `NotKept`.
    """
    id = _kept_id(machine, address)
    secret = await machine.secrets_of(address).read(id) if id else None
    return f"{id}.{secret}" if secret else ""


async def sign_out(context: Context) -> bool:
    """Forget everything of the context's server: session, profiles, their secrets (W7).

    The profiles of this computer's own service stay: they are its owner's. Returns whether the
    server could be told to end the session. Raises `Refused` where nothing that this machine keeps
    has signed the person in.
    """
    if context.guest:
        raise Refused("session_required", "WORKSPACES_TOKEN signs you in. Take it out of the environment.")
    address, credential = context.backend.address, context.credential
    kept = _kept_id(context, address)
    if credential.kind == CredentialKind.SESSION and credential.id != kept:
        raise Refused("session_required", "This computer's own service needs no sign-in, so there is no signing out.")
    ended = await _end(context)
    if address != EMBEDDED:
        await forget_server(context, address)
    if kept:
        context.keeper.sessions.pop(address, None)
        await asyncio.to_thread(remember_session, context.folders.state, address, None)
        with suppress(NotKept):
            await context.secrets.forget(kept)
    return ended


async def _end(context: Context) -> bool:
    if context.credential.kind != CredentialKind.SESSION:
        return True
    try:
        await context.backend.sessions.end(context.credential.id)
    except Failure:
        return False
    return True


def _kept_id(machine: Machine, address: str) -> str | None:
    return machine.keeper.sessions.get(address) or session_id(machine.folders.state, address)


async def _remember(machine: Machine, address: str, id: str, *, lasts: bool) -> None:
    if lasts:
        machine.keeper.sessions.pop(address, None)
        await asyncio.to_thread(remember_session, machine.folders.state, address, id)
    else:
        machine.keeper.sessions[address] = id
