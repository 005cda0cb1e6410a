"""Going to another workspace: its profile becomes the active one, and is made where there is none (P2, P4)."""

import asyncio
import logging
import platform
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial

from tui.context.context import Context
from tui.context.profiles import of_workspace
from tui.context.remembering import remember_workspace
from tui.context.secrets import Kept
from tui.domain.acts import ActId
from tui.domain.errors import Failure, Refused, sentence
from tui.domain.names import TEXT_LIMIT, text_problem, tidy
from tui.domain.queries import ListQuery, Place
from tui.domain.roles import Status
from tui.domain.tokens import TokenAsk
from tui.domain.users import CredentialKind
from tui.domain.workspaces import Workspace
from tui.profiles.profile import Profile, free_name
from tui.secret_stores.store import NotKept

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Plan:
    """What activating a workspace would make. `without` is why no token is made for a profile that lacks one.

    Where a token is made for a profile that has one, it comes in its place: that one's secret is lost.
    """

    profile: Profile
    is_new: bool
    makes_token: bool
    kept: Kept
    without: str = ""

    @property
    def makes_something(self) -> bool:
        return self.is_new or self.makes_token

    @property
    def sentence(self) -> str:
        """What is made, on one line."""
        if self.makes_token:
            return f"Its profile is {self.profile.name}, with a new token whose secret goes to {self.kept.name}."
        return f"Its profile is {self.profile.name}, without a token. {self.without}"


@dataclass(frozen=True)
class Activated:
    """The workspace as it is now, its profile, and what has not come as planned."""

    workspace: Workspace
    profile: Profile
    note: str = ""


async def plan(context: Context, workspace: Workspace) -> Plan:
    """What activating a workspace would make on this machine.

    Raises `ConfigBroken`, `ConfigUnavailable`, and `Refused` for a secret store that is none.
    """
    profiles = await asyncio.to_thread(context.profiles.list)
    kept = await context.secrets.condition()
    found = of_workspace(profiles, context.backend.address, workspace.id)
    taken = [each.name for each in profiles]
    profile = found or Profile(
        free_name(workspace.name, taken), server_url=context.backend.address, workspace_id=workspace.id
    )
    if profile.plain_secret or (profile.token_id and not await _is_lost(context, profile.token_id, kept)):
        return Plan(profile, is_new=False, makes_token=False, kept=kept)
    without = _reason_without_token(context, workspace, kept)
    return Plan(profile, is_new=found is None, makes_token=not without, kept=kept, without=without)


async def activate(context: Context, workspace: Workspace) -> Activated:
    """Make a workspace the one that is shown, and its profile the active one; `context.at` goes there.

    Where it has no profile, or one without a token or without its secret, these are made; a token only
    if its secret can be kept (P4). What fails half-way is taken back.

    Raises `Refused`: `not_found`, and `member_disabled` where it cannot be opened (W6), `Unreachable`,
    `ConfigBroken`, `ConfigUnavailable`.
    """
    now = await context.backend.workspaces.get(workspace.id)
    if now.status == Status.DISABLED:
        raise Refused("member_disabled")
    planned = await plan(context, now)
    token_id, note = await _new_token(context, planned) if planned.makes_token else (None, planned.without)
    try:
        wanted = replace(planned.profile, token_id=token_id or planned.profile.token_id)
        bind = partial(context.profiles.bind, wanted, activate=True, in_place_of=planned.profile.token_id)
        profile = await asyncio.to_thread(bind)
    except BaseException:
        await _take_back(context, now.id, token_id)
        raise
    if profile.token_id != token_id:
        await _take_back(context, now.id, token_id)
    elif token_id:
        await _delete_lost(context, planned.profile)
    await asyncio.to_thread(remember_workspace, context.folders.state, context.backend.address, now.id)
    return Activated(now, profile, _note(context, planned, profile, note))


async def _is_lost(context: Context, token_id: str, kept: Kept) -> bool:
    """Whether the store works, and says that it does not have the secret of a token."""
    if not kept.can_keep:
        return False
    try:
        return await context.secrets.read(token_id) is None
    except Failure:
        return False


def _reason_without_token(context: Context, workspace: Workspace, kept: Kept) -> str:
    """Why no token would be made for a profile, as a sentence; empty where one would."""
    if context.credential.kind != CredentialKind.SESSION:
        return sentence("session_required")
    if context.guest:
        return "WORKSPACES_TOKEN signs you in, and nothing of it is kept here."
    if missing := context.backend.capabilities.reason_without(ActId.TOKENS_CREATE):
        return missing
    if code := workspace.refusals.get(ActId.TOKENS_CREATE):
        return sentence(code)
    return "" if kept.can_keep else kept.state.sentence


async def _new_token(context: Context, planned: Plan) -> tuple[str | None, str]:
    """The id of a new token whose secret is kept; or None, and why there is none."""
    workspace_id = planned.profile.workspace_id or ""
    try:
        made = await context.backend.tokens.create(workspace_id, TokenAsk(_token_name(planned.profile), None))
    except Refused as refused:
        return None, refused.detail
    without = "The server did not give the secret of its new token."
    try:
        if made.secret is not None:
            await context.secrets.keep(made.token.id, made.secret)
            return made.token.id, ""
    except Failure as failure:
        without = failure.detail
    await _take_back(context, workspace_id, made.token.id)
    return None, without


async def _take_back(context: Context, workspace_id: str, token_id: str | None) -> None:
    """Ends a token that was made for nothing, and forgets its secret."""
    if token_id is None:
        return
    with suppress(NotKept):
        await context.secrets.forget(token_id)
    try:
        await context.backend.tokens.delete(workspace_id, token_id, None)
    except Failure as failure:
        log.warning("the token %s was made for nothing and is left: %s", token_id, failure)


async def _delete_lost(context: Context, profile: Profile) -> None:
    """Ends the token that a profile had, if it was made for it on this machine: its secret is nowhere then.

    The secret of any other one may be elsewhere, and in use.
    """
    workspace_id, lost = profile.workspace_id or "", profile.token_id
    if lost is None:
        return
    try:
        page = await context.backend.tokens.list(workspace_id, ListQuery(q=lost), Place(limit=1))
        if any(token.id == lost and token.name == _token_name(profile) for token in page.items):
            await context.backend.tokens.delete(workspace_id, lost, None)
    except Failure as failure:
        log.warning("the token %s, whose secret is lost, is left: %s", lost, failure)


def _token_name(profile: Profile) -> str:
    name = tidy(f"{profile.name} on {platform.node()}")[:TEXT_LIMIT]
    return profile.name[:TEXT_LIMIT] if text_problem(name) else name


def _note(context: Context, planned: Plan, profile: Profile, without: str) -> str:
    """What has not come as planned, and what decides elsewhere."""
    said = []
    if planned.makes_token and profile.token_id == planned.profile.token_id:
        said.append(f"Its profile {profile.name} has no {'new ' if profile.token_id else ''}token. {without}")
    if context.override and context.override.profile != profile.name:
        said.append(f"Here {context.override.by} still says {context.override.profile}.")
    return " ".join(said)
