"""What can be done with the secrets of tokens that this machine holds (T4)."""

from collections.abc import Sequence
from dataclasses import dataclass

from tui.acts.act import Act, Parts, Result, Weight
from tui.acts.consequences import Consequences
from tui.context import token_secrets
from tui.context.context import Context
from tui.domain.acts import ActId
from tui.domain.programs import Program


@dataclass(frozen=True)
class LeftOver:
    """The secret of a token that the server no longer knows, by the token's id."""

    id: str


async def left_over(context: Context, program: Program) -> list[LeftOver]:
    """The secrets held here that open nothing any more; one of another person's token does.

    Raises `NotKept`, and `Failure` where the server does not answer.
    """
    unknown = await token_secrets.unknown(context)
    return [LeftOver(id) for id in sorted(await token_secrets.refused(context, program, unknown))]


async def _forget(context: Context, targets: Sequence[LeftOver], left: Sequence[LeftOver]) -> Parts[LeftOver]:
    await token_secrets.forget(context, [each.id for each in left])
    yield [Result(each) for each in left]


def _of_forget(context: Context, targets: Sequence[LeftOver], left: Sequence[LeftOver]) -> Consequences:
    several = len(left) > 1
    secrets, tokens = ("secrets", "tokens") if several else ("secret", "token")
    return Consequences(
        becomes=f"This machine forgets the {secrets} of {', '.join(each.id for each in left)}.",
        stays=f"The server no longer knows the {tokens}: nothing is lost by it.",
    )


FORGET: Act[LeftOver, Sequence[LeftOver]] = Act(
    id=ActId.SECRETS_FORGET,
    label="Forget left-over secrets",
    word=lambda targets: "Forget",
    weight=lambda targets, left: Weight.CONFIRM,
    consequences=_of_forget,
    done=lambda result, left: f"The secret of {result.was.id} is forgotten.",
    participle="forgotten",
    nothing="No secret is left over on this machine.",
    perform=_forget,
)
