"""A POST that is repeated with its Idempotency-Key is done once."""

import asyncio
from datetime import timedelta

import time_machine

from tests.server.driver import DEVICE, Caller, House
from tests.server.github_house import GithubPlace, poll


async def test_W3_a_repeat_gets_the_first_answer(house: House) -> None:
    grace = await house.sign_up("grace")

    first = await grace.post("/workspaces", {"name": "acme"}, key="k1")
    again = await grace.post("/workspaces", {"name": "acme"}, key="k1")

    assert (again.status, again.content, again.etag) == (first.status, first.content, first.etag)
    assert (await grace.get("/workspaces")).done()["total"] == 2


async def test_W3_repeats_at_once_are_done_once(house: House) -> None:
    grace = await house.sign_up("grace")

    answers = await asyncio.gather(*(grace.post("/workspaces", {"name": "acme"}, key="k1") for _ in range(5)))

    assert {(answer.status, answer.content) for answer in answers} == {(201, answers[0].content)}


async def test_W7_a_repeated_leave_is_done_once_and_says_so(house: House) -> None:
    grace = await house.sign_up("grace")
    acme = await grace.creates("acme")
    linus = await house.joins("linus", acme)

    answers = [await linus.post(f"/workspaces/{acme}/leave", key="k1") for _ in range(2)]

    assert [answer.status for answer in answers] == [204, 204]


async def test_W3_another_body_under_the_same_key_is_refused(house: House) -> None:
    grace = await house.sign_up("grace")
    (await grace.post("/workspaces", {"name": "acme"}, key="k1")).done()

    answer = await grace.post("/workspaces", {"name": "other"}, key="k1")

    assert (answer.status, answer.code) == (422, "idempotency_mismatch")


async def test_W3_a_key_is_for_one_user_and_one_route(house: House) -> None:
    grace, linus = await house.sign_up("grace"), await house.sign_up("linus")
    acme = (await grace.post("/workspaces", {"name": "acme"}, key="k1")).done()["id"]

    assert (await linus.post("/workspaces", {"name": "other"}, key="k1")).status == 201
    assert (await grace.post(f"/workspaces/{acme}/leave", key="k1")).code == "last_owner"


async def test_W3_a_refusal_is_not_kept(house: House) -> None:
    grace, linus = await house.sign_up("grace"), await house.sign_up("linus")
    acme = await grace.creates("acme")
    assert (await linus.post("/workspaces", {"name": "acme"}, key="k1")).code == "name_taken"
    (await grace.delete(f"/workspaces/{acme}")).done()

    assert (await linus.post("/workspaces", {"name": "acme"}, key="k1")).status == 201


async def test_W3_a_key_is_kept_for_a_day(house: House) -> None:
    with time_machine.travel("2026-11-23T12:00:00Z", tick=False) as clock:
        grace = await house.sign_up("grace")
        first = (await grace.post("/workspaces", {"name": "acme"}, key="k1")).done()
        clock.shift(timedelta(days=1))
        assert (await grace.post("/workspaces", {"name": "acme"}, key="k1")).done() == first
        clock.shift(timedelta(microseconds=1))
        assert (await grace.post("/workspaces", {"name": "acme"}, key="k1")).code == "name_taken"


async def test_S1_a_repeated_sign_up_makes_one_account_with_a_new_secret(house: House) -> None:
    ask = {"username": "grace", "device": DEVICE}

    first = (await house.stranger.post("/users", ask, key="k1")).done()
    again = (await house.stranger.post("/users", ask, key="k1")).done()

    assert again["user"]["id"] == first["user"]["id"]
    assert again["secret"] != first["secret"]


async def test_S1_a_key_that_is_none_is_refused(house: House) -> None:
    grace = await house.sign_up("grace")

    for key in ("x" * 256, "a key"):
        answer = await grace.post("/workspaces", {"name": "acme"}, key=key)
        assert (answer.status, answer.code, answer.field) == (422, "input_invalid", "Idempotency-Key")


async def test_S2_what_a_session_did_is_repeated_to_no_token_of_another_workspace(house: House) -> None:
    grace = await house.sign_up("grace")
    acme = await grace.creates("acme")
    token = await grace.makes_token(grace.home)
    made = await grace.post(f"/workspaces/{acme}/invite-links", {}, key="k1")

    again = await token.post(f"/workspaces/{acme}/invite-links", {}, key="k1")

    assert (made.status, again.status, again.code) == (201, 404, "not_found")
    (await grace.post("/sessions/end-others", key="k1")).done()
    assert (await token.post("/sessions/end-others", key="k1")).code == "session_required"


async def test_S4_a_credential_that_has_ended_stands_in_nobodys_way_in(house: House) -> None:
    grace = await house.sign_up("grace")
    (await grace.delete(f"/sessions/{grace.welcome['session']['id']}")).done()
    ended = Caller(house.calls, f"{grace.welcome['session']['id']}.{grace.welcome['secret']}")

    for key, username in ((None, "ada"), ("k1", "alan")):
        ask = {"username": username, "device": DEVICE}
        assert (await ended.post("/users", ask, key=key)).status == 201


async def test_S4_a_repeated_sign_in_is_the_same_one_with_a_new_secret(place: GithubPlace) -> None:
    door, ask = place.open.stranger, {"method": "github", "device": DEVICE}
    first, again = [(await door.post("/sign-ins", ask, key="k1")).done() for _ in range(2)]
    assert (again["id"], again["user_code"]) == (first["id"], first["user_code"])
    place.github.approves(place.github.person("ada"), first["user_code"])

    assert (await poll(door, first)).code == "sign_in_expired"
    assert (await poll(door, again)).done()["user"]["username"] == "ada"
    assert (await door.post("/sign-ins", ask, key="k1")).done() == {**first, "poll_secret": None}


async def test_U1_a_repeated_link_is_the_same_one_with_a_new_secret(place: GithubPlace) -> None:
    grace, ask = await place.open.sign_up("grace"), {"device": DEVICE}
    first, again = [(await grace.post("/me/github", ask, key="k1")).done() for _ in range(2)]
    place.github.approves(place.github.person("octo"), again["user_code"])

    assert again["id"] == first["id"]
    assert (await poll(grace, again)).done()["user"]["github_login"] == "octo"


async def test_W5_repeats_get_their_answers_even_while_github_is_away(place: GithubPlace) -> None:
    grace, linus = await place.linked("grace"), await place.linked("linus")
    cobol = place.github.organization("cobol", grace.github_id, linus.github_id)
    acme = await grace.creates_from(cobol, "acme")
    asked = [
        (linus, f"/workspaces/{acme}/join", None),
        (place.open.stranger, "/sign-ins", {"method": "github", "device": DEVICE}),
        (linus, "/me/github", {"device": DEVICE}),
    ]
    firsts = [(await by.post(path, body, key="k1")).done() for by, path, body in asked]
    (await grace.removes(acme, linus)).done()
    (await grace.switches(acme, on=False)).done()
    place.github.trouble = "away"

    again = [(await by.post(path, body, key="k1")).done() for by, path, body in asked]

    assert again[0] == firsts[0]
    assert [each["id"] for each in again[1:]] == [each["id"] for each in firsts[1:]]
    assert (await linus.post(f"/workspaces/{acme}/join", key="k2")).code == "auto_join_off"
