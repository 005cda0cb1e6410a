"""The profiles of this machine: which one decides, and why one cannot be used (P2, P3)."""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from tui.backend.addresses import EMBEDDED, parsed
from tui.backend.choosing import open_backend
from tui.context.machine import Machine
from tui.domain.errors import Failure, Refused, Unauthenticated
from tui.domain.programs import Program
from tui.profiles.profile import Profile
from tui.secret_stores.store import NotKept

PATIENCE = 5
"""Seconds that a server gets to answer for its profile."""


def deciding(machine: Machine) -> Profile | None:
    """The profile that decides where the person acts; None where that is none, or one of Modal's own.

    Reads a file. Raises `Refused` `not_found` where one is named that there is not, and
    `ConfigBroken` or `ConfigUnavailable`.
    """
    override = machine.override
    if override is None:
        found = machine.profiles.active()
    elif (found := named(machine.profiles.list(), override.profile)) is None:
        raise Refused("not_found", f"There is no profile “{override.profile}”, which {override.by} names.")
    return None if found is None or found.is_modals_own else found


def named(profiles: Iterable[Profile], name: str) -> Profile | None:
    """The profile of a name."""
    return next((profile for profile in profiles if profile.name == name), None)


def of_server(profiles: Iterable[Profile], address: str) -> list[Profile]:
    """The profiles of one server."""
    return [profile for profile in profiles if is_at(profile, address)]


def of_workspace(profiles: Iterable[Profile], address: str, workspace_id: str) -> Profile | None:
    """The profile of a workspace on a server."""
    return next((each for each in of_server(profiles, address) if each.workspace_id == workspace_id), None)


def is_at(profile: Profile, address: str) -> bool:
    """Whether a profile is of the server at this address."""
    return profile.server_url is not None and server_address(profile.server_url) == address


def server_address(url: str) -> str:
    """The address of a profile's server, in the one way in which addresses are compared; empty for none."""
    if url == EMBEDDED:
        return EMBEDDED
    try:
        return parsed(url).base
    except Refused:
        return ""


@dataclass(frozen=True)
class ProfileRow:
    """A profile as it is listed. `reason` is why it cannot be used, as a sentence; empty where nothing is against it.

    `decides` is true for the one that decides in this process (P2).
    """

    name: str
    server: str
    workspace_id: str | None
    token_id: str | None
    active: bool
    decides: bool
    is_modals_own: bool
    plain_secret: bool
    reason: str = ""
    version: None = None

    @property
    def id(self) -> str:
        return self.name

    @property
    def refusals(self) -> Mapping[str, str]:
        """Nobody else has a say in it."""
        return {}


async def listed(machine: Machine) -> tuple[ProfileRow, ...]:
    """All profiles in the file's order, with what is known against each without asking its server (P3).

    Raises `ConfigBroken`, `ConfigUnavailable`.
    """
    profiles = await asyncio.to_thread(machine.profiles.list)
    addresses = {server_address(each.server_url) for each in profiles if each.server_url and each.token_id}
    held = {address: await _held(machine, address) for address in addresses if address}
    return tuple(_row(machine, profile, held) for profile in profiles)


async def checked(machine: Machine, row: ProfileRow, program: Program) -> ProfileRow:
    """The same with what its own server says to its token (P3); takes `PATIENCE` seconds at most."""
    address = server_address(row.server)
    profile = named(await asyncio.to_thread(machine.profiles.list), row.name)
    if row.reason or profile is None or (address == EMBEDDED and not machine.folders.data.exists()):
        return row
    try:
        async with asyncio.timeout(PATIENCE):
            credential = await profile_credential(machine, profile, address)
            backend = await open_backend(address, credential, program, data=machine.folders.data, username="")
            try:
                await backend.account.me()
            finally:
                await backend.close()
    except TimeoutError:
        return replace(row, reason=f"{address} did not answer within {PATIENCE} seconds.")
    except Unauthenticated:
        return replace(row, reason="Its token is refused: it is disabled, expired or deleted.")
    except Failure as failure:
        return replace(row, reason=failure.detail)
    return row


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
