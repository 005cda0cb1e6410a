"""What the parts of a backend over HTTP have: the way to the server, and what it can do."""

from tui.backend.capabilities import Capabilities
from tui.backend.http.transport import Transport


class Part:
    """One noun of a backend; what its calls give back stands in `protocol.py`."""

    def __init__(self, transport: Transport, capabilities: Capabilities) -> None:
        self._transport = transport
        self._capabilities = capabilities
