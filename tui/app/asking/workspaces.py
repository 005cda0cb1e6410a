"""What is asked about workspaces: a new one, another name, and the switch of auto-join (W3, W4, W5)."""

from tui.app.asking.asking import Answer, Asking
from tui.dialogs.confirm import Confirm, Question
from tui.dialogs.name import NameDialog, NameQuestion
from tui.dialogs.new_workspace import NewWorkspace, Organizations
from tui.domain.acts import ActId
from tui.domain.errors import Failure
from tui.domain.names import name_problem
from tui.screens.messages import NotAnswered


async def new_workspace(asking: Asking) -> None:
    """Asks for a name and for where it comes from, and has it made."""
    backend = asking.wish.context.backend

    async def organizations() -> Organizations:
        if reason := backend.capabilities.reason_without(ActId.WORKSPACES_JOIN):
            return reason
        try:
            return await backend.workspaces.github_orgs()
        except Failure as failure:
            return failure.detail

    await asking.app.push_screen_wait(NewWorkspace(name_problem, organizations, asking.submit))


async def other_name(asking: Asking) -> None:
    """Asks for another name and has the workspace renamed."""
    wish = asking.wish
    told = wish.act.consequences(wish.context, wish.targets, wish.subject)
    question = NameQuestion(wish.title, "Rename", value=wish.subject, notes=[told.stays])
    await asking.app.push_screen_wait(NameDialog(question, name_problem, asking.submit))


async def other_auto_join(asking: Asking) -> Answer | None:
    """The other way than auto-join is now, once it is meant; None where it is not, or cannot be told."""
    wish = asking.wish
    try:
        settings = await wish.context.backend.settings.get(wish.context.workspace.id)
    except Failure as failure:
        wish.screen.post_message(NotAnswered(failure))
        wish.screen.say(failure.detail, failed=True)
        return None
    on = not settings.auto_join
    told = wish.act.consequences(wish.context, wish.targets, on)
    word = "Switch on" if on else "Switch off"
    question = Question(f"{word} auto-join of {wish.subject}", word, told)
    return Answer(on, meant=True) if await asking.app.push_screen_wait(Confirm(question)) else None
