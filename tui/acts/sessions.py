"""What can be done to one's sessions (S3)."""

from collections.abc import Sequence

from tui.acts import consequences
from tui.acts.act import Act, Parts, Result, Weight, one_by_one
from tui.context.context import Context
from tui.domain.acts import ActId
from tui.domain.users import Ended, Session


async def _end(context: Context, session: Session, answer: None) -> None:
    await context.backend.sessions.end(session.id)


def _ended(result: Result[Session], answer: None) -> str:
    return f"The session on {result.before.device.name} has ended." if result.before else ""


END: Act[Session, None] = Act(
    id=ActId.SESSIONS_END,
    label="End session",
    word=lambda sessions: "End",
    weight=lambda sessions, answer: Weight.CONFIRM,
    consequences=consequences.of_end,
    done=_ended,
    perform=one_by_one(_end),
)


async def _end_others(context: Context, targets: Sequence[Ended], answer: None) -> Parts[Ended]:
    yield [Result(None, after=Ended(await context.backend.sessions.end_others()))]


def _others_ended(result: Result[Ended], answer: None) -> str:
    count = result.after.ended if result.after else 0
    return f"{count:,} other session{' has' if count == 1 else 's have'} ended."


END_OTHERS: Act[Ended, None] = Act(
    id=ActId.SESSIONS_END_OTHERS,
    label="End all other sessions",
    word=lambda targets: "End others",
    weight=lambda targets, answer: Weight.CONFIRM,
    consequences=consequences.of_end_others,
    done=_others_ended,
    perform=_end_others,
)
