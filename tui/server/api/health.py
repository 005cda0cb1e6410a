"""For load balancers and people who follow a link: whether it runs, whether it can serve, what to do."""

from litestar import MediaType, get
from litestar.di import NamedDependency

from tui.server.api.problems import refusals
from tui.server.api.schema import PUBLIC
from tui.server.storage.engine import Store

INVITE_PAGE = """\
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="referrer" content="no-referrer">
<title>Workspaces</title>
<h1>You have a link to Workspaces</h1>
<p>Copy the whole address of this page: the part after # is for you only, and was not sent to this server.</p>
<p>In a terminal, run the command for your link and paste the address where it asks for it.</p>
<ul>
<li>An invite: <code>workspaces invites accept -</code></li>
<li>The first account of a new server, or a way back in (the address has <code>#setup.</code> or
<code>#recover.</code>): <code>workspaces login -</code></li>
</ul>
</html>
"""


@get("/healthz", responses=refusals(), security=PUBLIC)
async def healthz() -> dict[str, str]:
    """Whether the server runs."""
    return {"status": "ok"}


@get("/readyz", responses=refusals(), security=PUBLIC, sync_to_thread=True)
def readyz(store: NamedDependency[Store]) -> dict[str, str]:
    """Whether the server can reach its database; else 503 `unavailable`."""
    store.check()
    return {"status": "ok"}


@get(
    "/i",
    media_type=MediaType.HTML,
    response_headers={"Content-Security-Policy": "default-src 'none'", "Referrer-Policy": "no-referrer"},
    responses=refusals(),
    security=PUBLIC,
)
async def invite_page() -> str:
    """A fixed page: how to use a link."""
    return INVITE_PAGE


ROUTES = (healthz, readyz, invite_page)
