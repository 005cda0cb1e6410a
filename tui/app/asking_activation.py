"""What activating a workspace asks: nothing, but the first time, when it makes something (P4)."""

import asyncio
from typing import TYPE_CHECKING

from tui.context.activating import Plan, plan
from tui.context.context import Context
from tui.dialogs.activate import ActivateFirst, ActivationFacts
from tui.domain.errors import Failure

if TYPE_CHECKING:
    # It names the questions of all acts, this one too.
    from tui.app.asking import Asking


async def is_wanted(asking: "Asking") -> bool:
    """Whether the person goes on, having read what is made. What fails here is told by the act itself."""
    context, workspace = asking.wish.context, asking.wish.targets[0]
    try:
        planned = await plan(context, workspace)
        active = await asyncio.to_thread(context.profiles.active)
    except Failure:
        return True
    if not planned.makes_something:
        return True
    facts = _facts(context, workspace.name, planned, active.name if active else "")
    return await asking.app.push_screen_wait(ActivateFirst(facts)) is True


def _facts(context: Context, workspace: str, planned: Plan, active: str) -> ActivationFacts:
    name, kept = planned.profile.name, planned.kept
    token = f"A new one of yours for {workspace}, for this machine. It does not expire."
    until_now = f" Until now: {active}." if active and active != name else ""
    use = f"It uses {name} then" if planned.makes_token else f"It takes {name} then, but cannot sign in by it"
    return ActivationFacts(
        workspace=workspace,
        profile=f"{name}, {'added to' if planned.is_new else 'in'} {context.config}",
        token=token if planned.makes_token else f"None is made. {planned.without}",
        modal=f"{use}.{until_now}",
        secret=f"It goes to {kept.name}; modal gets it by: workspaces exec." if planned.makes_token else "",
        advice="" if planned.makes_token else kept.state.advice,
    )
