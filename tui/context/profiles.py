"""The profiles of this machine: which one decides, and why one cannot be used (P2, P3)."""

from collections.abc import Iterable

from tui.backend.addresses import EMBEDDED, parsed
from tui.context.machine import Machine
from tui.domain.errors import Refused
from tui.profiles.profile import Profile


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
