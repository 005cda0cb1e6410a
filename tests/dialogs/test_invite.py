"""Inviting and accepting: what is answered, and what is told before anything is sent."""

import asyncio
from collections.abc import Mapping, Sequence

import pytest
from textual.events import Paste
from textual.pilot import Pilot
from textual.widgets import Button

from tests.dialogs.host import OPEN, Host, answer_to, shown
from tests.dialogs.invitations import CODE, FOUR, HOSTILE, REFUSED, TWO_HUNDRED, Desk, acceptance, invitation
from tui.domain.invites import InviteLinkAsk, InvitesAsk

DAY = 86_400


async def pastes(app: Host[InvitesAsk | InviteLinkAsk], text: str, then: str) -> None:
    app.post_message(Paste(text))
    await app.shows(then)


async def test_I1_only_good_addresses_are_sent() -> None:
    desk = Desk()
    app = Host(invitation(desk))
    async with app.run_test(size=(80, 24)) as pilot:
        await app.opened()
        await pastes(app, FOUR, "is already a member")
        await app.shows("2 of 4 will be sent by mail.")
        await pilot.press("tab", "tab", "tab", "tab", "enter")
        answer = await app.answered()
    assert answer == InvitesAsk(["nora@example.org", "quinn@example.net"], "user", 7 * DAY)
    assert desk.sent == [answer]


async def test_I1_nothing_good_is_nothing_to_send() -> None:
    app = Host(invitation())
    async with app.run_test(size=(80, 24)):
        await app.opened()
        assert app.screen.query_one("#confirm", Button).disabled
        await pastes(app, "pavel@example ada@example.org", "0 of 2 will be sent by mail.")
        assert app.screen.query_one("#confirm", Button).disabled


async def test_I1_an_address_is_asked_about_once() -> None:
    desk = Desk()
    app = Host(invitation(desk))
    async with app.run_test(size=(80, 24)):
        await app.opened()
        await pastes(app, "nora@example.org ada@example.org ", "is already a member")
        await pastes(app, "ken@example.org", "is already invited")
    assert desk.asked_about == ["nora@example.org", "ada@example.org", "ken@example.org"]


async def test_I1_what_a_mail_program_copied_under_windows_is_read() -> None:
    app = Host(invitation())
    async with app.run_test(size=(80, 24)):
        await app.opened()
        await pastes(app, 'Nora <nora@example.org>;\r\n"Lake, B." <b@example.org>,\r\nQ@example.net\r\n', "3 of 3")


async def test_I1_what_is_wrong_stays_in_sight_beside_two_hundred() -> None:
    app = Host(invitation())
    async with app.run_test(size=(80, 24)):
        await app.opened()
        await pastes(app, f"{TWO_HUNDRED} ada@example.org oops", "is already a member")
        text = shown(app)
    assert "✓ 199 more" in text
    assert "! oops" in text
    assert "200 of 202 will be sent by mail." in text
    assert "Send 200 invites" in text


async def test_I1_a_dialog_closed_before_addresses_are_known_ends_nothing() -> None:
    class Slow(Desk):
        is_asked = asyncio.Event()

        async def foresee(self, emails: Sequence[str]) -> Mapping[str, str]:
            """It answers when what would show it is just being taken away."""
            self.is_asked.set()
            while dialog.query(".lines"):
                await asyncio.sleep(0)
            return await super().foresee(emails)

    desk = Slow()
    dialog = invitation(desk)
    app = Host(dialog)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.opened()
        await pastes(app, "ada@example.org", "1 of 1")
        await desk.is_asked.wait()
        await pilot.press("escape")
        assert await app.answered() is None
        await app.rests()


async def test_I1_role_and_expiry() -> None:
    app = Host(invitation())
    async with app.run_test(size=(80, 24)) as pilot:
        await app.opened()
        await pastes(app, "nora@example.org", "1 of 1")
        await pilot.press("tab", "enter", "up", "enter", "tab", "enter", "end", "enter", "tab", "tab", "enter")
        assert await app.answered() == InvitesAsk(["nora@example.org"], "manager", None)


async def test_a_refusal_keeps_what_was_typed() -> None:
    desk = Desk(REFUSED)
    app = Host(invitation(desk))
    async with app.run_test(size=(80, 24)) as pilot:
        await app.opened()
        await pastes(app, "nora@example.org", "1 of 1")
        await pilot.press("tab", "tab", "tab", "tab", "enter")
        await app.shows(REFUSED)
        assert "nora@example.org" in shown(app)
        assert app.answer is OPEN


async def test_I2_a_link_for_managers_used_five_times() -> None:
    answer = await answer_to(
        invitation(first="link"),
        *"spring", "tab", "5", "tab", "enter", "up", "enter", "tab", "tab", "tab", "enter",
    )  # fmt: skip
    assert answer == InviteLinkAsk("manager", 7 * DAY, 5, "spring")


@pytest.mark.parametrize(("uses", "said"), [("0", "between 1 and 10,000"), ("10001", "between 1 and 10,000")])
async def test_I2_so_many_uses_there_are_not(uses: str, said: str) -> None:
    app = Host(invitation(first="link"))
    async with app.run_test(size=(80, 24)) as pilot:
        await app.opened()
        await pilot.press("tab", *uses)
        await app.shows(said)
        assert app.screen.query_one("#confirm", Button).disabled


async def test_I2_a_link_never_makes_an_owner() -> None:
    app = Host(invitation(first="link"))
    async with app.run_test(size=(80, 24)) as pilot:
        await app.opened()
        await pilot.press("tab", "tab", "enter", "home", "enter")
        await app.shows("a link makes nobody Owner")
        await pilot.press("escape")
        await app.shows("Whoever has the link can join as User.")
        assert app.answer is OPEN


async def test_both_ways_by_mouse() -> None:
    app = Host(invitation())
    async with app.run_test(size=(80, 24)) as pilot:
        await app.opened()
        await pilot.click("TabBar", offset=(10, 0))
        await app.shows("Whoever has the link")
        await pilot.click("TabBar", offset=(2, 0))
        await app.shows("Addresses")
        await pilot.click("#email Dropdown")
        await app.shows("Owner")


async def test_what_is_pasted_does_nothing_to_the_terminal() -> None:
    app = Host(invitation())
    async with app.run_test(size=(80, 24)):
        await app.opened()
        await pastes(app, HOSTILE, "1 of 6 will be sent by mail.")
        assert not {"\x1b", "\x07", "\u202e"} & set(shown(app))


async def test_I3_an_offer_is_seen_before_it_is_accepted() -> None:
    app = Host(acceptance())
    async with app.run_test(size=(80, 24)) as pilot:
        await app.opened()
        app.post_message(Paste(f"workspaces:embedded#{CODE}"))
        await Pilot(app).pause()
        await pilot.press("enter")
        await app.shows("n…@example.org")
        assert CODE not in shown(app)
        assert "ada.fern" in shown(app)
        await pilot.press("enter")
        assert await app.answered() == f"workspaces:embedded#{CODE}"


async def test_I3_another_code_is_looked_up_anew() -> None:
    app = Host(acceptance())
    async with app.run_test(size=(80, 24)) as pilot:
        await app.opened()
        app.post_message(Paste(CODE))
        await Pilot(app).pause()
        await pilot.press("enter")
        await app.shows("ada.fern")
        await pilot.press("shift+tab", "shift+tab", "home", "delete")
        await app.shows("Look it up")
        await pilot.press("enter")
        await app.shows("There is no invite with this code.")
        assert "ada.fern" not in shown(app)
