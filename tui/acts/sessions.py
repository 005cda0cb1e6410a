"""What can be done to one's sessions (S3)."""

from collections.abc import Sequence

from tui.acts.act import Act, Parts, Result, Weight
from tui.acts.consequences import Consequences
from tui.acts.performing import one_by_one
from tui.context.context import Context
from tui.domain.acts import ActId
from tui.domain.users import Ended, Session


async def _end(context: Context, session: Session, answer: None) -> None:
    await context.backend.sessions.end(session.id)


def _ended(result: Result[Session], answer: None) -> str:
    return f"The session on {result.before.device.name} has ended." if result.before else ""


def _of_end(context: Context, sessions: Sequence[Session], answer: None) -> Consequences:
    several, here = len(sessions) > 1, any(session.current for session in sessions)
    which = f"{len(sessions)} sessions" if several else f"The session on {sessions[0].device.name}"
    return Consequences(
        becomes=f"{which} end{'' if several else 's'}; what {'they ask' if several else 'it asks'} next is refused.",
        stops="You are using this session now: you will be signed out." if here else "",
        for_good="An ended session cannot be used again; signing in makes a new one.",
    )


END: Act[Session, None] = Act(
    id=ActId.SESSIONS_END,
    label="End session",
    word=lambda sessions: "End",
    weight=lambda sessions, answer: Weight.CONFIRM,
    consequences=_of_end,
    done=_ended,
    perform=one_by_one(_end),
)


async def _end_others(context: Context, targets: Sequence[Ended], answer: None) -> Parts[Ended]:
    yield [Result(None, after=Ended(await context.backend.sessions.end_others()))]


def _others_ended(result: Result[Ended], answer: None) -> str:
    count = result.after.ended if result.after else 0
    return f"{count:,} other session{' has' if count == 1 else 's have'} ended."


def _of_end_others(context: Context, targets: Sequence[object], answer: None) -> Consequences:
    return Consequences(
        becomes="All your sessions but this one end; what they ask next is refused.",
        stays="You stay signed in here.",
        for_good="An ended session cannot be used again; signing in makes a new one.",
    )


END_OTHERS: Act[Ended, None] = Act(
    id=ActId.SESSIONS_END_OTHERS,
    label="End all other sessions",
    word=lambda targets: "End others",
    weight=lambda targets, answer: Weight.CONFIRM,
    consequences=_of_end_others,
    done=_others_ended,
    perform=_end_others,
)
