"""The secrets of profiles: found for their own server alone, and moved out of the config file (T6)."""

import asyncio
from contextlib import suppress
from dataclasses import replace

from tui.context.machine import Machine
from tui.context.profiles import is_at, server_address
from tui.domain.errors import Failure, Refused
from tui.profiles.profile import PlainSecret, Profile
from tui.profiles.row import ProfileRow
from tui.secret_stores.store import NotKept


async def profile_credential(machine: Machine, profile: Profile | None, address: str) -> str:
    """The credential of a profile's token, for its own server only (T6); empty where there is none.

    Raises `NotKept`.
    """
    if profile is None or not profile.token_id or not is_at(profile, address):
        return ""
    secret = await profile_secret(machine, profile)
    return f"{profile.token_id}.{secret}" if secret else ""


async def profile_secret(machine: Machine, profile: Profile) -> str | None:
    """The secret of a profile's token: from the config file where it stands there in plain text. Raises `NotKept`."""
    if profile.plain_secret:
        plain = await asyncio.to_thread(machine.profiles.plain_secrets)
        return next((each.secret for each in plain if each.profile.name == profile.name), None)
    address = server_address(profile.server_url or "")
    return await machine.secrets_of(address).read(profile.token_id) if profile.token_id and address else None


async def import_secret(machine: Machine, row: ProfileRow) -> ProfileRow:
    """Move a profile's secret from the file to the store; only what was read back from there leaves the file.

    Raises `NotKept` where no store keeps secrets beyond this run, and `Refused` when the file was
    changed meanwhile; then it stays in the file.
    """
    plain = {each.profile.name: each for each in await asyncio.to_thread(machine.profiles.plain_secrets)}
    secrets, token_id = machine.secrets_of(server_address(row.server)), row.token_id or ""
    kept = await secrets.condition()
    if not kept.can_keep:
        raise NotKept(kept.state)
    if row.name not in plain:
        raise Refused("not_found", f"The secret of {row.name} is no longer in the file.")
    await secrets.keep(token_id, plain[row.name].secret)
    try:
        await _forget_plain(machine, plain[row.name])
    except Failure:
        with suppress(NotKept):
            await secrets.forget(token_id)
        raise
    return replace(row, plain_secret=False)


async def _forget_plain(machine: Machine, plain: PlainSecret) -> None:
    name = plain.profile.name
    if not await asyncio.to_thread(machine.profiles.forget_plain_secret, name, plain.secret):
        raise Refused("version_conflict", f"The secret of {name} was changed meanwhile. Import it again.")
