"""Invites to a workspace, and accepting one (I1-I7)."""

from collections.abc import Sequence

from tui.backend.http.calls import delete, get, list_parameters, path, post
from tui.backend.http.part import Part
from tui.backend.protocol import Invites
from tui.domain.acts import ActId
from tui.domain.invites import (
    AcceptAsk,
    CodeAsk,
    Invite,
    InviteLink,
    InviteLinkAsk,
    InvitesAsk,
    InviteVerdict,
    InviteVerdicts,
    Offer,
    ResendAsk,
)
from tui.domain.queries import ListQuery, Page, Place
from tui.domain.users import Welcome


class HttpInvites(Part, Invites):
    async def list(self, workspace_id: str, query: ListQuery, place: Place) -> Page[Invite]:
        call = get(path("workspaces", workspace_id, "invites"), list_parameters(query, place))
        return await self._transport.ask(call, Page[Invite])

    async def send(self, workspace_id: str, ask: InvitesAsk) -> Sequence[InviteVerdict]:
        self._capabilities.require(ActId.INVITES_SEND)
        call = post(path("workspaces", workspace_id, "invites"), ask)
        return (await self._transport.ask(call, InviteVerdicts)).results

    async def link(self, workspace_id: str, ask: InviteLinkAsk) -> InviteLink:
        self._capabilities.require(ActId.INVITES_LINK)
        return await self._transport.ask(post(path("workspaces", workspace_id, "invite-links"), ask), InviteLink)

    async def resend(self, workspace_id: str, invite_id: str, ask: ResendAsk) -> InviteLink:
        self._capabilities.require(ActId.INVITES_RESEND)
        call = post(path("workspaces", workspace_id, "invites", invite_id, "resend"), ask)
        return await self._transport.ask(call, InviteLink)

    async def revoke(self, workspace_id: str, invite_id: str, version: int | None) -> Invite:
        self._capabilities.require(ActId.INVITES_REVOKE)
        call = delete(path("workspaces", workspace_id, "invites", invite_id), version, Invite)
        return await self._transport.ask(call, Invite)

    async def find(self, code: str) -> Offer:
        return await self._transport.ask(post(path("invites", "find"), CodeAsk(code=code)), Offer)

    async def accept(self, ask: AcceptAsk) -> Welcome:
        self._capabilities.require(ActId.INVITES_ACCEPT)
        return await self._transport.ask(post(path("invites", "accept"), ask), Welcome)
