"""Making accounts over HTTP."""

import asyncio
from datetime import timedelta

import time_machine

from tests.server.driver import DEVICE, House, opened
from tui.domain.servers import Mode
from tui.server.services import accounts
from tui.server.settings import Settings
from tui.server.storage.engine import Store

BAD_USERNAMES = ("", "Grace", "gr ace", "-grace", "grace-", "gr--ace", "a" * 65, "admin", "grâce", "ac-" + "0" * 20)


async def test_W1_a_new_user_owns_a_personal_workspace_of_that_name(house: House) -> None:
    grace = await house.sign_up("grace", display_name="Grace Hopper", email="grace@example.org")

    assert grace.welcome["user"]["display_name"] == "Grace Hopper"
    assert grace.welcome["user"]["email"] == "grace@example.org"
    assert grace.welcome["user"]["email_proved"] is False
    home = await grace.sees(grace.home)
    assert (home["name"], home["kind"], home["role"], home["status"]) == ("grace", "personal", "owner", "active")


async def test_W1_a_name_that_a_workspace_has_gives_a_random_one(house: House) -> None:
    grace = await house.sign_up("grace")
    await grace.creates("linus")

    linus = await house.sign_up("linus")

    home = await linus.sees(linus.home)
    assert home["name"] not in {"linus", "grace"}
    assert home["role"] == "owner"


async def test_W2_a_username_can_be_taken_once(house: House) -> None:
    await house.sign_up("grace")

    answer = await house.stranger.post("/users", {"username": "grace", "device": DEVICE})

    assert (answer.status, answer.code) == (409, "username_taken")


async def test_W2_a_username_follows_the_rule_of_names(house: House) -> None:
    for username in BAD_USERNAMES:
        answer = await house.stranger.post("/users", {"username": username, "device": DEVICE})
        assert (answer.status, answer.code, answer.field) == (422, "username_invalid", "username"), username


async def test_S4_a_wrong_address_is_refused(house: House) -> None:
    for email in (
        "",
        "grace",
        "grace@",
        "@example.org",
        "a b@example.org",
        "a" * 250 + "@example.org",
        "a@b\u202e.org",
    ):
        answer = await house.stranger.post("/users", {"username": "grace", "email": email, "device": DEVICE})
        assert (answer.status, answer.code, answer.field) == (422, "email_invalid", "email"), email


async def test_S4_a_wrong_display_name_is_refused(house: House) -> None:
    for name in ("", " ", "a" * 101, "two\nlines", "\u202eevil"):
        answer = await house.stranger.post("/users", {"username": "grace", "display_name": name, "device": DEVICE})
        assert (answer.status, answer.code, answer.field) == (422, "input_invalid", "display_name"), name


async def test_S4_a_closed_server_takes_nobody(store: Store) -> None:
    async with opened(store, Settings(mode=Mode.SERVED)) as house:
        answer = await house.stranger.post("/users", {"username": "grace", "device": DEVICE})

    assert (answer.status, answer.code) == (403, "sign_up_closed")


async def test_S4_the_set_up_code_makes_the_first_user_once(store: Store) -> None:
    code = accounts.set_up_code(store)
    async with opened(store, Settings(mode=Mode.SERVED)) as house:
        assert (await house.stranger.get("/server")).done()["needs_set_up"] is True
        ask = {"username": "grace", "setup_code": code, "device": DEVICE}
        assert (await house.stranger.post("/users", ask)).status == 201
        again = await house.stranger.post("/users", ask | {"username": "linus"})

        assert (await house.stranger.get("/server")).done()["needs_set_up"] is False
    assert again.code in {"code_wrong", "sign_up_closed"}
    assert accounts.set_up_code(store) is None


async def test_S4_a_wrong_or_older_set_up_code_is_refused(store: Store) -> None:
    older = accounts.set_up_code(store)
    accounts.set_up_code(store)
    async with opened(store, Settings(mode=Mode.SERVED)) as house:
        for code in (older, "no code at all"):
            answer = await house.stranger.post("/users", {"username": "grace", "setup_code": code, "device": DEVICE})
            assert (answer.status, answer.code) == (422, "code_wrong")


async def test_S4_a_set_up_code_is_good_for_a_day_and_for_one(store: Store) -> None:
    async with opened(store, Settings(mode=Mode.SERVED)) as house:
        with time_machine.travel("2026-11-23T12:00:00Z", tick=False) as clock:
            ask = {"setup_code": accounts.set_up_code(store), "device": DEVICE}
            clock.shift(timedelta(days=1))
            assert (await house.stranger.post("/users", {**ask, "username": "late"})).code == "code_wrong"
            ask = {"setup_code": accounts.set_up_code(store), "device": DEVICE}
            clock.shift(timedelta(days=1, microseconds=-1))
            answers = await asyncio.gather(
                *(house.stranger.post("/users", {**ask, "username": f"person-{n}"}) for n in range(4))
            )

    assert sorted(answer.code or "" for answer in answers) == ["", *["code_wrong"] * 3]


async def test_S4_the_set_up_code_is_worth_nothing_once_somebody_has_come_in_without_it(store: Store) -> None:
    code = accounts.set_up_code(store)
    async with opened(store, Settings(mode=Mode.SERVED, open_sign_up=True)) as house:
        await house.sign_up("grace")
    async with opened(store, Settings(mode=Mode.SERVED)) as house:
        answer = await house.stranger.post("/users", {"username": "eve", "setup_code": code, "device": DEVICE})

    assert (answer.status, answer.code, answer.field) == (422, "code_wrong", "setup_code")


async def test_S4_sign_ups_are_counted_by_address(house: House) -> None:
    with time_machine.travel(timedelta(minutes=1), tick=False):  # all in one minute
        for number in range(20):
            await house.sign_up(f"person-{number}")
        answer = await house.stranger.post("/users", {"username": "one-more", "device": DEVICE})

    assert (answer.status, answer.code) == (429, "rate_limited")
    assert 1 <= int(answer.headers["Retry-After"]) <= 60
    assert answer.body["retry_after"] == int(answer.headers["Retry-After"])
