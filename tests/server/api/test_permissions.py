"""The table of "Roles and members", act by act over HTTP: who may do what to whom (M1).

What to expect is written out by hand from the rules, never computed from the code that refuses.
"""

from typing import Any

import pytest

from tests.server.driver import Answer, House, Person

EXPECTED = """
act             on        owner           manager         user
assign:user     owner     may             role_forbidden  role_forbidden
assign:user     manager   may             may             role_forbidden
assign:user     user      may             may             role_forbidden
assign:user     self      may             may             role_forbidden
assign:manager  owner     may             role_forbidden  role_forbidden
assign:manager  manager   may             may             role_forbidden
assign:manager  user      may             may             role_forbidden
assign:manager  self      may             may             role_forbidden
assign:owner    owner     may             role_forbidden  role_forbidden
assign:owner    manager   may             role_forbidden  role_forbidden
assign:owner    user      may             role_forbidden  role_forbidden
assign:owner    self      may             role_forbidden  role_forbidden
disable         owner     may             role_forbidden  role_forbidden
disable         manager   may             may             role_forbidden
disable         user      may             may             role_forbidden
disable         self      self_disable    self_disable    role_forbidden
enable          owner     may             role_forbidden  role_forbidden
enable          manager   may             may             role_forbidden
enable          user      may             may             role_forbidden
remove          owner     may             role_forbidden  role_forbidden
remove          manager   may             may             role_forbidden
remove          user      may             may             role_forbidden
remove          self      self_remove     self_remove     role_forbidden
hand_over       owner     may             role_forbidden  role_forbidden
hand_over       manager   may             role_forbidden  role_forbidden
hand_over       user      may             role_forbidden  role_forbidden
rename          -         may             role_forbidden  role_forbidden
delete          -         may             role_forbidden  role_forbidden
leave           -         may             may             may
list_activity   -         may             may             role_forbidden
"""

EXPECTED_ON_TOKENS = """
act             on        owner           manager         user
create          self      may             may             may
rename          owner     may             may             not_found
rename          manager   may             may             not_found
rename          user      may             may             not_found
rename          self      may             may             may
disable         owner     may             may             not_found
disable         manager   may             may             not_found
disable         user      may             may             not_found
disable         self      may             may             may
enable          owner     may             may             not_found
enable          manager   may             may             not_found
enable          user      may             may             not_found
enable          self      may             may             may
rotate          owner     role_forbidden  role_forbidden  not_found
rotate          manager   role_forbidden  role_forbidden  not_found
rotate          user      role_forbidden  role_forbidden  not_found
rotate          self      may             may             may
delete          owner     may             may             not_found
delete          manager   may             may             not_found
delete          user      may             may             not_found
delete          self      may             may             may
"""
"""Acts on the token of a member of that role; another's token is not there for a User."""

ROLES = ("owner", "manager", "user")
ALWAYS = {"disabled": "member_disabled", "outsider": "not_found"}
"""What meets a disabled Owner and somebody who is no member, whatever they try."""

ACT_IDS = {
    "assign": "members.set_role",
    "disable": "members.set_status",
    "enable": "members.set_status",
    "remove": "members.remove",
    "hand_over": "members.hand_over",
    "rename": "workspaces.rename",
    "delete": "workspaces.delete",
    "leave": "workspaces.leave",
    "list_activity": "activity.list",
}


TOKEN_ACT_IDS = {
    "create": "tokens.create",
    "rename": "tokens.rename",
    "disable": "tokens.set_status",
    "enable": "tokens.set_status",
    "rotate": "tokens.rotate",
    "delete": "tokens.delete",
}


def rows(table: str) -> list[tuple[str, str, dict[str, str]]]:
    """Each act of a table, the target's role, and what comes of it by the actor's role."""
    lines = [line.split() for line in table.strip().splitlines()[1:]]
    return [(act, on, dict(zip(ROLES, by_role, strict=True)) | ALWAYS) for act, on, *by_role in lines]


async def attempt(act: str, actor: Person, acme: str, target: Person) -> Answer:
    """Tries an act, against whatever is there."""
    match act.split(":"):
        case ["assign", role]:
            return await actor.changes(acme, target, role=role)
        case ["disable"]:
            return await actor.changes(acme, target, status="disabled")
        case ["enable"]:
            return await actor.changes(acme, target, status="active")
        case ["remove"]:
            return await actor.removes(acme, target)
        case ["hand_over"]:
            return await actor.hands_over(acme, target)
        case ["rename"]:
            return await actor.patch(f"/workspaces/{acme}", {"name": "acme-two"})
        case ["delete"]:
            return await actor.delete(f"/workspaces/{acme}")
        case ["leave"]:
            return await actor.leaves(acme)
        case ["list_activity"]:
            return await actor.get(f"/workspaces/{acme}/activity")
    raise ValueError(act)


async def shown(act: str, actor: Person, acme: str, target: Person | None) -> Any:
    """The refusal of an act that the object shows beforehand, as the actor sees it; None for none."""
    name, _, role = act.partition(":")
    seen = await actor.sees_member(acme, target) if target else await actor.sees(acme)
    return seen["role_refusals"].get(role) if role else seen["refusals"].get(ACT_IDS[name])


@pytest.mark.parametrize(("act", "on", "expected"), rows(EXPECTED))
async def test_M1_every_act_by_every_role_on_every_role(
    house: House, act: str, on: str, expected: dict[str, str]
) -> None:
    founder = await house.sign_up("founder")
    came, announced = {}, {}
    for by in expected:
        acme = await founder.creates(f"acme-{by}")
        actor = await who(house, acme, by)
        target = actor if on in {"self", "-"} else await house.joins(f"target-{by}", acme, on, disabled_if(act))
        if by in ROLES:
            announced[by] = await shown(act, actor, acme, None if on == "-" else target) or "may"
        came[by] = (await attempt(act, actor, acme, target)).code or "may"

    assert came == expected
    assert announced == {by: expected[by] for by in ROLES}


async def attempt_on_token(act: str, actor: Person, acme: str, path: str) -> Answer:
    """Tries an act on a token, against whatever is there."""
    match act:
        case "create":
            return await actor.post(f"/workspaces/{acme}/tokens", {"name": "ci", "expires_in": None})
        case "rename":
            return await actor.patch(path, {"name": "renamed"})
        case "disable":
            return await actor.patch(path, {"status": "disabled"})
        case "enable":
            return await actor.patch(path, {"status": "active"})
        case "rotate":
            return await actor.post(f"{path}/rotate", {})
        case "delete":
            return await actor.delete(path)
    raise ValueError(act)


async def shown_of_token(act: str, actor: Person, acme: str, owner: Person) -> Any:
    """The refusal of an act that the only token of a member shows beforehand; None for none."""
    if act == "create":
        return (await actor.sees(acme))["refusals"].get(TOKEN_ACT_IDS[act])
    answer = await actor.get(f"/workspaces/{acme}/tokens", member=owner.id)
    return answer.code or answer.body["items"][0]["refusals"].get(TOKEN_ACT_IDS[act])


@pytest.mark.parametrize(("act", "on", "expected"), rows(EXPECTED_ON_TOKENS))
async def test_T3_M1_every_act_on_tokens_by_every_role_on_every_role(
    house: House, act: str, on: str, expected: dict[str, str]
) -> None:
    founder = await house.sign_up("founder")
    came, announced = {}, {}
    for by in expected:
        acme = await founder.creates(f"acme-{by}")
        actor = await who(house, acme, by)
        owner = actor if on == "self" else await house.joins(f"target-{by}", acme, on)
        path = f"/workspaces/{acme}/tokens/ak-{'0' * 20}"
        if owner is not actor or by in ROLES:  # a disabled member and an outsider have none of their own
            path = (await owner.makes_token(acme)).path
            if act == "enable":
                (await owner.patch(path, {"status": "disabled"})).done()
        if by in ROLES:
            announced[by] = await shown_of_token(act, actor, acme, owner) or "may"
        came[by] = (await attempt_on_token(act, actor, acme, path)).code or "may"

    assert came == expected
    assert announced == {by: expected[by] for by in ROLES}


async def who(house: House, acme: str, by: str) -> Person:
    """Somebody of that role in a workspace; or an Owner who is disabled there, or somebody from outside."""
    if by == "outsider":
        return await house.sign_up(by)
    if by == "disabled":
        return await house.joins(by, acme, "owner", "disabled")
    return await house.joins(by, acme, by)


def disabled_if(act: str) -> str:
    """The status that the target of an act has before it."""
    return "disabled" if act == "enable" else "active"
