"""What a person changes of their own account, over HTTP (U1)."""

import asyncio
from collections.abc import AsyncGenerator, Generator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from tests.server.api.conftest import OPEN
from tests.server.driver import DEVICE, Caller, House, Person, opened
from tests.server.outside.post_office import PostOffice, post_office
from tui.domain.users import DeviceAsk
from tui.server.outside.mail import Mailer, MailServer
from tui.server.outside.outside import Outside
from tui.server.services import accounts
from tui.server.storage.engine import Store
from tui.server.storage.server import embedded_user

BAD_USERNAMES = ("", "Grace", "gr ace", "-grace", "admin")
BAD_NAMES = ("", " ", "a" * 101, "two\nlines", "\u202eevil")


@pytest.fixture
def office() -> Generator[PostOffice]:
    with post_office() as office:
        yield office


@pytest.fixture
async def mailing(store: Store, office: PostOffice) -> AsyncGenerator[House]:
    """A service that sends mail."""
    mailer = Mailer(MailServer.at(office.url))
    async with opened(store, OPEN, Outside(mail=mailer)) as house:
        yield house
    mailer.close()


def code_in(office: PostOffice, number: int) -> str:
    """The code of the letter of this number, counted from 1."""
    text = office.wait_for(number)[number - 1].get_content()
    [line] = [line.strip() for line in str(text).splitlines() if line.startswith("    ")]
    return line


async def test_U1_a_new_name_is_found_and_sorted_everywhere_at_once(house: House) -> None:
    grace = await house.sign_up("grace", email="grace@example.org")
    acme = await grace.creates("acme")
    linus = await house.joins("linus", acme)
    before = await grace.sees(acme)

    user = (await linus.patch("/me", {"username": "zoe", "display_name": " Zoë Torvalds "})).done()

    assert (user["username"], user["display_name"], user["version"]) == ("zoe", "Zoë Torvalds", 2)
    found = (await grace.get(f"/workspaces/{acme}/members", q="torv")).done()
    assert [member["username"] for member in found["items"]] == ["zoe"]
    assert (await grace.get(f"/workspaces/{acme}/members", q="linus")).done()["items"] == []
    listed = (await grace.get(f"/workspaces/{acme}/members", sort="-username")).done()
    assert [member["username"] for member in listed["items"]] == ["zoe", "grace"]
    assert (await grace.sees(acme))["revision"] > before["revision"]


async def test_U1_W1_a_renamed_user_keeps_the_workspace_as_it_is_called(house: House) -> None:
    grace = await house.sign_up("grace")

    await grace.patch("/me", {"username": "hopper"})

    assert (await grace.sees(grace.home))["name"] == "grace"


async def test_U1_A1_old_names_stay_in_the_logs(house: House) -> None:
    grace = await house.sign_up("grace")
    acme = await grace.creates("acme")

    await grace.patch("/me", {"username": "hopper"})

    [entry] = (await grace.get("/me/activity", action="account.set")).done()["items"]
    assert (entry["actor"]["name"], entry["targets"][0]["name"]) == ("grace", "grace")
    assert (entry["before"], entry["after"]) == ({"username": "grace"}, {"username": "hopper"})
    log = (await grace.get(f"/workspaces/{acme}/activity")).done()["items"]
    assert [each["actor"]["name"] for each in log] == ["grace"]


async def test_U1_what_is_so_already_changes_nothing(house: House) -> None:
    grace = await house.sign_up("grace")

    user = (await grace.patch("/me", {"username": "grace"})).done()

    assert user["version"] == 1
    assert (await grace.get("/me/activity", action="account.set")).done()["items"] == []


async def test_U1_names_follow_their_rules(house: House) -> None:
    grace = await house.sign_up("grace")

    for username in BAD_USERNAMES:
        answer = await grace.patch("/me", {"username": username})
        assert (answer.status, answer.code, answer.field) == (422, "username_invalid", "username"), username
    for name in BAD_NAMES:
        answer = await grace.patch("/me", {"display_name": name})
        assert (answer.status, answer.code, answer.field) == (422, "input_invalid", "display_name"), name
    assert (await grace.patch("/me", {})).code == "input_invalid"
    assert (await grace.patch("/me", {"email": "x@example.org"})).code == "input_invalid"


async def test_U1_M5_a_name_is_changed_against_the_version_seen(house: House) -> None:
    grace = await house.sign_up("grace")
    await grace.patch("/me", {"display_name": "Grace"})

    stale = await grace.patch("/me", {"display_name": "G."}, seen='"1"')
    unsaid = await grace.patch("/me", {"display_name": "G."}, seen=None)

    assert (stale.code, stale.body["current"]["display_name"]) == ("version_conflict", "Grace")
    assert unsaid.code == "version_required"
    assert (await grace.delete("/me", seen='"1"')).code == "version_conflict"
    assert (await grace.delete("/me", seen=None)).code == "version_required"


async def test_U1_a_username_of_somebody_else_is_taken(house: House) -> None:
    grace = await house.sign_up("grace")
    await house.sign_up("linus")

    assert (await grace.patch("/me", {"username": "linus"})).code == "username_taken"
    assert (await grace.get("/me")).done()["user"]["username"] == "grace"


async def test_U1_without_mail_an_address_is_taken_as_it_is_and_not_proved(house: House) -> None:
    grace = await house.sign_up("grace", email="old@example.org")
    acme = await grace.creates("acme")

    answer = await grace.post("/me/email", {"email": "New@example.org"})

    assert (answer.status, answer.body["email"], answer.body["email_proved"]) == (200, "New@example.org", False)
    assert answer.etag == '"2"'
    found = (await grace.get(f"/workspaces/{acme}/members", q="new@exam")).done()
    assert [member["email"] for member in found["items"]] == ["New@example.org"]
    assert (await grace.post("/me/email/confirm", {"code": "BCDF-GHJK"})).code == "code_wrong"


async def test_U1_S5_the_old_address_stays_until_the_code_comes_back(mailing: House, office: PostOffice) -> None:
    grace = await mailing.sign_up("grace", email="old@example.org")

    asked = await grace.post("/me/email", {"email": "new@example.org"})
    assert (asked.status, asked.body["email"], asked.body["email_proved"]) == (202, "old@example.org", False)
    code = code_in(office, 1)
    assert office.recipients == ["new@example.org"]
    confirmed = await grace.post("/me/email/confirm", {"code": f" {code.lower()} "})

    assert (confirmed.done()["email"], confirmed.body["email_proved"]) == ("new@example.org", True)
    assert (asked.etag, confirmed.etag) == ('"1"', '"2"')
    office.wait_for(2)
    assert office.recipients[1] == "old@example.org"
    assert (await grace.post("/me/email/confirm", {"code": code})).code == "code_wrong"
    [entry] = (await grace.get("/me/activity", action="account.confirm_email")).done()["items"]
    assert entry["after"] == {"email": "new@example.org", "email_proved": True}


async def test_S5_the_address_that_one_has_is_proved_in_the_same_way(mailing: House, office: PostOffice) -> None:
    grace = await mailing.sign_up("grace", email="grace@example.org")

    assert (await grace.post("/me/email", {"email": "grace@example.org"})).status == 202
    user = (await grace.post("/me/email/confirm", {"code": code_in(office, 1)})).done()

    assert user["email_proved"] is True
    again = await grace.post("/me/email", {"email": "grace@example.org"})
    assert (again.status, again.body["email_proved"]) == (200, True)
    assert len(office.letters) == 1


@pytest.mark.parametrize("mails", [True, False], ids=["as it was", "as another, by a server without mail"])
async def test_S5_the_code_for_an_address_that_is_no_longer_wanted_is_dead(
    house: House, mailing: House, office: PostOffice, *, mails: bool
) -> None:
    grace = await mailing.sign_up("grace")
    (await grace.post("/me/email", {"email": "grace@example.org"})).done()
    (await grace.post("/me/email/confirm", {"code": code_in(office, 1)})).done()
    (await grace.post("/me/email", {"email": "new@example.org"})).done()

    where, wanted = (mailing, "grace@example.org") if mails else (house, "other@example.org")
    assert (await Person(where.calls, grace.welcome).post("/me/email", {"email": wanted})).status == 200

    assert (await grace.post("/me/email/confirm", {"code": code_in(office, 2)})).code == "code_wrong"
    assert (await grace.get("/me")).done()["user"]["email"] == wanted


async def test_S5_five_wrong_tries_end_a_code(mailing: House, office: PostOffice) -> None:
    grace = await mailing.sign_up("grace")
    await grace.post("/me/email", {"email": "grace@example.org"})
    code = code_in(office, 1)

    for _ in range(5):
        assert (await grace.post("/me/email/confirm", {"code": "BBBB-BBBB"})).code == "code_wrong"

    assert (await grace.post("/me/email/confirm", {"code": code})).code == "code_wrong"


async def test_S5_a_new_code_ends_the_one_before_it(mailing: House, office: PostOffice) -> None:
    grace = await mailing.sign_up("grace")
    await grace.post("/me/email", {"email": "grace@example.org"})
    first = code_in(office, 1)
    await grace.post("/me/email", {"email": "hopper@example.org"})
    second = code_in(office, 2)

    assert (await grace.post("/me/email/confirm", {"code": first})).code == "code_wrong"
    assert (await grace.post("/me/email/confirm", {"code": second})).done()["email"] == "hopper@example.org"


async def test_S5_an_account_fills_nobody_s_mailbox(mailing: House, office: PostOffice) -> None:
    grace = await mailing.sign_up("grace")
    with time_machine.travel(datetime(2026, 11, 23, 12, 0, tzinfo=UTC), tick=False) as clock:
        for _ in range(20):
            assert (await grace.post("/me/email", {"email": "linus@example.org"})).status == 202
            clock.shift(timedelta(minutes=1))
        refused = await grace.post("/me/email", {"email": "linus@example.org"})
        assert (refused.status, refused.code) == (429, "rate_limited")
        clock.shift(timedelta(days=1))
        assert (await grace.post("/me/email", {"email": "linus@example.org"})).status == 202


async def test_S5_a_code_is_for_the_account_that_asked(mailing: House, office: PostOffice) -> None:
    grace, linus = await mailing.sign_up("grace"), await mailing.sign_up("linus")
    await grace.post("/me/email", {"email": "grace@example.org"})

    assert (await linus.post("/me/email/confirm", {"code": code_in(office, 1)})).code == "code_wrong"


async def test_U1_whether_an_address_is_taken_shows_only_to_who_reads_its_mail(
    mailing: House, office: PostOffice
) -> None:
    grace, linus = await mailing.sign_up("grace"), await mailing.sign_up("linus")
    for number, person in enumerate((grace, linus), start=1):
        assert (await person.post("/me/email", {"email": "shared@example.org"})).status == 202
        code = code_in(office, number)
        answer = await person.post("/me/email/confirm", {"code": code})

    assert (answer.status, answer.code) == (409, "email_taken")
    assert (await linus.get("/me")).done()["user"]["email"] is None


async def test_U1_of_two_who_prove_one_address_at_once_one_gets_it(mailing: House, office: PostOffice) -> None:
    people = [await mailing.sign_up(name) for name in ("grace", "linus")]
    codes = []
    for number, person in enumerate(people, start=1):
        (await person.post("/me/email", {"email": "shared@example.org"})).done()
        codes.append({"code": code_in(office, number)})

    asked = [person.post("/me/email/confirm", code) for person, code in zip(people, codes, strict=True)]
    answers = await asyncio.gather(*asked, people[0].post("/me/email/confirm", codes[0]))

    assert sorted(answer.code or "" for answer in answers) in (
        ["", "code_wrong", "email_taken"],
        ["", "email_taken", "email_taken"],
    )


async def test_U1_a_repeated_request_mails_one_code(mailing: House, office: PostOffice) -> None:
    grace = await mailing.sign_up("grace")
    first = await grace.post("/me/email", {"email": "grace@example.org"}, key="once")
    again = await grace.post("/me/email", {"email": "grace@example.org"}, key="once")

    assert (first.status, again.status, again.body) == (202, 202, first.body)
    user = (await grace.post("/me/email/confirm", {"code": code_in(office, 1)})).done()
    assert user["email_proved"] is True
    assert len(office.letters) == 1


async def test_U1_what_is_no_address_is_refused(mailing: House) -> None:
    grace = await mailing.sign_up("grace")

    for email in ("", "grace", "a b@example.org", "a@b\u202e.org", "x@example.org\r\nBcc: y@example.org"):
        answer = await grace.post("/me/email", {"email": email})
        assert (answer.status, answer.code, answer.field) == (422, "email_invalid", "email"), email


async def test_U1_an_account_goes_with_its_workspace_seats_and_sessions(house: House) -> None:
    grace = await house.sign_up("grace")
    acme = await grace.creates("acme")
    linus = await house.joins("linus", acme)

    assert (await linus.delete("/me")).status == 204

    assert (await linus.get("/me")).code == "unauthenticated"
    members = (await grace.get(f"/workspaces/{acme}/members")).done()
    assert ([member["username"] for member in members["items"]], members["total"]) == (["grace"], 1)
    seen = await grace.sees(acme)
    assert seen["active_members"] == 1
    entry = (await grace.get(f"/workspaces/{acme}/activity")).done()["items"][0]
    assert (entry["action"], entry["actor"]["name"], entry["before"]["role"]) == ("account.delete", "linus", "user")
    again = await house.stranger.post("/users", {"username": "linus", "device": DEVICE})
    assert again.done()["workspace"]["name"] == "linus"


async def test_U1_W8_the_last_owner_stays_and_is_told_of_what(house: House) -> None:
    grace = await house.sign_up("grace")
    acme, labs = await grace.creates("acme"), await grace.creates("labs")
    shared = await grace.creates("shared")
    await house.joins("linus", shared, role="owner")

    answer = await grace.delete("/me")

    assert (answer.status, answer.code, answer.body["workspaces"]) == (409, "last_owner", ["acme", "labs"])
    assert (await grace.sees(shared))["role"] == "owner"
    for workspace in (acme, labs):
        (await grace.delete(f"/workspaces/{workspace}")).done()
    assert (await grace.delete("/me")).status == 204


async def test_U1_seats_in_deleted_and_in_locked_workspaces_go_too(house: House) -> None:
    grace = await house.sign_up("grace")
    acme, labs = await grace.creates("acme"), await grace.creates("labs")
    linus = await house.joins("linus", acme, role="owner")
    await grace.changes(acme, linus, status="disabled")
    (await grace.delete(f"/workspaces/{labs}")).done()

    assert (await linus.delete("/me")).status == 204
    (await grace.delete(f"/workspaces/{acme}")).done()
    assert (await grace.delete("/me")).status == 204


async def test_U1_an_embedded_owner_who_is_gone_is_followed_by_a_new_one(store: Store) -> None:
    device = DeviceAsk(name="desk", platform="linux", app="test")
    welcome = accounts.embedded_session(store, "grace", device)
    assert welcome.session
    async with opened(store, OPEN) as house:
        owner = Caller(house.calls, f"{welcome.session.id}.{welcome.secret}")
        assert (await owner.delete("/me")).status == 204

    with store.reading() as connection:
        assert embedded_user(connection) is None
    again = accounts.embedded_session(store, "grace", device)
    assert (again.user.username, again.workspace.name) == ("grace", "grace")
    assert again.user.id != welcome.user.id


async def test_U1_I7_invites_go_with_their_sender_and_carry_a_new_name(house: House) -> None:
    grace = await house.sign_up("grace")
    acme = await grace.creates("acme")
    linus = await house.joins("linus", acme, role="manager")
    (await linus.post(f"/workspaces/{acme}/invite-links", {"role": "user"})).done()

    (await linus.patch("/me", {"username": "torvalds"})).done()

    found = (await grace.get(f"/workspaces/{acme}/invites", q="torvalds")).done()["items"]
    assert [invite["inviter"]["username"] for invite in found] == ["torvalds"]
    (await linus.delete("/me")).done()
    [revoked] = (await grace.get(f"/workspaces/{acme}/invites", status="revoked")).done()["items"]
    assert revoked["revoked_by"] == "inviter_lost_rights"


async def test_U1_T2_tokens_carry_a_new_name_and_go_with_the_account(house: House) -> None:
    grace = await house.sign_up("grace")
    acme = await grace.creates("acme")
    linus = await house.joins("linus", acme)
    made = (await linus.post(f"/workspaces/{acme}/tokens", {"name": "ci", "expires_in": None})).done()

    (await linus.patch("/me", {"username": "torvalds"})).done()

    listed = (await grace.get(f"/workspaces/{acme}/tokens", member="all", q="torv")).done()["items"]
    assert [token["username"] for token in listed] == ["torvalds"]
    token = Caller(house.calls, f"{made['token']['id']}.{made['secret']}")
    assert (await token.get("/me")).done()["credential"]["kind"] == "token"
    (await linus.delete("/me")).done()
    assert (await token.get("/me")).code == "unauthenticated"


async def test_S2_an_account_is_nothing_that_a_token_changes(house: House) -> None:
    grace = await house.sign_up("grace")
    made = (await grace.post(f"/workspaces/{grace.home}/tokens", {"name": "ci", "expires_in": None})).done()
    token = Caller(house.calls, f"{made['token']['id']}.{made['secret']}")

    answers = [
        await token.patch("/me", {"username": "hopper"}),
        await token.post("/me/email", {"email": "g@example.org"}),
        await token.post("/me/email/confirm", {"code": "BCDFGHJK"}),
        await token.delete("/me"),
    ]

    assert [answer.code for answer in answers] == ["session_required"] * 4
