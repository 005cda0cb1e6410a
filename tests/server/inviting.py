"""What people do with invites, for tests over HTTP."""

from typing import Any

from tests.server.driver import DEVICE, Answer, Caller, House, Person


async def send(by: Caller, workspace: str, *emails: str, **more: Any) -> Answer:
    """Invites addresses: `role`, `expires_in`."""
    return await by.post(f"/workspaces/{workspace}/invites", {"emails": emails, **more})


async def link(by: Caller, workspace: str, **more: Any) -> Answer:
    """Makes a link: `role`, `expires_in`, `max_uses`, `label`."""
    return await by.post(f"/workspaces/{workspace}/invite-links", more)


async def invites(by: Caller, workspace: str, **query: str | int) -> Answer:
    """A page of a workspace's invites."""
    return await by.get(f"/workspaces/{workspace}/invites", **query)


async def offer(by: Caller, code: str) -> Answer:
    """What a code offers."""
    return await by.post("/invites/find", {"code": code})


async def accept(by: Caller, code: str, *, key: str | None = None) -> Answer:
    """Joins as who calls."""
    return await by.post("/invites/accept", {"code": code}, key=key)


async def accept_as_new(by: Caller, code: str, username: str, *, key: str | None = None, **more: str) -> Answer:
    """Joins as a new user."""
    ask = {"code": code, "new_user": {"username": username, **more}, "device": DEVICE}
    return await by.post("/invites/accept", ask, key=key)


async def newcomer(house: House, code: str, username: str, **more: str) -> Person:
    """A new user who came in by a code."""
    return Person(house.calls, (await accept_as_new(house.stranger, code, username, **more)).done())


def code_of(link: str) -> str:
    """The code of a link: what no server ever sees."""
    return link.partition("#")[2]
