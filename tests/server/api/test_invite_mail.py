"""Invites by real mail, from the act to the code that comes back (I1, I5, S5), on both databases."""

import logging
import time
from collections.abc import AsyncGenerator, Generator
from email.message import EmailMessage
from typing import Any

import pytest
from sqlalchemy import text

from tests.server.api.conftest import OPEN
from tests.server.driver import House, opened
from tests.server.inviting import accept, accept_as_new, invites, link, newcomer, offer, send
from tests.server.outside.post_office import SECONDS, PostOffice, post_office
from tui.server.outside.mail import Letter, Mailer, MailServer, Report
from tui.server.outside.outside import Outside
from tui.server.storage import bookkeeping, tables
from tui.server.storage.engine import Store

OF_THE_OFFICE = "mail.log"
"""The log of the mail server that the tests run."""


@pytest.fixture
def office() -> Generator[PostOffice]:
    with post_office() as office:
        yield office


@pytest.fixture
def mailer(office: PostOffice) -> Generator[Mailer]:
    mailer = Mailer(MailServer.at(office.url))
    yield mailer
    mailer.close()


@pytest.fixture
async def house(store: Store, mailer: Mailer) -> AsyncGenerator[House]:
    """A service that sends mail."""
    async with opened(store, OPEN, Outside(mail=mailer)) as house:
        yield house


def code_in(letter: EmailMessage) -> str:
    """The code in the link of a letter."""
    (line,) = (line for line in letter.get_content().splitlines() if "http://house/i#" in line)
    return str(line.partition("#")[2])


async def mail_of(house: House, acme: str, expected: set[str]) -> list[Any]:
    """The invites, once what became of their mail is one of these."""
    grace = house.people["grace"]
    until = time.monotonic() + SECONDS
    while True:
        items = (await invites(grace, acme, sort="email")).done()["items"]
        if {invite["mail"] for invite in items} == expected or time.monotonic() > until:
            return list(items)


async def test_I1_S5_a_code_that_was_mailed_makes_an_account_with_a_proved_address(
    house: House, office: PostOffice
) -> None:
    grace = await house.sign_up("grace")
    acme = await grace.creates("acme")

    (result,) = (await send(grace, acme, "Ada@example.org", role="manager")).done()["results"]
    assert (result["link"], result["invite"]["mail"], result["invite"]["sent_at"]) == (None, "queued", None)
    (letter,) = office.wait_for(1)
    assert (letter["To"], letter["Subject"]) == ("Ada@example.org", "grace invites you to acme")
    content = letter.get_content()
    for said in ("grace", "acme", "Manager", "workspaces invites accept -", "UTC"):
        assert said in content
    (sent,) = await mail_of(house, acme, {"sent"})
    assert sent["sent_at"] > sent["created_at"]
    assert sent["version"] == 1

    code = code_in(letter)
    assert (await offer(house.stranger, code)).done()["needs_account"] is True
    ada = await newcomer(house, code, "ada")
    assert (ada.welcome["user"]["email"], ada.welcome["user"]["email_proved"]) == ("Ada@example.org", True)
    assert ada.welcome["member"]["role"] == "manager"
    found = (await grace.get(f"/workspaces/{acme}/members", is_="ada@example.org")).done()["items"]
    assert [member["username"] for member in found] == ["ada"]


async def test_I1_A2_what_becomes_of_a_mail_is_neither_activity_nor_a_change(house: House, office: PostOffice) -> None:
    grace = await house.sign_up("grace")
    acme = await grace.creates("acme")
    (await send(grace, acme, "ada@example.org")).done()
    revision, log = (await grace.sees(acme))["revision"], (await grace.get(f"/workspaces/{acme}/activity")).done()

    await mail_of(house, acme, {"sent"})

    assert (await grace.sees(acme))["revision"] == revision
    assert (await grace.get(f"/workspaces/{acme}/activity")).done() == log


async def test_I1_I4_a_mail_that_failed_is_sent_again_with_a_new_code(house: House, office: PostOffice) -> None:
    grace = await house.sign_up("grace")
    acme = await grace.creates("acme")
    (await send(grace, acme, "nobody@example.org", "ada@example.org")).done()
    office.wait_for(1)
    ada, nobody = await mail_of(house, acme, {"sent", "failed"})
    assert (ada["mail"], nobody["mail"], nobody["sent_at"]) == ("sent", "failed", None)

    again = (await grace.post(f"/workspaces/{acme}/invites/{ada['id']}/resend", {})).done()

    assert (again["link"], again["invite"]["mail"], again["invite"]["sent_at"]) == (None, "queued", None)
    first, second = office.wait_for(2)
    assert (await offer(house.stranger, code_in(first))).code == "invite_unknown"
    assert (await offer(house.stranger, code_in(second))).status == 200


async def test_I3_S5_an_account_must_have_proved_the_address(house: House, office: PostOffice) -> None:
    grace = await house.sign_up("grace")
    acme, labs = await grace.creates("acme"), await grace.creates("labs")
    squatter = await house.sign_up("squatter", email="ada@example.org")
    (await send(grace, acme, "ada@example.org")).done()
    code = code_in(office.wait_for(1)[0])

    assert (await accept(squatter, code)).code == "email_mismatch"
    ada = await newcomer(house, code, "ada")
    (await send(grace, labs, "ADA@example.org")).done()
    code = code_in(office.wait_for(2)[1])
    assert (await accept(squatter, code)).code == "email_mismatch"
    assert (await accept_as_new(house.stranger, code, "second")).code == "unauthenticated"
    assert (await accept(ada, code)).done()["member"]["joined_by"] == "email"


async def test_I5_the_code_of_a_letter_is_nowhere_else(
    house: House, office: PostOffice, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    grace = await house.sign_up("grace")
    acme = await grace.creates("acme")
    sent = await grace.post(f"/workspaces/{acme}/invites", {"emails": ["ada@example.org"]}, key="k1")
    code = code_in(office.wait_for(1)[0])
    (await accept_as_new(house.stranger, code, "ada", key="k2")).done()

    assert (
        await grace.post(f"/workspaces/{acme}/invites", {"emails": ["ada@example.org"]}, key="k1")
    ).body == sent.body
    with house.store.reading() as connection:
        kept = [repr(connection.execute(table.select()).all()) for table in tables.metadata.sorted_tables]
    logged = [record.getMessage() for record in caplog.records if record.name != OF_THE_OFFICE]
    everything = "\n".join([*kept, *logged, sent.content.decode()])
    assert code.removeprefix("ic-") not in everything
    assert len(office.letters) == 1


async def test_I1_what_was_queued_when_a_server_ended_has_failed(house: House, mailer: Mailer) -> None:
    grace = await house.sign_up("grace")
    acme = await grace.creates("acme")
    (await send(grace, acme, "ada@example.org")).done()
    await mail_of(house, acme, {"sent"})
    with house.store.writing() as connection:
        connection.execute(text("UPDATE invites SET mail = 'queued', sent_at = NULL"))

    bookkeeping.fail_queued_mails(house.store)

    (invite,) = (await invites(grace, acme)).done()["items"]
    assert (invite["mail"], invite["version"]) == ("failed", 1)
    mailer.close()
    (await grace.post(f"/workspaces/{acme}/invites/{invite['id']}/resend", {})).done()
    assert (await mail_of(house, acme, {"failed"}))[0]["mail"] == "failed"


class SlowMailer(Mailer):
    """Keeps letters until it is told what to say of them."""

    def __init__(self) -> None:
        super().__init__(MailServer.at("smtp://127.0.0.1:9"))
        self.kept: list[Report] = []

    def send(self, letter: Letter, done: Report) -> None:
        self.kept.append(done)


@pytest.fixture
def slow() -> Generator[SlowMailer]:
    mailer = SlowMailer()
    yield mailer
    mailer.close()


async def test_I1_word_of_an_old_letter_changes_nothing(store: Store, slow: SlowMailer) -> None:
    async with opened(store, OPEN, Outside(mail=slow)) as house:
        grace = await house.sign_up("grace")
        acme = await grace.creates("acme")
        invite = (await send(grace, acme, "ada@example.org")).done()["results"][0]["invite"]
        (await grace.post(f"/workspaces/{acme}/invites/{invite['id']}/resend", {})).done()
        first, second = slow.kept
        first(True)
        assert (await invites(grace, acme)).done()["items"][0]["mail"] == "queued"
        second(False)
        assert (await invites(grace, acme)).done()["items"][0]["mail"] == "failed"


async def test_I1_a_workspace_sends_five_hundred_mails_a_day(store: Store, slow: SlowMailer) -> None:
    async with opened(store, OPEN, Outside(mail=slow)) as house:
        await _send_many(house)
        assert len(slow.kept) == 501


async def _send_many(house: House) -> None:
    grace = await house.sign_up("grace")
    acme, labs = await grace.creates("acme"), await grace.creates("labs")
    for batch in range(2):
        (await send(grace, acme, *(f"nobody-{batch}-{n}@example.org" for n in range(200)))).done()

    too_many = await send(grace, acme, *(f"more-{n}@example.org" for n in range(101)))
    assert (too_many.status, too_many.code) == (429, "rate_limited")
    assert 0 < int(too_many.headers["Retry-After"]) <= 24 * 3600
    assert (await grace.sees(acme))["pending_invites"] == 400
    (await send(grace, acme, *(f"nobody-2-{n}@example.org" for n in range(99)))).done()
    (invite,) = (await invites(grace, acme, **{"is": "nobody-0-0@example.org"})).done()["items"]
    resend = f"/workspaces/{acme}/invites/{invite['id']}/resend"
    assert (await grace.post(resend, {})).status == 200
    assert (await grace.post(resend, {})).code == "rate_limited"
    assert (await send(grace, labs, "nobody@example.org")).status == 200
    assert (await link(grace, acme)).done()["link"], "a link is no mail"


async def test_I1_what_a_hostile_name_can_say_in_a_letter(house: House, office: PostOffice) -> None:
    mallory = await house.sign_up("mallory", display_name="IT desk: sign in at http://evil.example <a href=x>")
    acme = await mallory.creates("acme")

    (await send(mallory, acme, '"a,b"@example.org', "ada@example.org")).done()

    for letter in office.wait_for(2):
        assert "evil" not in letter.as_string() + letter.get_content()
        assert letter["Subject"] == "mallory invites you to acme"
    assert "ada@example.org" in office.recipients


async def test_I1_the_link_in_a_letter_begins_with_no_address_that_a_caller_names(
    house: House, office: PostOffice
) -> None:
    grace = await house.sign_up("grace")
    acme = await grace.creates("acme")
    headers = {"Host": "evil.example", "X-Forwarded-Host": "evil.example", "Content-Type": "application/json"}

    answer = await grace.sends(
        "POST", f"/workspaces/{acme}/invites", headers=headers, content=b'{"emails": ["ada@example.org"]}'
    )

    assert answer.status == 200
    (letter,) = office.wait_for(1)
    assert "http://house/i#" in letter.get_content()
    assert "evil" not in letter.as_string() + letter.get_content()
