"""The profiles of this machine: which one decides, and which are of a server or a workspace (P2)."""

import asyncio
from collections.abc import Iterable
from functools import partial

from tui.backend.addresses import EMBEDDED, whole
from tui.context.machine import Machine
from tui.domain.errors import Refused
from tui.profiles.profile import Profile
from tui.profiles.row import ProfileRow


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
    try:
        return whole(url)
    except Refused:
        return ""


async def remove(machine: Machine, row: ProfileRow) -> None:
    """Take a profile out of the config file, and its secret out of the store.

    If it was the active one, another of its server becomes active, else one of this computer's.
    Raises `Refused` `not_found`, `ConfigBroken`, `ConfigUnavailable`, and `NotKept` once it is removed,
    where its secret could not be.
    """
    address = server_address(row.server)
    others = [each for each in await asyncio.to_thread(machine.profiles.list) if each.name != row.name]
    successors = [*of_server(others, address), *of_server(others, EMBEDDED)]
    successor = successors[0].name if successors else None
    await asyncio.to_thread(partial(machine.profiles.remove, row.name, successor=successor))
    in_use = {each.token_id for each in of_server(others, address)}
    if address and row.token_id and row.token_id not in in_use:
        await machine.secrets_of(address).forget(row.token_id)
