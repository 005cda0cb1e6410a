"""A backend over HTTP: its parts put together, once the server has said what it can do."""

from importlib.metadata import version

import httpx

from tui.backend.addresses import Address
from tui.backend.capabilities import Capabilities
from tui.backend.http.account import HttpAccount
from tui.backend.http.activity import HttpActivity
from tui.backend.http.calls import get, path
from tui.backend.http.invites import HttpInvites
from tui.backend.http.members import HttpMembers
from tui.backend.http.sessions import HttpSessions
from tui.backend.http.settings import HttpSettings
from tui.backend.http.tokens import HttpTokens
from tui.backend.http.transport import SECONDS, Transport
from tui.backend.http.workspaces import HttpWorkspaces
from tui.domain.errors import Failure
from tui.domain.programs import Program
from tui.domain.servers import Server

API = 1
_CONNECT_SECONDS = 5.0
_IDLE_SECONDS = 30.0


class HttpBackend:
    """One server and one credential. `connect` makes one, for it needs the server's capabilities."""

    def __init__(self, transport: Transport, address: str, capabilities: Capabilities) -> None:
        self.address = address
        self.capabilities = capabilities
        self.account = HttpAccount(transport, capabilities)
        self.sessions = HttpSessions(transport, capabilities)
        self.workspaces = HttpWorkspaces(transport, capabilities)
        self.members = HttpMembers(transport, capabilities)
        self.invites = HttpInvites(transport, capabilities)
        self.tokens = HttpTokens(transport, capabilities)
        self.settings = HttpSettings(transport, capabilities)
        self.activity = HttpActivity(transport, capabilities)
        self._transport = transport

    async def server(self) -> Server:
        """What the server says of itself."""
        return await self._transport.ask(get(path("server")), Server)

    async def close(self) -> None:
        """Give the connections back; nothing may be called afterwards."""
        await self._transport.close()


async def capabilities_of(transport: Transport) -> Capabilities:
    """What the server behind a transport can do.

    Raises `Failure` `api_unknown` for a server of another generation.
    """
    server = await transport.ask(get(path("server")), Server)
    if server.api != API:
        raise Failure(
            "api_unknown",
            f"{transport.name} speaks version {server.api} of the interface, and this program version {API}. "
            "Update the older of the two.",
        )
    return Capabilities(frozenset(server.capabilities), server.unavailable)


def headers(credential: str, program: Program) -> dict[str, str]:
    """What every call carries: who calls, and through which program."""
    sent = {"Accept": "application/json", "User-Agent": f"{program.product}/{version('workspaces-tui')}"}
    return sent | ({"Authorization": f"Bearer {credential}"} if credential else {})


async def connect(address: Address, credential: str, program: Program, seconds: float = SECONDS) -> HttpBackend:
    """A backend on the network. An empty credential can sign up and nothing else."""
    client = httpx.AsyncClient(
        headers=headers(credential, program),
        timeout=httpx.Timeout(seconds, connect=min(seconds, _CONNECT_SECONDS)),
        limits=httpx.Limits(max_connections=8, keepalive_expiry=_IDLE_SECONDS),
        # The credential goes to this address and no other, and never through a proxy to this computer.
        follow_redirects=False,
        trust_env=not address.is_loopback,
    )
    transport = Transport(client, address.base, address.name, seconds)
    try:
        return HttpBackend(transport, address.base, await capabilities_of(transport))
    except BaseException:
        await transport.close()
        raise
