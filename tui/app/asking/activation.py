"""What activating a workspace asks: nothing, but the first time, when it makes something (P4)."""

import asyncio

from tui.app.asking.asking import Answer, Asking
from tui.context.activating import Plan, plan
from tui.context.context import Context
from tui.dialogs.activate import ActivateFirst, ActivationFacts
from tui.domain.errors import Failure

GO_ON = Answer(None, meant=True)


async def activation(asking: Asking) -> Answer | None:
    """Goes on once the person has read what is made. What fails here is told by the act itself."""
    context, workspace = asking.wish.context, asking.wish.targets[0]
    try:
        planned = await plan(context, workspace)
        active = await asyncio.to_thread(context.profiles.active)
    except Failure:
        return GO_ON
    if not planned.makes_something:
        return GO_ON
    facts = _facts(context, workspace.name, planned, active.name if active else "")
    return GO_ON if await asking.app.push_screen_wait(ActivateFirst(facts)) else None


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
