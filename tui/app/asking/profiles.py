"""What acts on profiles ask: another name (P1)."""

from tui.app.asking.asking import Asking
from tui.dialogs.name import NameDialog, NameQuestion
from tui.profiles.profile import name_problem


async def other_name(asking: Asking) -> None:
    """Asks for another name and has the profile renamed."""
    wish = asking.wish
    told = wish.act.consequences(wish.context, wish.targets, wish.subject)
    question = NameQuestion(wish.title, "Rename", value=wish.subject, notes=[told.stays], lower=False)
    await asking.app.push_screen_wait(NameDialog(question, name_problem, asking.submit))
