"""The members of a workspace, and what can be done to them (M1-M9)."""

from collections.abc import Sequence
from typing import Literal

from tui.backend.capabilities import MEMBERS_LIST
from tui.backend.http.calls import delete, get, list_parameters, patch, path, post
from tui.backend.http.part import Part
from tui.backend.protocol import Members
from tui.domain.acts import ActId
from tui.domain.errors import invalid
from tui.domain.members import (
    HandedOver,
    HandOverAsk,
    Member,
    MemberBulkAsk,
    MemberChange,
    MemberItem,
    MemberPatch,
    MemberVerdict,
    MemberVerdicts,
)
from tui.domain.queries import ListQuery, Page, Place
from tui.domain.roles import Role, Status


class HttpMembers(Part, Members):
    async def list(self, workspace_id: str, query: ListQuery, place: Place) -> Page[Member]:
        self._capabilities.require(MEMBERS_LIST)
        call = get(path("workspaces", workspace_id, "members"), list_parameters(query, place))
        return await self._transport.ask(call, Page[Member])

    async def get(self, workspace_id: str, user_id: str) -> Member:
        self._capabilities.require(MEMBERS_LIST)
        return await self._transport.ask(get(path("workspaces", workspace_id, "members", user_id)), Member)

    async def set_role(self, workspace_id: str, user_id: str, role: Role, version: int | None) -> Member:
        self._capabilities.require(ActId.MEMBERS_SET_ROLE)
        return await self._patched(workspace_id, user_id, MemberPatch(role=role.value), version)

    async def set_status(self, workspace_id: str, user_id: str, status: Status, version: int | None) -> Member:
        self._capabilities.require(ActId.MEMBERS_SET_STATUS)
        return await self._patched(workspace_id, user_id, MemberPatch(status=status.value), version)

    async def remove(self, workspace_id: str, user_id: str, version: int | None) -> None:
        self._capabilities.require(ActId.MEMBERS_REMOVE)
        await self._transport.tell(delete(path("workspaces", workspace_id, "members", user_id), version, Member))

    async def bulk(
        self, workspace_id: str, change: MemberChange, items: Sequence[MemberItem], *, dry_run: bool
    ) -> Sequence[MemberVerdict]:
        self._capabilities.require(_act(change))
        call = post(
            path("workspaces", workspace_id, "members", "bulk"),
            MemberBulkAsk(change=change, items=list(items), dry_run=dry_run),
        )
        return (await self._transport.ask(call, MemberVerdicts)).results

    async def hand_over(self, workspace_id: str, user_id: str, version: int | None, own_role: Role) -> HandedOver:
        self._capabilities.require(ActId.MEMBERS_HAND_OVER)
        if own_role is Role.OWNER:
            raise invalid("own_role", "Who hands over becomes a Manager or a User.")
        kept: Literal["manager", "user"] = "user" if own_role is Role.USER else "manager"
        ask = HandOverAsk(user_id=user_id, version=version, own_role=kept)
        call = post(path("workspaces", workspace_id, "hand-over"), ask, current=Member)
        return await self._transport.ask(call, HandedOver)

    async def _patched(self, workspace_id: str, user_id: str, change: MemberPatch, version: int | None) -> Member:
        call = patch(path("workspaces", workspace_id, "members", user_id), change, version, Member)
        return await self._transport.ask(call, Member)


def _act(change: MemberChange) -> ActId:
    if change.remove:
        return ActId.MEMBERS_REMOVE
    return ActId.MEMBERS_SET_STATUS if change.role is None else ActId.MEMBERS_SET_ROLE
