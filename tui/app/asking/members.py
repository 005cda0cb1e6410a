"""What acts on members ask: a role, and the own one where a workspace is handed over (M1, M8)."""

from tui.app.asking.asking import Answer, Asking
from tui.dialogs.hand_over import HandOver, HandOverQuestion


async def role(asking: Asking) -> Answer | None:
    """The role that they get."""
    chosen = await asking.wish.screen.choose_role(asking.wish.targets)
    return Answer(chosen) if chosen else None


async def own_role(asking: Asking) -> Answer | None:
    """The role that one keeps oneself, having read what follows."""
    wish = asking.wish
    question = HandOverQuestion(
        f"Hand {wish.context.workspace.name} over to {wish.subject}",
        lambda role: wish.act.consequences(wish.context, wish.targets, role),
    )
    chosen = await asking.app.push_screen_wait(HandOver(question))
    return Answer(chosen, meant=True) if chosen else None
