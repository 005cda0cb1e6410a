"""From flags and environment to a Context: which server, as whom, in which workspace."""

import asyncio
import logging
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING

from tui.backend.addresses import EMBEDDED, whole
from tui.backend.choosing import open_backend
from tui.context.context import Context
from tui.context.first_start import add_profile, username
from tui.context.machine import Machine
from tui.context.profile_secrets import profile_credential
from tui.context.profiles import deciding, is_at
from tui.context.remembering import is_insecure, last_workspace
from tui.context.sign_in import signed_in
from tui.context.start import Start
from tui.context.workspaces import first_workspace, personal_workspace, workspace_named
from tui.domain.errors import Refused, Unauthenticated
from tui.domain.programs import Program
from tui.domain.roles import Status
from tui.domain.users import Me
from tui.domain.workspaces import Workspace
from tui.profiles.file import ConfigBroken, ConfigUnavailable
from tui.profiles.profile import Profile
from tui.secret_stores.store import NotKept

if TYPE_CHECKING:
    # It knows every object of the wire; the first frame needs few of them.
    from tui.backend.protocol import Backend

log = logging.getLogger(__name__)


@asynccontextmanager
async def opened(start: Start) -> AsyncGenerator[Context]:
    """The Context of a start, closed at the end. Raises what `open_context` raises."""
    context = await open_context(start)
    try:
        yield context
    finally:
        await context.backend.close()


async def open_context(start: Start) -> Context:
    """Where the person stands; the caller closes its backend.

    The server is the one asked for, else the deciding profile's, else the embedded one; the
    credential the one of the environment, else the server's session that is kept, else the
    profile's token. A secret that is kept is sent to its own server only (T6).

    Raises `Failure`: `Unauthenticated` without a credential for a server on the network,
    `Refused` `not_found` or `member_disabled` for a workspace that cannot be opened, `Unreachable`,
    `NotKept` where the secret cannot be read, `ConfigBroken` and `ConfigUnavailable` where the file is needed.
    """
    machine = Machine.of(start)
    profile = await asyncio.to_thread(_deciding, machine, start)
    address = asked_address(start, profile)
    is_first = address == EMBEDDED and not start.folders.data.exists()
    credential = start.credential or await _kept_credential(machine, profile, address)
    backend, me = await _entered(start, address, credential)
    try:
        workspace = await _workspace(backend, start, profile if profile and is_at(profile, address) else None)
    except BaseException:
        await backend.close()
        raise
    context = Context(
        folders=machine.folders,
        keeper=machine.keeper,
        config=machine.config,
        override=machine.override,
        backend=backend,
        server=me.server,
        user=me.user,
        workspace=workspace,
        credential=me.credential,
        guest=bool(start.credential),
        overridden=profile.workspace_id if start.override and profile and is_at(profile, address) else None,
    )
    if is_first:
        await add_profile(context)
    return context


def _deciding(machine: Machine, start: Start) -> Profile | None:
    """The profile that decides; none where the file cannot be read, and nothing of it is needed."""
    try:
        return deciding(machine)
    except (ConfigBroken, ConfigUnavailable) as failure:
        if start.override or not (start.server and start.credential):
            raise
        log.warning("no profile decides: %s", failure)
        return None


def asked_address(start: Start, profile: Profile | None) -> str:
    """The address of the server that a start is for. Raises `Refused` `input_invalid` for what is none."""
    return whole(start.server or (profile.server_url if profile else None) or EMBEDDED)


async def _kept_credential(machine: Machine, profile: Profile | None, address: str) -> str:
    """The credential that this machine keeps for a server. The embedded one's owner needs none."""
    if address == EMBEDDED:
        with suppress(NotKept):
            return await signed_in(machine, address)
        return ""
    kept = await signed_in(machine, address) or await profile_credential(machine, profile, address)
    if not kept:
        raise Unauthenticated(f"You are not signed in to {address}. Sign in: workspaces login {address}")
    return kept


async def _entered(start: Start, address: str, credential: str) -> "tuple[Backend, Me]":
    """The server, open, and who is calling. Where a session of the embedded one has ended, that is its owner."""
    backend = await open_backend(
        address,
        credential,
        start.program,
        data=start.folders.data,
        username=username(),
        insecure=is_insecure(start.folders.state, address),
        embedded=start.embedded,
    )
    try:
        return backend, await backend.account.me()
    except BaseException as error:
        await backend.close()
        if isinstance(error, Unauthenticated) and address == EMBEDDED and credential and not start.credential:
            return await _entered(start, address, "")
        raise


async def _workspace(backend: "Backend", start: Start, profile: Profile | None) -> Workspace:
    """The workspace asked for, else the one shown last or the profile's, else the personal one (P2, P3)."""
    if start.workspace:
        return await workspace_named(backend, start.workspace)
    if start.override and profile and profile.workspace_id:
        return await workspace_named(backend, profile.workspace_id)
    shown, of_profile = last_workspace(start.folders.state, backend.address), profile and profile.workspace_id
    for id in (shown, of_profile) if start.program is Program.APP else (of_profile, shown):
        with suppress(Refused):  # It was deleted, or the person is out of it.
            if id:
                return await workspace_named(backend, id)
    workspace = await personal_workspace(backend) or await first_workspace(backend, status=Status.ACTIVE)
    if workspace is None:
        raise Refused("not_found", "You are in no workspace that you may open.")
    return workspace
