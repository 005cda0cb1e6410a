"""WORKSPACES_TOKEN is used in place of what this machine keeps, and never stored."""

from contextlib import closing

from tests.context.machines import Here, token_ids
from tests.server.people import sign_up
from tui.backend.embedded import FILE_NAME
from tui.context.activating import activate, plan
from tui.profiles.profile import Profile
from tui.server.storage.engine import Store


async def test_P4_a_guest_leaves_no_token_that_somebody_else_could_use(here: Here) -> None:
    async with here.opened() as context:
        assert context.workspace.name
    with closing(Store.open(f"sqlite:///{here.folders.data / FILE_NAME}")) as store:
        credential = ".".join(sign_up(store, "linus").caller.credential or ())
    async with here.opened(credential=credential) as context:
        acme = await context.backend.workspaces.create("acme")
        assert "WORKSPACES_TOKEN" in (await plan(context, acme)).without
        activated = await activate(context, acme)
        assert await token_ids(context, acme.id) == []
    assert activated.profile == Profile("acme", context.backend.address, acme.id, active=True)
    assert here.active == "acme"
    assert here.kept == set()
