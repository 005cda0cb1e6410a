"""What is shown once: covered, stored, copied, as a picture, and never lost by accident (T1, I5)."""

import pytest
from textual.pilot import Pilot

from tests.dialogs.host import OPEN, Host, shown
from tests.dialogs.secrets import IN_LOCKED, IN_STORE, LINK, MAILED, MANY, ONE, ONE_LINK, SECRET
from tui.dialogs.qr import half_blocks
from tui.dialogs.secret_once import COVER, Once, SecretOnce, ShownOnce

ADA, ALAN = (row.text for row in MANY.texts)


async def is_closed(app: Host[None], pilot: Pilot[None], *keys: str) -> bool:
    await pilot.press(*keys)
    for _ in range(10):
        await pilot.pause()
    return app.answer is not OPEN


async def test_T1_a_secret_is_covered_until_it_is_asked_for() -> None:
    app = Host(SecretOnce(ONE))
    async with app.run_test(size=(80, 24)) as pilot:
        await app.opened()
        assert SECRET not in shown(app)
        await pilot.press("right", "enter")
        await app.shows(SECRET)
        await pilot.press("enter")
        await app.shows(COVER)
        assert SECRET not in shown(app)


@pytest.mark.parametrize("once", [ONE, ONE_LINK, MANY], ids=["secret", "link", "links"])
async def test_I5_T1_closing_asks_again_while_nobody_has_it(once: Once) -> None:
    app = Host(SecretOnce(once))
    async with app.run_test(size=(80, 24)) as pilot:
        await app.opened()
        assert not await is_closed(app, pilot, "enter")
        await app.shows("Nobody has the")
        assert await is_closed(app, pilot, "escape")


@pytest.mark.parametrize(
    "keys",
    [["right", "enter"], ["right", "right", "enter", "escape"], ["shift+tab", "enter"]],
    ids=["show", "qr", "copy"],
)
async def test_I5_what_was_shown_or_copied_is_closed_at_once(keys: list[str]) -> None:
    app = Host(SecretOnce(ONE_LINK))
    async with app.run_test(size=(80, 24)) as pilot:
        await app.opened()
        await is_closed(app, pilot, *keys)
        assert await is_closed(app, pilot, "escape")


async def test_T6_what_was_stored_is_closed_at_once() -> None:
    app = Host(SecretOnce(IN_STORE))
    async with app.run_test(size=(80, 24)) as pilot:
        await app.opened()
        assert "Stored in Secret Service." in shown(app)
        assert "Store " not in shown(app)
        assert await is_closed(app, pilot, "escape")


async def test_where_nothing_is_covered_there_is_nothing_to_lose() -> None:
    app = Host(SecretOnce(MAILED))
    async with app.run_test(size=(80, 24)) as pilot:
        await app.opened()
        assert "Copy" not in shown(app)
        assert await is_closed(app, pilot, "enter")


async def test_T6_a_secret_is_stored_when_asked() -> None:
    app = Host(SecretOnce(ONE))
    async with app.run_test(size=(80, 24)) as pilot:
        await app.opened()
        await pilot.press("right", "right", "right", "enter")
        await app.shows("Stored in Secret Service.")
        assert await is_closed(app, pilot, "escape")


async def test_T6_what_could_not_be_stored_is_still_there() -> None:
    app = Host(SecretOnce(IN_LOCKED))
    async with app.run_test(size=(80, 24)) as pilot:
        await app.opened()
        await pilot.press("right", "right", "right", "enter")
        await pilot.pause()
        assert not await is_closed(app, pilot, "escape")
        await app.shows("Nobody has the secret yet")


async def test_I5_each_of_several_links_is_copied_by_itself_or_all_together() -> None:
    app = Host(SecretOnce(MANY))
    async with app.run_test(size=(80, 24)) as pilot:
        await app.opened()
        await pilot.press("right", "right", "right", "enter")
        await app.shows("2 links were sent to your terminal.")
        assert app.clipboard.splitlines() == [f"ada@example.org {ADA}", f"alan@example.org {ALAN}"]
        await pilot.press("shift+tab", "shift+tab", "shift+tab", "up", "enter")
        await app.shows("The link of alan@example.org was sent to your terminal.")
        assert app.clipboard == ALAN
        await pilot.press("up", "enter")
        await app.shows("The link of ada@example.org was sent to your terminal.")
        assert app.clipboard == ADA


async def test_I5_who_has_one_of_several_links_is_asked_about_the_others() -> None:
    app = Host(SecretOnce(MANY))
    async with app.run_test(size=(80, 24)) as pilot:
        await app.opened()
        await pilot.press("up")
        await app.shows("Enter Copy")
        await pilot.press("enter")
        await app.shows("was sent to your terminal.")
        assert not await is_closed(app, pilot, "escape")
        await app.shows("Nobody has 1 of the links yet")
        await pilot.press("up", "enter")
        await app.shows("The link of ada@example.org was sent to your terminal.")
        assert await is_closed(app, pilot, "escape")


LARGE = Once("Invite link", "link", [ShownOnce("Link", LINK * 5)])


async def test_I5_a_code_that_fits_no_longer_says_so() -> None:
    app = Host(SecretOnce(LARGE))
    async with app.run_test(size=(80, 40)) as pilot:
        await app.opened()
        await pilot.press("right", "right", "enter")
        await app.shows("█▀▀▀▀▀█")
        await pilot.resize_terminal(80, 24)
        await app.shows("The QR code needs a terminal of ")
        assert "█" not in shown(app)
        await pilot.resize_terminal(80, 40)
        await app.shows("█▀▀▀▀▀█")


async def test_I5_a_code_that_does_not_fit_says_what_it_needs() -> None:
    app = Host(SecretOnce(LARGE))
    async with app.run_test(size=(80, 24)) as pilot:
        await app.opened()
        await pilot.press("right", "right", "enter")
        await app.shows("The QR code needs a terminal of ")
        assert await is_closed(app, pilot, "escape") is False


@pytest.mark.parametrize("text", [SECRET, LINK, "x" * 300])
def test_I5_a_code_is_as_large_as_its_text_needs(text: str) -> None:
    """Its three corners are where readers look for them, inside a light margin."""
    lines = half_blocks(text)
    assert len({len(line) for line in lines}) == 1
    assert lines[0].strip() == ""
    assert lines[1].startswith("  █▀▀▀▀▀█ ")
    assert lines[1].endswith(" █▀▀▀▀▀█  ")


def test_T5_no_secret_stands_in_what_a_traceback_would_print() -> None:
    assert SECRET not in repr(ONE) + repr(ShownOnce("Secret", SECRET))


async def test_T5_nobody_takes_a_picture_while_it_is_open() -> None:
    app = Host(SecretOnce(ONE))
    async with app.run_test(size=(80, 24)) as pilot:
        await app.opened()
        await pilot.press("ctrl+p", "colon", "ctrl+s", "f12")
        assert isinstance(app.screen, SecretOnce)
