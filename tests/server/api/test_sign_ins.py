"""Coming in by GitHub, linking an account and taking it off, over HTTP (S4, U1, W1)."""

import asyncio
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import text

from tests.server.driver import DEVICE, House
from tests.server.github_house import GithubPlace, begins, poll
from tui.server.storage import server
from tui.server.storage.bookkeeping import sweep
from tui.server.storage.engine import Store


async def test_S4_somebody_new_comes_in_by_github_where_sign_up_is_open(place: GithubPlace) -> None:
    linus = place.github.person("Linus-T")
    door = place.open.stranger
    begun = await begins(door)
    assert begun["verification_uri"] == f"{place.github.url}/login/device"
    assert (begun["method"], begun["interval"]) == ("github", 5)
    pending = await poll(door, begun)
    assert (pending.status, pending.body) == (202, {"status": "pending", "interval": 5})
    place.github.approves(linus, begun["user_code"])

    welcome = (await poll(door, begun)).done()

    assert (welcome["user"]["username"], welcome["user"]["display_name"]) == ("linus-t", "Linus-T")
    assert welcome["user"]["github_login"] == "Linus-T"
    assert welcome["workspace"]["name"] == "linus-t"
    assert welcome["session"]["device"] == DEVICE
    assert (await poll(door, begun)).code == "sign_in_expired"


async def test_S4_somebody_known_comes_in_again_wherever_sign_up_is_closed(place: GithubPlace) -> None:
    linus = place.github.person("linus")
    first = (await place.comes(linus, place.open)).done()

    again = (await place.comes(linus)).done()

    assert again["user"]["id"] == first["user"]["id"]
    assert again["session"]["id"] != first["session"]["id"]


async def test_S4_a_person_is_known_by_number_and_a_login_used_again_is_somebody_else(place: GithubPlace) -> None:
    linus = place.github.person("linus")
    first = (await place.comes(linus, place.open)).done()
    place.github.people[linus] = "torvalds"
    other = place.github.person("linus")

    renamed = (await place.comes(linus, place.open)).done()
    stranger = (await place.comes(other, place.open)).done()

    assert (renamed["user"]["id"], renamed["user"]["github_login"]) == (first["user"]["id"], "torvalds")
    assert (renamed["user"]["username"], renamed["workspace"]["name"]) == ("linus", "linus")
    assert stranger["user"]["id"] != first["user"]["id"]
    assert stranger["user"]["username"] != "linus"


async def test_S4_github_makes_no_account_where_sign_up_is_closed(place: GithubPlace) -> None:
    linus = place.github.person("linus")
    place.github.organization("unknown-here", linus)

    assert (await place.comes(linus)).code == "sign_up_closed"

    await place.open.sign_up("linus")  # nothing was made: the name is free


async def test_S4_a_member_of_an_organization_with_auto_join_gets_an_account(place: GithubPlace) -> None:
    grace = await place.linked("grace")
    linus = place.github.person("linus")
    cobol = place.github.organization("cobol", grace.github_id, linus)
    acme = await grace.creates_from(cobol, "acme")
    (await grace.switches(acme, on=False)).done()
    assert (await place.comes(linus)).code == "sign_up_closed"

    (await grace.switches(acme, on=True)).done()

    assert (await place.comes(linus)).done()["user"]["username"] == "linus"


async def test_W1_a_workspace_is_called_as_its_user_is_at_github_where_that_is_free(place: GithubPlace) -> None:
    grace = await place.open.sign_up("grace")
    await grace.creates("linus")
    taken = (await place.comes(place.github.person("linus"), place.open)).done()
    odd = (await place.comes(place.github.person("octo_cat"), place.open)).done()
    reserved = (await place.comes(place.github.person("admin"), place.open)).done()

    assert taken["user"]["username"] == "linus"
    assert taken["workspace"]["name"] != "linus"
    for welcome in (odd, reserved):
        assert welcome["workspace"]["name"] == welcome["user"]["username"]
    assert odd["user"]["display_name"] == "octo_cat"


async def test_S4_two_devices_of_one_new_person_at_once_make_one_account(place: GithubPlace) -> None:
    linus = place.github.person("linus")
    door = place.open.stranger
    begun = [await begins(door), await begins(door)]
    for each in begun:
        place.github.approves(linus, each["user_code"])

    welcomes = [answer.done() for answer in await asyncio.gather(*(poll(door, each) for each in begun))]

    assert len({welcome["user"]["id"] for welcome in welcomes}) == 1
    assert len({welcome["session"]["id"] for welcome in welcomes}) == 2


async def test_S4_two_polls_at_once_make_one_session(place: GithubPlace) -> None:
    linus = place.github.person("linus")
    door = place.open.stranger
    begun = await begins(door)
    place.github.approves(linus, begun["user_code"])

    answers = await asyncio.gather(*(poll(door, begun) for _ in range(4)))

    assert sorted(answer.status for answer in answers) == [200, 409, 409, 409]
    assert {answer.code for answer in answers} == {None, "sign_in_expired"}


async def test_S4_a_poll_whose_answer_was_lost_can_be_repeated(place: GithubPlace) -> None:
    linus = place.github.person("linus")
    door = place.open.stranger
    begun = await begins(door)
    place.github.approves(linus, begun["user_code"])

    lost = (await poll(door, begun, key="k1")).done()
    found = (await poll(door, begun, key="k1")).done()

    assert found["session"]["id"] == lost["session"]["id"]
    assert found["secret"] not in {None, lost["secret"]}


async def test_S4_a_sign_in_needs_its_own_secret(place: GithubPlace) -> None:
    linus = place.github.person("linus")
    door = place.open.stranger
    begun, other = await begins(door), await begins(door)
    place.github.approves(linus, begun["user_code"])

    for wrong in (
        {**begun, "poll_secret": other["poll_secret"]},
        {**begun, "id": other["id"]},
        {**begun, "id": "si-x"},
    ):
        assert (await poll(door, wrong)).code == "sign_in_expired"

    assert (await poll(door, begun)).status == 200


@pytest.mark.parametrize(("error", "code"), [("access_denied", "sign_in_denied"), ("expired_token", "sign_in_expired")])
async def test_S4_a_sign_in_that_github_ended(place: GithubPlace, error: str, code: str) -> None:
    begun = await begins(place.open.stranger)
    place.github.answers(begun["user_code"], error)
    assert (await poll(place.open.stranger, begun)).code == code


async def test_S4_a_sign_in_slows_down_as_github_says(place: GithubPlace) -> None:
    begun = await begins(place.open.stranger)
    for interval in (10, 15):
        place.github.answers(begun["user_code"], "slow_down")
        assert (await poll(place.open.stranger, begun)).body == {"status": "pending", "interval": interval}
    place.github.answers(begun["user_code"], "authorization_pending")
    assert (await poll(place.open.stranger, begun)).body == {"status": "pending", "interval": 15}


async def test_S4_a_sign_in_ends_after_ten_minutes(place: GithubPlace, store: Store) -> None:
    with time_machine.travel("2026-11-23T12:00:00Z", tick=False) as clock:
        begun = await begins(place.open.stranger)
        assert begun["expires_at"] == "2026-11-23T12:10:00Z"
        place.github.approves(place.github.person("linus"), begun["user_code"])
        clock.shift(600)
        assert (await poll(place.open.stranger, begun)).code == "sign_in_expired"
        sweep(store)
    assert (await poll(place.open.stranger, begun)).code == "sign_in_expired"


@pytest.mark.parametrize("trouble_at", ["/login/oauth", "/api/v3/user", "/api/v3/user/memberships"])
async def test_S4_a_github_that_fails_half_way_leaves_nothing_half_made(place: GithubPlace, trouble_at: str) -> None:
    linus = place.github.person("linus")
    place.github.trouble, place.github.trouble_at = "500", trouble_at
    answer = await place.comes(linus)
    assert (answer.status, answer.code) == (503, "github_unavailable")
    place.github.trouble = ""

    assert (await place.comes(linus, place.open)).done()["user"]["username"] == "linus"


async def test_S4_a_server_without_github_offers_no_such_way(house: House) -> None:
    assert (await house.stranger.get("/server")).done()["sign_in"] == []
    for method in ("github", "approve", "email"):
        answer = await house.stranger.post("/sign-ins", {"method": method, "device": DEVICE})
        assert (answer.status, answer.code) == (409, "method_unavailable")
    grace = await house.sign_up("grace")
    assert (await grace.post("/me/github", {"device": DEVICE})).code == "method_unavailable"
    unavailable = (await grace.get("/server")).done()["unavailable"]
    assert {"account.link_github", "workspaces.join"} <= unavailable.keys()


async def test_S4_a_device_that_cannot_be_shown_is_refused_before_anybody_is_looked_up(house: House) -> None:
    answer = await house.stranger.post("/me/github", {"device": DEVICE | {"name": "\u202edesk"}})
    assert (answer.status, answer.code, answer.field) == (422, "input_invalid", "device.name")


async def test_S4_a_server_with_github_says_so(place: GithubPlace) -> None:
    server_now = (await place.closed.stranger.get("/server")).done()
    assert server_now["sign_in"] == ["github"]
    assert {"account.link_github", "workspaces.join"} <= set(server_now["capabilities"])
    assert (await place.closed.stranger.post("/sign-ins", {"method": "email", "device": DEVICE})).code == (
        "method_unavailable"
    )


async def test_S4_sign_ins_are_counted_by_address(place: GithubPlace) -> None:
    with time_machine.travel(timedelta(minutes=1), tick=False):  # all in one minute
        for _ in range(20):
            await begins(place.open.stranger)
        answer = await place.open.stranger.post("/sign-ins", {"method": "github", "device": DEVICE})
    assert (answer.status, answer.code) == (429, "rate_limited")


async def test_A1_coming_in_and_linking_stand_in_the_persons_own_log(place: GithubPlace) -> None:
    linus = await place.linked("linus")
    (await place.comes(linus.github_id)).done()

    log = (await linus.get("/me/activity")).done()["items"]

    assert [entry["action"] for entry in log[:2]] == ["sessions.create", "account.link_github"]
    assert log[1]["after"] == {"github": "linus"}
    assert log[1]["before"] == {"github": None}


async def test_U1_a_linked_account_renames_no_workspace_and_comes_in_by_github(place: GithubPlace) -> None:
    grace = await place.open.sign_up("grace")
    octo = place.github.person("octo")

    linked = (await place.links(grace, octo)).done()

    assert linked["user"]["github_login"] == "octo"
    assert linked["user"]["version"] == grace.welcome["user"]["version"] + 1
    assert (linked["session"], linked["secret"]) == (None, None)
    assert (await grace.sees(grace.home))["name"] == "grace"
    assert (await place.comes(octo)).done()["user"]["id"] == grace.id


async def test_U1_a_github_account_belongs_to_one_user(place: GithubPlace) -> None:
    linus = await place.linked("linus")
    grace = await place.open.sign_up("grace")

    assert (await place.links(grace, linus.github_id)).code == "github_taken"

    assert (await grace.get("/me")).done()["user"]["github_login"] is None
    assert (await place.links(linus, linus.github_id)).status == 200


async def test_U1_of_two_users_who_link_one_github_account_at_once_one_gets_it(place: GithubPlace) -> None:
    octo = place.github.person("octo")
    people = [await place.open.sign_up(name) for name in ("grace", "linus")]
    begun = [(await person.post("/me/github", {"device": DEVICE})).done() for person in people]
    for each in begun:
        place.github.approves(octo, each["user_code"])

    answers = await asyncio.gather(*(poll(*pair) for pair in zip(people, begun, strict=True)))

    assert sorted(str(answer.code) for answer in answers) == ["None", "github_taken"]


async def test_U1_another_github_account_takes_the_place_of_the_first(place: GithubPlace) -> None:
    grace = await place.linked("grace")
    octo = place.github.person("octo")

    assert (await place.links(grace, octo)).done()["user"]["github_login"] == "octo"

    assert (await place.comes(grace.github_id)).code == "sign_up_closed"


async def test_U1_a_link_is_for_the_one_who_asked(place: GithubPlace) -> None:
    grace, mallory = await place.open.sign_up("grace"), await place.open.sign_up("mallory")
    begun = (await grace.post("/me/github", {"device": DEVICE})).done()
    place.github.approves(place.github.person("octo"), begun["user_code"])

    assert (await poll(mallory, begun)).code == "sign_in_expired"

    assert (await mallory.get("/me")).done()["user"]["github_login"] is None


async def test_U1_the_last_way_in_cannot_be_taken_off(place: GithubPlace) -> None:
    grace = await place.linked("grace")
    refused = await grace.delete("/me/github")
    assert (refused.status, refused.code) == (409, "last_way_in")
    assert (await grace.get("/me")).done()["user"]["github_login"] == "grace"


async def test_U1_the_owner_of_a_data_folder_needs_no_other_way_in(place: GithubPlace, store: Store) -> None:
    grace = await place.linked("grace")
    with store.writing() as connection:
        server.set_embedded_user(connection, grace.id)
    user = (await grace.delete("/me/github")).done()
    assert user["github_login"] is None
    assert (await grace.delete("/me/github")).done() == user
    assert (await place.comes(grace.github_id)).code == "sign_up_closed"
    assert (await grace.get("/me/activity")).done()["items"][0]["action"] == "account.unlink_github"


async def test_S1_linking_and_taking_off_need_somebody(place: GithubPlace) -> None:
    for answer in (
        await place.open.stranger.post("/me/github", {"device": DEVICE}),
        await place.open.stranger.delete("/me/github"),
        await place.open.stranger.get("/github/orgs"),
    ):
        assert (answer.status, answer.code) == (401, "unauthenticated")


async def test_T5_neither_tokens_nor_device_codes_can_be_read_in_the_database(place: GithubPlace, store: Store) -> None:
    grace = await place.linked("grace")
    (token,) = place.github.tokens
    waiting = await begins(place.open.stranger)
    with store.reading() as connection:
        sealed = bytes(connection.execute(text("SELECT github_token FROM users")).scalar_one())
        device_code, poll_hash = connection.execute(text("SELECT github_device_code, poll_hash FROM sign_ins")).one()
    assert token.encode() not in sealed
    assert place.github.codes[-1].device_code.encode() not in bytes(device_code)
    assert waiting["poll_secret"].encode() not in bytes(poll_hash)
    assert grace.username == "grace"
