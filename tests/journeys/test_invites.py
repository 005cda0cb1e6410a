"""Inviting, sending again, revoking and accepting from the keyboard alone, at 80x24, through the real service."""

from pathlib import Path

import pytest
from sqlalchemy import create_engine, delete
from textual.events import Paste

from tests.app.house import somebody
from tests.driver import User, at_keyboard
from tui.backend.embedded import FILE_NAME
from tui.domain.invites import InviteLinkAsk, InvitesAsk
from tui.domain.queries import ListQuery, Place
from tui.server.storage import tables


@pytest.fixture
def home(home: Path) -> Path:
    """Without the invites that acme has already."""
    engine = create_engine(f"sqlite:///{home / 'data' / FILE_NAME}")
    with engine.begin() as connection:
        connection.execute(delete(tables.invites))
    engine.dispose()
    return home


MEMBER, JUDGED = "ada-fern@example.org", "is already a member"
"""Once this is seen of the one, the server has said what it knows of all."""


@pytest.fixture
async def inviter(user: User) -> User:
    """Grace, on acme's invites, of which there are none yet."""
    await user.press("3")
    await user.sees("Nobody is invited at present.", "n Invite")
    return user


async def pastes(user: User, text: str) -> None:
    user.app.post_message(Paste(text))
    await user.pilot.pause()


async def invites(home: Path, *emails: str) -> list[str]:
    """Ada invites people; their links."""
    async with somebody(home, "ada-fern") as ada:
        workspace = await acme(home)
        verdicts = await ada.invites.send(workspace, InvitesAsk(list(emails)))
        return [verdict.link or "" for verdict in verdicts]


async def acme(home: Path) -> str:
    async with somebody(home, "ada-fern") as ada:
        query = ListQuery(filters={"name": ("acme",)})
        return (await ada.workspaces.list(query, Place())).items[0].id


async def test_I1_addresses_are_judged_before_anything_is_sent(inviter: User) -> None:
    await inviter.press("n")
    await inviter.sees("Invite to acme", "Nobody else can reach this server", "workspaces serve")
    await pastes(inviter, "nora@example.org, pavel@example\nbarbara-lake@example.org, quinn@example.net")
    await inviter.sees("✓ 2 addresses", "is not an address", "is already a member")
    await inviter.sees("2 of 4 get a link to send by hand.", "Make 2 links")
    await inviter.press("escape")
    await inviter.sees("Nobody is invited at present.")


async def test_I1_I5_links_are_shown_once_and_the_invites_are_listed(inviter: User) -> None:
    await inviter.press("n")
    await inviter.sees("Invite to acme")
    await inviter.types("nora@example.org quinn@example.net")
    await inviter.sees("2 of 2 get a link")
    await inviter.press("tab", "tab", "tab", "tab", "enter")
    await inviter.sees("2 invited", "nora@example.org", "••••")
    assert "workspaces:embedded#" not in inviter.page
    await inviter.press("tab", "enter")
    await inviter.sees("workspaces:embedded#ic-")
    await inviter.press("escape")
    await inviter.sees("2 invited.", "of 2 invites.", "nora@example.org", "in 7 d", "grace-holm")


async def test_I1_a_role_is_chosen_and_an_owner_may_invite_owners(inviter: User) -> None:
    await inviter.press("n")
    await inviter.types("nora@example.org")
    await inviter.press("tab", "enter")
    await inviter.sees("▸ User")
    await inviter.press("up", "up", "enter")
    await inviter.sees("Owner ▾")
    await inviter.press("tab", "enter", "end", "enter")
    await inviter.sees("never ▾")
    await inviter.press("tab", "tab", "enter")
    await inviter.sees("1 invited", "Close")
    await inviter.press("escape", "escape")
    await inviter.sees("nora@example.org is invited as Owner.", "Row 1 of 1 invite.")
    assert "never" in inviter.cursor_line


async def test_I1_who_is_refused_meanwhile_is_told_and_the_others_are_invited(inviter: User, home: Path) -> None:
    await inviter.press("n")
    await inviter.types(f"nora@example.org quinn@example.net {MEMBER}")
    await inviter.sees("2 of 3 get a link", JUDGED)
    await invites(home, "nora@example.org")
    await inviter.press("tab", "tab", "tab", "tab", "enter")
    await inviter.sees("1 invited, 1 refused", "This address has a pending invite.", "quinn@example.net")
    await inviter.press("escape", "escape")
    await inviter.sees("1 invited. 1 refused.")


async def test_I1_where_all_are_refused_the_dialog_stays(inviter: User, home: Path) -> None:
    await inviter.press("n")
    await inviter.types(f"nora@example.org {MEMBER}")
    await inviter.sees("1 of 2 get", JUDGED)
    await invites(home, "nora@example.org")
    await inviter.press("tab", "tab", "tab", "tab", "enter")
    await inviter.sees("This address has a pending invite.", "Invite to acme")


async def test_I2_a_link_for_many_with_a_label_and_an_end(inviter: User) -> None:
    await inviter.press("n")
    await inviter.sees("Invite to acme")
    await inviter.press("shift+tab", "right")
    await inviter.sees("Whoever has the link can join as User.")
    await inviter.press("tab")
    await inviter.types("spring course")
    await inviter.press("tab")
    await inviter.types("10001")
    await inviter.sees("between 1 and 10,000")
    await inviter.press("backspace", "tab", "enter")
    await inviter.sees("a link makes nobody Owner")
    await inviter.press("up", "enter")
    await inviter.sees("can join as Manager.")
    await inviter.press("tab", "tab", "tab", "enter")
    await inviter.sees("Invite link", "spring course", "••••")
    await inviter.press("escape", "escape")
    await inviter.sees("The link is made", "Row 1 of 1 invite.", "spring course", "Manager")


async def test_I4_an_invite_is_sent_again(inviter: User, home: Path) -> None:
    await invites(home, "nora@example.org")
    await inviter.press("ctrl+r")
    await inviter.sees("Row 1 of 1 invite.")
    await inviter.press("s")
    await inviter.sees("Send again nora@example.org", "stops working", "Cancel")
    await inviter.press("tab", "enter")
    await inviter.sees("nora@example.org", "••••")
    await inviter.press("escape", "escape")
    await inviter.sees("has a new code", "grace-holm")


async def test_I4_an_invite_is_revoked(inviter: User, home: Path) -> None:
    await invites(home, "nora@example.org")
    await inviter.press("ctrl+r")
    await inviter.sees("Row 1 of 1 invite.")
    await inviter.press("x")
    await inviter.sees("Revoke nora@example.org", "Nobody can join by it any more.")
    await inviter.press("tab", "enter")
    await inviter.sees("The invite of nora@example.org is revoked.", "Nobody is invited at present.")


async def test_I4_many_are_revoked_and_many_sent_again(inviter: User, home: Path) -> None:
    await invites(home, *(f"person-{number}@example.org" for number in range(20)))
    await inviter.press("ctrl+r")
    await inviter.sees("Row 1 of 20 invites.")
    await inviter.press("space", "space", "s")
    await inviter.sees("2 invites get a new code", "Type acme")
    await inviter.types("acme")
    await inviter.press("enter", "enter")
    await inviter.sees("2 of 2")
    await inviter.press("escape")
    await inviter.sees("2 invited", "••••")
    await inviter.press("escape", "escape")
    await inviter.sees("2 sent again.")
    await inviter.press("asterisk")
    await inviter.sees("20 marked.")
    await inviter.press("x")
    await inviter.sees("20 invites are revoked", "Type acme")
    await inviter.types("acme")
    await inviter.press("enter", "enter")
    await inviter.sees("20 of 20")
    await inviter.press("escape")
    await inviter.sees("20 revoked.", "Nobody is invited at present.")


async def test_I4_the_filter_starts_at_pending_and_shows_all(inviter: User, home: Path) -> None:
    await invites(home, "nora@example.org", "quinn@example.net")
    await inviter.press("ctrl+r")
    await inviter.sees("Row 1 of 2 invites.", "Status Pending")
    await inviter.press("x")
    await inviter.sees("Revoke")
    await inviter.press("tab", "enter")
    await inviter.sees("Row 1 of 1 invite.")
    await inviter.press("f")
    await inviter.sees("Filter invites")
    await inviter.press("space", "enter")
    await inviter.sees("of 2 invites.", "Status all", "revoked")
    await inviter.press("escape")
    await inviter.sees("Row 1 of 1 invite.", "Status Pending")


async def test_I7_the_list_says_why_an_invite_was_revoked(inviter: User, home: Path) -> None:
    await invites(home, "nora@example.org")
    await inviter.press("2")
    await inviter.sees("Pending invites: 1.")
    await inviter.press("home", "x")
    await inviter.sees("Remove ada-fern")
    await inviter.press("tab", "enter")
    await inviter.sees("ada-fern is no longer a member.")
    await inviter.press("3", "f")
    await inviter.sees("Filter invites")
    await inviter.press("space", "enter")
    await inviter.sees("revoked", "Revoked: its inviter may no longer give this role.")


async def test_I4_a_panel_has_every_field_and_its_history(inviter: User, home: Path) -> None:
    await invites(home, "nora@example.org")
    await inviter.press("ctrl+r")
    await inviter.sees("Row 1 of 1 invite.")
    await inviter.press("enter")
    await inviter.sees("by email", "in-", "ada-fern", "Latest activity", "invited nora@example.org")
    await inviter.press("x")
    await inviter.sees("Revoke nora@example.org")
    await inviter.press("tab", "enter")
    await inviter.sees("is revoked.", "Revoked by grace-holm.", "revoked the invite of nora@example.org")
    await inviter.press("s")
    await inviter.sees("This invite was revoked.")


async def test_I3_an_invite_is_accepted_by_its_link_and_opened(home: Path) -> None:
    async with somebody(home, "alan-moss") as alan:
        made = await alan.workspaces.create("compilers")
        link = (await alan.invites.link(made.id, InviteLinkAsk("manager"))).link
    async with at_keyboard(home, workspace="acme") as user:
        await user.sees("5 workspaces.")
        await user.press("m")
        await user.sees("Accept an invite")
        await user.press("down", "down", "enter")
        await user.sees("You see what it offers before you join.")
        await pastes(user, f"{link}")
        assert "ic-" not in user.page
        await user.press("enter")
        await user.sees("compilers", "Manager", "alan-moss", "Join")
        await user.press("enter")
        await user.sees("Activate compilers")
        await user.press("enter")
        await user.sees(" compilers ▾", "Row 1 of 2 members.")


async def test_I3_what_is_no_invite_is_said_and_nothing_is_joined(user: User) -> None:
    await user.press("colon")
    await user.types("accept")
    await user.sees("Accept an invite")
    await user.press("down", "enter")
    await user.sees("Look it up")
    for pasted, said in [
        ("hello", "This is no invite."),
        ("ic-" + "x" * 43, "There is no invite with this code."),
        ("https://other.example.org/i#ic-" + "x" * 43, "This invite is for another server"),
        ("https://other.example.org/i#setup." + "x" * 43, "workspaces login -"),
    ]:
        await pastes(user, pasted)
        await user.press("enter")
        await user.sees(said)
        await user.press("home", "ctrl+k")
    await user.press("escape")
    await user.sees("Row 1 of 137 members.")


async def test_M1_a_user_is_told_who_invites(home: Path) -> None:
    async with at_keyboard(home, workspace="navy-research") as user:
        await user.sees("5 workspaces.")
        await user.press("3")
        await user.sees("Owners and Managers invite people")
        await user.press("2", "n")
        await user.sees("Invite: Your role does not allow this.")
