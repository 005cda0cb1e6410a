"""Where a person is signed in (S3), and what is refused to who is not (S1)."""

from tests.server.driver import Caller, House, Person
from tests.server.github_house import GithubPlace


async def test_S3_a_user_lists_and_ends_sessions(house: House) -> None:
    grace = await house.sign_up("grace")
    page = (await grace.get("/sessions")).done()

    assert page["total"] == 1
    [session] = page["items"]
    assert session["current"] is True
    assert session["device"] == {"name": "desk", "platform": "linux", "app": "test 1.0"}
    assert (await grace.delete(f"/sessions/{session['id']}")).status == 204
    refused = await grace.get("/sessions")
    assert (refused.status, refused.code) == (401, "unauthenticated")
    assert refused.headers["WWW-Authenticate"] == "Bearer"


async def test_S3_ending_the_others_leaves_this_one(place: GithubPlace) -> None:
    grace = await place.linked("grace")
    others = [Person(place.open.calls, (await place.comes(grace.github_id)).done()) for _ in range(2)]
    linus = await place.open.sign_up("linus")

    assert (await grace.post("/sessions/end-others")).done() == {"ended": 2}

    assert [(await other.get("/me")).code for other in others] == ["unauthenticated"] * 2
    assert [(await person.get("/me")).status for person in (grace, linus)] == [200, 200]
    assert (await grace.post("/sessions/end-others")).done() == {"ended": 0}


async def test_S3_A1_each_session_that_was_ended_is_in_ones_own_log(place: GithubPlace) -> None:
    grace = await place.linked("grace")
    first, *others = [(await place.comes(grace.github_id)).done()["session"]["id"] for _ in range(3)]

    (await grace.delete(f"/sessions/{first}")).done()
    (await grace.post("/sessions/end-others")).done()

    log = (await grace.get("/me/activity", limit=3)).done()["items"]
    told = [(entry["action"], *entry["targets"]) for entry in log]
    assert told[2] == ("sessions.end", {"type": "session", "id": first, "name": "desk"})
    assert sorted((action, target["type"], target["id"]) for action, target in told[:2]) == sorted(
        ("sessions.end_others", "session", id) for id in others
    )


async def test_S3_a_session_of_somebody_else_is_not_there(house: House) -> None:
    grace = await house.sign_up("grace")
    linus = await house.sign_up("linus")

    answer = await grace.delete(f"/sessions/{linus.welcome['session']['id']}")

    assert (answer.status, answer.code) == (404, "not_found")
    assert (await linus.get("/me")).status == 200


async def test_S1_the_secret_comes_once_and_is_the_credential(house: House) -> None:
    grace = await house.sign_up("grace")
    me = (await grace.get("/me")).done()

    assert me["user"]["username"] == "grace"
    assert me["credential"]["kind"] == "session"
    assert me["credential"]["id"] == grace.welcome["session"]["id"]
    assert me["server"]["mode"] == "served"
    assert grace.welcome["secret"].startswith("ss-")


async def test_S1_nobody_is_let_in_without_a_good_credential(house: House) -> None:
    grace = await house.sign_up("grace")
    session = grace.welcome["session"]["id"]
    home = f"/workspaces/{grace.home}"

    for path in ("/me", "/me/activity", "/sessions", "/workspaces", home, f"{home}/members", f"{home}/revision"):
        for credential in (None, "nonsense", f"{session}.ss-{'x' * 43}", f"se-{'0' * 20}.{grace.welcome['secret']}"):
            answer = await Caller(house.calls, credential).get(path)
            assert (answer.status, answer.code) == (401, "unauthenticated"), (path, credential)
