"""The parts of an account, read together: from the server, from the config file, from the secret store."""

import asyncio
from datetime import datetime
from typing import NamedTuple

from tui.context.context import Context
from tui.context.secrets import Kept
from tui.context.usable import listed
from tui.domain.errors import Failure, Refused
from tui.domain.queries import PAGE_LIMIT, ListQuery, Place
from tui.domain.servers import Mode
from tui.domain.users import Session, User
from tui.lists.account import Part, grouped, of_latest, of_session, of_user
from tui.lists.column import Cell
from tui.profiles.row import ProfileRow

SIGN_OUT, SECRETS, ACTIVITY, DELETE = "sign_out", "secrets", "activity", "delete"
"""The ids of parts that are about no row."""


class Read(NamedTuple):
    user: User
    parts: list[Part]


async def read(context: Context, now: datetime) -> Read:
    """The person as they are now, and all parts in their order.

    What cannot be read by itself is a part that says so. Raises the server's `Failure`.
    """
    me, sessions, latest, profiles, kept = await asyncio.gather(
        context.backend.account.me(),
        _sessions(context, now),
        _latest(context, now),
        _profiles(context),
        _kept(context),
    )
    parts = [*of_user(me.user), *sessions, *profiles, kept, latest, *_endings(context)]
    return Read(me.user, grouped(parts))


def told(part: Part, context: Context) -> str:
    """What a part means for the person, as a sentence or two."""
    match part.row:
        case ProfileRow(reason=reason) if reason:
            return reason
        case ProfileRow():
            return "modal and this program can act by it."
        case Session(current=True):
            return "You are using this session now. Ending it signs you out."
        case Session():
            return "Somebody who is signed in as you there. End it if that is not you."
        case Kept():
            return f"{part.row.state.sentence} {part.row.state.advice}".strip()
    return _TOLD.get(part.id, "").format(place=context.place)


_TOLD = {
    "user": "How others see you in every workspace of {place}. Old names stay in the activity logs.",
    "email": "Where invites find you. It is proved once a code that was mailed to it came back.",
    "github": "Linked, it signs you in and lets you join workspaces of its organizations.",
    ACTIVITY: "What you did with your account. Enter shows all of it.",
    SIGN_OUT: "This computer forgets who you are on {place}; the account stays.",
    DELETE: "Your account on {place}, with its personal workspace, goes for good.",
}


async def _sessions(context: Context, now: datetime) -> list[Part]:
    """The one in use first; a token sees none (S2)."""
    try:
        sessions = (await context.backend.sessions.list(Place(limit=PAGE_LIMIT))).items
    except Refused as refused:
        return [Part("sessions", "not shown", Cell(refused.detail, "muted"), group="Sessions")]
    return [of_session(session, now) for session in sorted(sessions, key=lambda each: not each.current)]


async def _latest(context: Context, now: datetime) -> Part:
    try:
        page = await context.backend.activity.mine(ListQuery(), Place(limit=1))
    except Refused as refused:
        return Part(ACTIVITY, "not shown", Cell(refused.detail, "muted"), group="Activity")
    return of_latest(next(iter(page.items), None), now)


async def _profiles(context: Context) -> list[Part]:
    try:
        rows = await listed(context)
    except Failure as failure:
        return [Part("profiles", "not readable", Cell(failure.detail, "danger"), group="Profiles")]
    return [_profile(row) for row in rows] or [Part("profiles", "none", group="Profiles")]


def _profile(row: ProfileRow) -> Part:
    state = (
        Cell(row.reason, "muted") if row.reason else Cell("in use", "accent") if row.decides else Cell("ready", "ok")
    )
    return Part(f"profile {row.name}", row.name, state, row.server or "Modal", "Profiles", row, row.decides)


async def _kept(context: Context) -> Part:
    try:
        kept: Kept = await context.secrets.condition()
    except Failure as failure:
        return Part(SECRETS, "not usable", Cell(failure.detail, "danger"), group="Secrets")
    state = Cell(kept.state.condition, "ok" if kept.can_keep else "muted")
    return Part(
        SECRETS, kept.name, state if kept.lasts else Cell("forgotten at the end", "muted"), group="Secrets", row=kept
    )


def _endings(context: Context) -> list[Part]:
    """This computer's own service needs no sign-in, so there is no signing out of it."""
    signing_out = Part(SIGN_OUT, "Sign out", Cell(f"of {context.place}", "muted"), group="Leaving")
    deleting = Part(DELETE, "Delete account", Cell("for good", "muted"), group="Leaving")
    return [deleting] if context.server.mode == Mode.EMBEDDED else [signing_out, deleting]
