"""Which profiles there are, and why one cannot be used (P3)."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace

from tui.backend.addresses import EMBEDDED
from tui.context.machine import Machine
from tui.context.profile_secrets import profile_credential
from tui.context.profiles import named, server_address
from tui.context.visiting import visited
from tui.domain.errors import Failure, Unauthenticated
from tui.domain.programs import Program
from tui.profiles.profile import Profile
from tui.profiles.row import ProfileRow
from tui.secret_stores.store import NotKept

PATIENCE = 5
"""Seconds that a server gets to answer for its profile."""


async def listed(machine: Machine) -> tuple[ProfileRow, ...]:
    """All profiles in the file's order, with what is known against each without asking its server (P3).

    Raises `ConfigBroken`, `ConfigUnavailable`.
    """
    profiles = await asyncio.to_thread(machine.profiles.list)
    addresses = {server_address(each.server_url) for each in profiles if each.server_url and each.token_id}
    held = {address: await _held(machine, address) for address in addresses if address}
    return tuple(_row(machine, profile, held) for profile in profiles)


async def to_import(machine: Machine) -> tuple[ProfileRow, ...]:
    """The profiles of ours whose secret stands in the file in plain text. Raises what `listed` raises."""
    return tuple(row for row in await listed(machine) if row.plain_secret and row.token_id and not row.is_modals_own)


async def checked(machine: Machine, row: ProfileRow, program: Program) -> ProfileRow:
    """The same with what its own server says to its token (P3); takes `PATIENCE` seconds at most."""
    address = server_address(row.server)
    profile = named(await asyncio.to_thread(machine.profiles.list), row.name)
    if row.reason or profile is None or (address == EMBEDDED and not machine.folders.data.exists()):
        return row
    try:
        async with asyncio.timeout(PATIENCE):
            credential = await profile_credential(machine, profile, address)
            async with visited(machine.folders, address, credential, program) as backend:
                await backend.account.me()
    except TimeoutError:
        return replace(row, reason=f"{address} did not answer within {PATIENCE} seconds.")
    except Unauthenticated:
        return replace(row, reason="Its token is refused: it is disabled, expired or deleted.")
    except Failure as failure:
        return replace(row, reason=failure.detail)
    return row


async def _held(machine: Machine, address: str) -> frozenset[str] | NotKept:
    try:
        return await machine.secrets_of(address).held()
    except NotKept as failure:
        return failure


def _row(machine: Machine, profile: Profile, held: Mapping[str, frozenset[str] | NotKept]) -> ProfileRow:
    override = machine.override
    return ProfileRow(
        name=profile.name,
        server=profile.server_url or "",
        workspace_id=profile.workspace_id,
        token_id=profile.token_id,
        active=profile.active,
        decides=profile.name == override.profile if override else profile.active,
        is_modals_own=profile.is_modals_own,
        plain_secret=profile.plain_secret,
        reason=_reason(profile, held),
    )


def _reason(profile: Profile, held: Mapping[str, frozenset[str] | NotKept]) -> str:
    if not profile.server_url:
        return "It is Modal's own, and not administered here."
    address = server_address(profile.server_url)
    if not address:
        return "Its server_url is not the address of a server."
    if not profile.token_id:
        return "It has no token. Activating its workspace makes one where a secret can be kept."
    ids = held[address]
    if profile.plain_secret:
        return ""
    if isinstance(ids, NotKept):
        return ids.state.sentence
    return "" if profile.token_id in ids else "The secret of its token is not on this machine."
