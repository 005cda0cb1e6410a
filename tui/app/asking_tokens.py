"""What acts on tokens ask: a new one, its name, whether a secret that is shown once is kept (T1, T3)."""

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Self

from tui.acts.act import Result
from tui.context import token_secrets
from tui.context.context import Context
from tui.dialogs.confirm import Confirm, Question
from tui.dialogs.name import NameDialog, NameQuestion
from tui.dialogs.new_token import NewToken, NewTokenDialog, NewTokenQuestion
from tui.dialogs.secret_once import Kept, Once, SecretOnce, ShownOnce
from tui.domain.errors import Failure
from tui.domain.names import text_problem, tidy
from tui.domain.tokens import Token

if TYPE_CHECKING:
    # Its table of acts names the functions here.
    from tui.app.asking import Asking

NOT_STORED = "Not stored on this machine."


async def new_token(asking: "Asking") -> None:
    """Asks for a token and has it made, then shows its secret once."""
    keeping = await Keeping.of(asking.wish.context)

    async def create(new: NewToken) -> str | None:
        return await asking.submit(new.ask)

    question = NewTokenQuestion(keeping.context.workspace.name, keeping.store, keeping.reason)
    new = await asking.app.push_screen_wait(NewTokenDialog(question, create))
    for result in asking.results:
        kept = await keeping.keep(result) if new and new.keep else Kept(done=False, said=NOT_STORED)
        await _show(asking, keeping, result, kept)


async def rotation(asking: "Asking") -> None:
    """Says what follows, has it done, then shows the new secret once; where the old one was held, the new one is."""
    wish = asking.wish
    told = wish.act.consequences(wish.context, wish.targets, None)
    question = Question(wish.title, wish.act.word(wish.targets), told, danger=True)
    await asking.app.push_screen_wait(Confirm(question, partial(asking.submit, None)))
    for result in asking.results:
        keeping = await Keeping.of(wish.context)
        await _show(asking, keeping, result, await keeping.renew(result))


async def other_name(asking: "Asking") -> None:
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

    async def keep(self, result: Result[Token]) -> Kept:
        """Keeps the secret that came with a token."""
        try:
            await self.context.secrets.keep(*_secret(result))
        except Failure as failure:
            return Kept(done=False, said=f"{NOT_STORED} {failure.detail}")
        return Kept(done=True, said=f"Stored in {self.store}.")

    async def renew(self, result: Result[Token]) -> Kept:
        """Keeps it where the one before was held."""
        try:
            is_kept = await token_secrets.renew(self.context, *_secret(result))
        except Failure as failure:
            return Kept(done=False, said=f"{NOT_STORED} {failure.detail}")
        return Kept(done=is_kept, said=f"Stored in {self.store}, in place of the old one." if is_kept else NOT_STORED)


async def _show(asking: "Asking", keeping: Keeping, result: Result[Token], kept: Kept) -> None:
    token_id, secret = _secret(result)
    can_keep = not keeping.reason and not kept.done
    once = Once(
        title=f"The secret of {result.after.name if result.after else token_id}",
        noun="secret",
        rows=[ShownOnce("Id", said=token_id), ShownOnce("Secret", secret)],
        kept=kept,
        keep=partial(keeping.keep, result) if can_keep else None,
    )
    await asking.app.push_screen_wait(SecretOnce(once))
    asking.wish.screen.read_again()


def _secret(result: Result[Token]) -> tuple[str, str]:
    """The id of a token that was made or rotated, and its secret: null in a late repeat of the call."""
    return result.after.id if result.after else "", result.once or ""
