"""The caller's workspaces (W3, W6, W7, W9)."""

from collections.abc import Sequence

from tui.backend.capabilities import WATCH
from tui.backend.http.calls import delete, get, list_parameters, patch, path, place_parameters, post
from tui.backend.http.part import Part
from tui.backend.protocol import Workspaces
from tui.domain.acts import ActId
from tui.domain.github import GithubOrgChoice, GithubOrgs, Joinable
from tui.domain.members import Member
from tui.domain.queries import ListQuery, Page, Place
from tui.domain.workspaces import RenameAsk, Revision, Workspace, WorkspaceAsk


class HttpWorkspaces(Part, Workspaces):
    async def list(self, query: ListQuery, place: Place) -> Page[Workspace]:
        return await self._transport.ask(get(path("workspaces"), list_parameters(query, place)), Page[Workspace])

    async def get(self, workspace_id: str) -> Workspace:
        return await self._transport.ask(get(path("workspaces", workspace_id)), Workspace)

    async def joinable(self, place: Place) -> Page[Joinable]:
        return await self._transport.ask(get(path("workspaces", "joinable"), place_parameters(place)), Page[Joinable])

    async def github_orgs(self) -> Sequence[GithubOrgChoice]:
        return (await self._transport.ask(get(path("github", "orgs")), GithubOrgs)).items

    async def create(self, name: str, github_org_id: str | None = None) -> Workspace:
        self._capabilities.require(ActId.WORKSPACES_CREATE)
        ask = WorkspaceAsk(name=name, github_org_id=github_org_id)
        return await self._transport.ask(post(path("workspaces"), ask), Workspace)

    async def join(self, workspace_id: str) -> Member:
        self._capabilities.require(ActId.WORKSPACES_JOIN)
        return await self._transport.ask(post(path("workspaces", workspace_id, "join")), Member)

    async def rename(self, workspace_id: str, name: str, version: int | None) -> Workspace:
        self._capabilities.require(ActId.WORKSPACES_RENAME)
        call = patch(path("workspaces", workspace_id), RenameAsk(name=name), version, Workspace)
        return await self._transport.ask(call, Workspace)

    async def delete(self, workspace_id: str, version: int | None) -> None:
        self._capabilities.require(ActId.WORKSPACES_DELETE)
        await self._transport.tell(delete(path("workspaces", workspace_id), version, Workspace))

    async def leave(self, workspace_id: str) -> None:
        self._capabilities.require(ActId.WORKSPACES_LEAVE)
        await self._transport.tell(post(path("workspaces", workspace_id, "leave")))

    async def revision(self, workspace_id: str, known: int | None = None) -> int:
        self._capabilities.require(WATCH)
        where = path("workspaces", workspace_id, "revision")
        if known is None:
            return (await self._transport.ask(get(where), Revision)).revision
        newer = await self._transport.ask_if_changed(get(where, unless=f'"r{known}"'), Revision)
        return newer.revision if newer else known
