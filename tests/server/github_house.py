"""A service that is connected to GitHub, and what people do with their accounts there.

linus = await place.linked("linus")                  # a user of the service with a GitHub account
cobol = place.github.organization("cobol", linus.github_id)
acme = await linus.creates_from(cobol, "acme")
"""

from collections.abc import AsyncGenerator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, closing
from dataclasses import dataclass, replace
from typing import Any

from tests.server.driver import DEVICE, Answer, Caller, House, Person, opened
from tests.server.outside.github_stand_in import CLIENT_ID, GithubStandIn, github_stand_in
from tui.domain.servers import Mode
from tui.server.outside.github import Github, GithubApp
from tui.server.outside.outside import Outside
from tui.server.outside.sealing import Seal
from tui.server.settings import Settings
from tui.server.storage.engine import Store


class Linked(Person):
    """A user who is signed in and has a GitHub account."""

    def __init__(self, house: House, welcome: Mapping[str, Any], github_id: int) -> None:
        super().__init__(house.calls, welcome)
        self.github_id = github_id

    async def creates_from(self, organization: str, name: str) -> str:
        """A new workspace of an organization: its id."""
        return str((await self.post("/workspaces", {"name": name, "github_org_id": organization})).done()["id"])

    async def joins(self, workspace: str) -> Answer:
        return await self.post(f"/workspaces/{workspace}/join")

    async def may_join(self) -> list[str]:
        """The names of the workspaces that are shown as joinable."""
        return [row["name"] for row in (await self.get("/workspaces/joinable")).done()["items"]]

    async def switches(self, workspace: str, *, on: bool) -> Answer:
        """Switches auto-join."""
        return await self.patch(f"/workspaces/{workspace}/settings", {"auto_join": on})


@dataclass
class GithubPlace:
    """One service by two doors, one of which takes new accounts, and its GitHub."""

    open: House
    closed: House
    github: GithubStandIn

    async def linked(self, username: str, github_id: int | None = None) -> Linked:
        """A new user, linked to a new or existing person at GitHub."""
        person = await self.open.sign_up(username)
        number = self.github.person(username) if github_id is None else github_id
        (await self.links(person, number)).done()
        return Linked(self.open, person.welcome, number)

    async def links(self, person: Person, github_id: int) -> Answer:
        """What comes of linking a person at GitHub to a user's account."""
        begun = (await person.post("/me/github", {"device": DEVICE})).done()
        self.github.approves(github_id, begun["user_code"])
        return await poll(person, begun)

    async def comes(self, github_id: int, house: House | None = None) -> Answer:
        """What comes of a person's signing in by GitHub."""
        door = (house or self.closed).stranger
        begun = await begins(door)
        self.github.approves(github_id, begun["user_code"])
        return await poll(door, begun)


async def begins(door: Caller) -> Any:
    """A sign-in that waits."""
    return (await door.post("/sign-ins", {"method": "github", "device": DEVICE})).done()


async def poll(door: Caller, begun: Mapping[str, Any], key: str | None = None) -> Answer:
    return await door.post(f"/sign-ins/{begun['id']}/poll", {"poll_secret": begun["poll_secret"]}, key=key)


@asynccontextmanager
async def github_place(store: Store) -> AsyncGenerator[GithubPlace]:
    """A service that is connected to GitHub, for as long as a block lasts."""
    async with AsyncExitStack() as stack:
        standing_in = stack.enter_context(github_stand_in())
        app = GithubApp(CLIENT_ID, standing_in.url, Seal.new_key())
        outside = Outside(github=stack.enter_context(closing(Github(app))))
        settings = Settings(mode=Mode.SERVED, open_sign_up=True, github=app)
        place = GithubPlace(
            await stack.enter_async_context(opened(store, settings, outside)),
            await stack.enter_async_context(opened(store, replace(settings, open_sign_up=False), outside)),
            standing_in,
        )
        yield place
