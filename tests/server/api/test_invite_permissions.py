"""The table of "Roles and members" for invites, act by act over HTTP (M1, I1, I2, I4).

What to expect is written out by hand from the rules; `on` is the role that the invite gives.
"""

from typing import Any

import pytest

from tests.server.api.test_permissions import ROLES, rows, who
from tests.server.driver import Answer, House, Person
from tests.server.inviting import invites, link, send

EXPECTED = """
act             on        owner           manager         user
send            owner     may             role_forbidden  role_forbidden
send            manager   may             may             role_forbidden
send            user      may             may             role_forbidden
link            manager   may             may             role_forbidden
link            user      may             may             role_forbidden
list            user      may             may             role_forbidden
resend          owner     may             role_forbidden  role_forbidden
resend          manager   may             may             role_forbidden
resend          user      may             may             role_forbidden
revoke          owner     may             role_forbidden  role_forbidden
revoke          manager   may             may             role_forbidden
revoke          user      may             may             role_forbidden
"""


async def attempt(act: str, actor: Person, acme: str, role: str, invite: Any) -> Answer:
    """Tries an act, against whatever is there."""
    path = f"/workspaces/{acme}/invites/{invite['id']}"
    match act:
        case "send":
            return await send(actor, acme, "new@example.org", role=role)
        case "link":
            return await link(actor, acme, role=role)
        case "list":
            return await invites(actor, acme)
        case "resend":
            return await actor.post(f"{path}/resend", {})
        case "revoke":
            return await actor.delete(path)
    raise ValueError(act)


async def shown(act: str, actor: Person, acme: str) -> str | None:
    """The refusal that is shown beforehand: of the list, or in it; of the workspace for what makes an invite."""
    if act in {"send", "link"}:
        code: str | None = (await actor.sees(acme))["refusals"].get(f"invites.{act}")
        return code
    listed = await invites(actor, acme)
    return listed.code or listed.body["items"][0]["refusals"].get(f"invites.{act}")


@pytest.mark.parametrize(("act", "on", "expected"), rows(EXPECTED))
async def test_M1_I4_every_act_on_invites_by_every_role_for_every_role(
    house: House, act: str, on: str, expected: dict[str, str]
) -> None:
    founder = await house.sign_up("founder")
    came, announced = {}, {}
    for by in expected:
        acme = await founder.creates(f"acme-{by}")
        actor = await who(house, acme, by)
        invite = (await send(founder, acme, "ada@example.org", role=on)).done()["results"][0]["invite"]
        if by in ROLES:
            announced[by] = await shown(act, actor, acme) or "may"
        came[by] = (await attempt(act, actor, acme, on, invite)).code or "may"

    assert came == expected
    if (act, on) == ("send", "owner"):
        announced["manager"] = "role_forbidden"  # they may send invites, only not this one
    assert announced == {by: expected[by] for by in ROLES}


async def test_S2_I1_a_token_invites_as_its_member(house: House) -> None:
    grace = await house.sign_up("grace")
    acme, labs = await grace.creates("acme"), await grace.creates("labs")
    token = (await grace.post(f"/workspaces/{acme}/tokens", {"name": "ci", "expires_in": None})).done()
    bearer = {"Authorization": f"Bearer {token['token']['id']}.{token['secret']}"}

    async def invited(workspace: str) -> Any:
        ask = {"emails": ["ada@example.org"]}
        return (await house.calls.post(f"/v1/workspaces/{workspace}/invites", json=ask, headers=bearer)).json()

    assert (await invited(acme))["results"][0]["invite"]["inviter"]["username"] == "grace"
    assert (await invited(labs))["code"] == "not_found"
