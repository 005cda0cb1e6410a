"""What acts on tokens and their secrets ask: a new one, its name, whether what is shown once is kept (T1, T3, T4)."""

from dataclasses import dataclass, field
from functools import partial
from typing import Self

from tui.acts import secrets
from tui.acts.act import Result
from tui.app.asking.asking import Answer, Asking
from tui.context import token_secrets
from tui.context.context import Context
from tui.dialogs.confirm import Confirm, Question
from tui.dialogs.message import Message
from tui.dialogs.name import NameDialog, NameQuestion
from tui.dialogs.new_token import NewToken, NewTokenDialog, NewTokenQuestion
from tui.dialogs.secret_once import Kept, Once, SecretOnce, ShownOnce
from tui.domain.errors import Failure
from tui.domain.names import text_problem, tidy
from tui.domain.programs import Program
from tui.domain.tokens import Token
from tui.screens.messages import NotAnswered

NOT_STORED = "Not stored on this machine."
LOST = "The answer with its secret was lost, and a secret is shown only once. Rotate the token: that makes a new one."


@dataclass(frozen=True)
class Made:
    """A token with the secret that came with it."""

    token: Token
    secret: str = field(repr=False)


async def new_token(asking: Asking) -> None:
    """Asks for a token and has it made, then shows its secret once."""
    keeping = await Keeping.of(asking.wish.context)

    async def create(new: NewToken) -> str | None:
        return await asking.submit(new.ask)

    question = NewTokenQuestion(keeping.context.workspace.name, keeping.store, keeping.reason)
    new = await asking.app.push_screen_wait(NewTokenDialog(question, create))
    if made := await _made(asking):
        kept = await keeping.keep(made) if new and new.keep else Kept(done=False, said=NOT_STORED)
        await _show(asking, keeping, made, kept)


async def rotation(asking: Asking) -> None:
    """Says what follows, has it done, then shows the new secret once; where the old one was held, the new one is."""
    wish = asking.wish
    told = wish.act.consequences(wish.context, wish.targets, None)
    question = Question(wish.title, wish.act.word(wish.targets), told, danger=True)
    await asking.app.push_screen_wait(Confirm(question, partial(asking.submit, None)))
    if made := await _made(asking):
        keeping = await Keeping.of(wish.context)
        await _show(asking, keeping, made, await keeping.renew(made))


async def _made(asking: Asking) -> Made | None:
    """What was made; where only a late repeat of the call was answered, says that its secret comes no more."""
    result: Result[Token] | None = next(iter(asking.results), None)
    if result is None or result.after is None:
        return None
    if not result.once:
        await asking.app.push_screen_wait(Message(_title(result.after), [LOST]))
        return None
    return Made(result.after, result.once)


async def left_over(asking: Asking) -> Answer | None:
    """The secrets of tokens that are gone, once they are meant to be forgotten; says so where there are none."""
    wish = asking.wish
    try:
        left = await secrets.left_over(wish.context, Program.APP)
    except Failure as failure:
        wish.screen.post_message(NotAnswered(failure))
        wish.screen.say(failure.detail, failed=True)
        return None
    if not left:
        wish.screen.say(wish.act.nothing)
        return None
    told = wish.act.consequences(wish.context, wish.targets, left)
    question = Question(wish.act.label, "Forget", told)
    return Answer(left, meant=True) if await asking.app.push_screen_wait(Confirm(question)) else None


async def other_name(asking: Asking) -> None:
    """Asks for another name and has the token renamed."""
    wish = asking.wish
    told = wish.act.consequences(wish.context, wish.targets, wish.subject)
    question = NameQuestion(wish.title, "Rename", value=wish.subject, notes=[told.stays], lower=False)

    async def rename(name: str) -> str | None:
        return await asking.submit(tidy(name))

    await asking.app.push_screen_wait(NameDialog(question, lambda name: text_problem(tidy(name)), rename))


@dataclass(frozen=True)
class Keeping:
    """Where this machine keeps secrets, as people call it; `reason` is why it cannot keep one now."""

    context: Context
    store: str
    reason: str

    @classmethod
    async def of(cls, context: Context) -> Self:
        """How it is now."""
        try:
            kept = await context.secrets.condition()
        except Failure as failure:
            return cls(context, "this machine", failure.detail)
        return cls(context, kept.name, "" if kept.can_keep else kept.state.sentence)

    async def keep(self, made: Made) -> Kept:
        """Keeps the secret of a token."""
        try:
            await self.context.secrets.keep(made.token.id, made.secret)
        except Failure as failure:
            return Kept(done=False, said=f"{NOT_STORED} {failure.detail}")
        return Kept(done=True, said=f"Stored in {self.store}.")

    async def renew(self, made: Made) -> Kept:
        """Keeps it where the one before was held."""
        try:
            is_kept = await token_secrets.renew(self.context, made.token.id, made.secret)
        except Failure as failure:
            return Kept(done=False, said=f"{NOT_STORED} {failure.detail}")
        return Kept(done=is_kept, said=f"Stored in {self.store}, in place of the old one." if is_kept else NOT_STORED)


async def _show(asking: Asking, keeping: Keeping, made: Made, kept: Kept) -> None:
    can_keep = not keeping.reason and not kept.done
    once = Once(
        title=_title(made.token),
        noun="secret",
        rows=[ShownOnce("Id", said=made.token.id), ShownOnce("Secret", made.secret)],
        kept=kept,
        keep=partial(keeping.keep, made) if can_keep else None,
    )
    await asking.app.push_screen_wait(SecretOnce(once))
    asking.wish.screen.read_again()


def _title(token: Token) -> str:
    return f"The secret of {token.name}"
