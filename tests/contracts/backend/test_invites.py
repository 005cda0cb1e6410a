"""What every backend does with invites, whatever stands behind it."""

import pytest

from tests.contracts.backend.conftest import Ground
from tests.contracts.backend.test_backend import DEVICE, NOBODY, refused
from tui.domain.errors import Conflict, Unauthenticated
from tui.domain.invites import (
    AcceptAsk,
    Invite,
    InviteKind,
    InviteLinkAsk,
    InvitesAsk,
    InviteStatus,
    Mail,
    NewUserAsk,
    ResendAsk,
)
from tui.domain.queries import ListQuery, Place
from tui.domain.roles import Role


def code_of(link: str | None) -> str:
    return (link or "").partition("#")[2]


async def test_I1_addresses_are_invited_with_a_result_each(ground: Ground) -> None:
    verdicts = await ground.backend.invites.send(
        ground.acme, InvitesAsk(emails=["tony@example.org", "-"], role="manager")
    )
    assert [verdict.email for verdict in verdicts] == ["tony@example.org", "-"]
    assert verdicts[0].invite is not None
    assert (verdicts[0].invite.mail, verdicts[0].invite.role) == (Mail.SHOWN, Role.MANAGER)
    assert (await ground.backend.invites.find(code_of(verdicts[0].link))).kind == InviteKind.EMAIL
    assert verdicts[1].problem is not None
    assert verdicts[1].problem.code == "email_invalid"
    assert (await ground.backend.workspaces.get(ground.acme)).pending_invites == 1


async def test_I2_I3_a_link_is_made_found_and_accepted_by_a_new_user(ground: Ground) -> None:
    invites = ground.backend.invites
    made = await invites.link(ground.acme, InviteLinkAsk(max_uses=1, label="Summer school"))
    code = code_of(made.link)
    offer = await invites.find(code)
    assert (offer.workspace_name, offer.role, offer.inviter_name) == ("acme", Role.USER, "grace")
    welcome = await invites.accept(AcceptAsk(code=code, new_user=NewUserAsk(username="linus"), device=DEVICE))
    assert (welcome.user.username, welcome.workspace.id) == ("linus", ground.acme)
    assert welcome.member is not None
    assert welcome.secret
    with refused("invite_used_up"):
        await invites.find(code)
    with refused("invite_unknown"):
        await invites.find("ic-nonsense")


async def test_I3_a_member_who_accepts_is_in_already(ground: Ground) -> None:
    made = await ground.backend.invites.link(ground.acme, InviteLinkAsk())
    welcome = await ground.backend.invites.accept(AcceptAsk(code=code_of(made.link)))
    assert welcome.member is not None
    assert (welcome.member.username, welcome.member.role, welcome.secret) == ("grace", Role.OWNER, None)


async def test_S5_an_address_with_an_account_needs_that_account(ground: Ground) -> None:
    invites = ground.backend.invites
    first = await invites.link(ground.acme, InviteLinkAsk())
    tony = NewUserAsk(username="tony", email="tony@example.org")
    await invites.accept(AcceptAsk(code=code_of(first.link), new_user=tony, device=DEVICE))
    labs = await ground.backend.workspaces.create("labs")
    [verdict] = await invites.send(labs.id, InvitesAsk(emails=["TONY@example.org"]))
    again = NewUserAsk(username="tony-again")
    with pytest.raises(Unauthenticated):
        await invites.accept(AcceptAsk(code=code_of(verdict.link), new_user=again, device=DEVICE))
    with refused("email_mismatch"):
        other = NewUserAsk(username="other", email="other@example.org")
        await invites.accept(AcceptAsk(code=code_of(verdict.link), new_user=other, device=DEVICE))


async def test_I4_invites_are_listed_sent_again_and_revoked(ground: Ground) -> None:
    invites = ground.backend.invites
    await invites.send(ground.acme, InvitesAsk(emails=["b@example.org", "a@example.org"]))
    page = await invites.list(ground.acme, ListQuery(sort="email"), Place(limit=1))
    assert ([invite.email for invite in page.items], page.total) == (["a@example.org"], 2)
    first = page.items[0]
    again = await invites.resend(ground.acme, first.id, ResendAsk(expires_in=None))
    assert (again.invite.id, again.invite.version, again.invite.expires_at) == (first.id, first.version + 1, None)
    assert again.link
    with pytest.raises(Conflict) as caught:
        await invites.revoke(ground.acme, first.id, first.version)
    assert isinstance(caught.value.now, Invite)
    assert caught.value.now.version == first.version + 1
    revoked = await invites.revoke(ground.acme, first.id, again.invite.version)
    assert (revoked.status, revoked.revoked_by) == (InviteStatus.REVOKED, "grace")
    assert await invites.revoke(ground.acme, first.id, None) == revoked
    query = ListQuery(filters={"status": ("revoked",), "inviter": (revoked.inviter.user_id,)})
    assert (await invites.list(ground.acme, query, Place())).items == [revoked]
    with refused("invite_revoked"):
        await invites.resend(ground.acme, first.id, ResendAsk())
    with refused("not_found"):
        await invites.revoke(ground.acme, NOBODY, None)


async def test_I6_a_personal_workspace_takes_no_invites(ground: Ground) -> None:
    everything = await ground.backend.workspaces.list(ListQuery(filters={"kind": ("personal",)}), Place())
    with refused("personal_workspace"):
        await ground.backend.invites.link(everything.items[0].id, InviteLinkAsk())


async def test_I7_who_may_not_invite_any_more_takes_the_invites_along(ground: Ground) -> None:
    backend = ground.backend
    await backend.members.set_role(ground.acme, ground.ada, Role.OWNER, None)
    [verdict] = await backend.invites.send(ground.acme, InvitesAsk(emails=["tony@example.org"], role="owner"))
    await backend.members.hand_over(ground.acme, ground.ada, None, Role.MANAGER)
    with refused("invite_revoked"):
        await backend.invites.find(code_of(verdict.link))
