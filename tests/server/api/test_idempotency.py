"""A POST that is repeated with its Idempotency-Key is done once."""

import asyncio

from tests.server.driver import DEVICE, House


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
