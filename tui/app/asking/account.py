"""What is asked of a person about their own account (U1)."""

import re

from tui.acts.account import Change, Linking
from tui.app.asking.asking import Asking
from tui.app.device_code import waited
from tui.dialogs.edit_account import AccountText, EditAccount
from tui.dialogs.message import Message
from tui.dialogs.name import NameDialog, NameQuestion
from tui.domain.programs import Program
from tui.domain.users import User

_CODE = re.compile(r"[a-z]{4}[- ]?[a-z]{4}", re.IGNORECASE)

PROVED = "The old address stays until you enter the code that is mailed to the new one."
UNPROVED = "This server sends no mail, so an address is not proved."


async def edit(asking: Asking) -> None:
    """Username, name and email in one dialog; what was not changed is not sent."""
    user: User = asking.wish.targets[0]
    now = AccountText(user.username, user.display_name, user.email or "")

    async def submit(typed: AccountText) -> str | None:
        return await asking.submit(_change(now, typed))

    note = PROVED if asking.wish.context.server.mail else UNPROVED
    await asking.app.push_screen_wait(EditAccount(now, note, submit))


async def mailed_code(asking: Asking) -> None:
    """The code of a letter."""
    question = NameQuestion(
        "Enter the mailed code",
        "Prove",
        notes=["It is good for an hour and five tries. Change the address again to have a new one mailed."],
        label="Code",
        lower=False,
    )
    await asking.app.push_screen_wait(NameDialog(question, _code_problem, asking.submit))


async def github_account(asking: Asking) -> None:
    """Shows the code for GitHub until it was entered there."""
    refused = await waited(asking.app, asking.wish.act.label, lambda show: asking.submit(Linking(Program.APP, show)))
    if refused:
        await asking.app.push_screen_wait(Message(f"{asking.wish.act.label}: not done", [refused]))


def _change(now: AccountText, typed: AccountText) -> Change:
    """Only what differs."""
    changed = (new if new != old else None for old, new in zip(now, typed, strict=True))
    return Change(*changed)


def _code_problem(code: str) -> str | None:
    return None if _CODE.fullmatch(code.strip()) else "A code has eight letters: BCDF-GHJK."
