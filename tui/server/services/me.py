from tui.domain.servers import Server
from tui.domain.users import Me
from tui.server.caller import Caller
from tui.server.storage.engine import Store


def get(store: Store, caller: Caller, server: Server) -> Me:
    raise NotImplementedError
