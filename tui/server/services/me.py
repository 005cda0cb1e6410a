"""Who is calling."""

from tui.domain.servers import Server
from tui.domain.users import Credential, CredentialKind, Me
from tui.server.reading import Reading, reading
from tui.server.storage import users
from tui.server.storage.times import moment


@reading
def get(read: Reading, server: Server) -> Me:
    """The caller, the credential that was sent, and the server as given."""
    actor = read.actor
    return Me(
        user=users.read(read.connection, actor.user_id),
        credential=Credential(
            kind=CredentialKind.SESSION,
            id=actor.session_id,
            workspace_id=None,
            expires_at=moment(actor.expires_at),
        ),
        server=server,
    )
