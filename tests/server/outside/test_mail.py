"""Mail goes out by real SMTP, in the background, and what became of it is told (I1)."""

import queue
import socket
from collections.abc import Generator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.server.outside.post_office import SECONDS, certificate, post_office, silent_server
from tui.domain.errors import Failure
from tui.server.outside import mail
from tui.server.outside.mail import Letter, Mailer, MailServer

LETTER = Letter("ada@example.org", "Welcome", "The code is XKCD.\n")


class Sender:
    """Sends letters and hears of each."""

    def __init__(self, url: str) -> None:
        self.mailer = Mailer(MailServer.at(url))
        self._reports: queue.Queue[bool] = queue.Queue()

    def send(self, letter: Letter) -> None:
        self.mailer.send(letter, self._reports.put)

    def report(self) -> bool:
        """Whether the next letter was sent."""
        return self._reports.get(timeout=SECONDS)

    def sends(self, letter: Letter) -> bool:
        self.send(letter)
        return self.report()

    def reports_nothing_more(self) -> bool:
        return self._reports.empty()


@contextmanager
def sender(url: str) -> Generator[Sender]:
    by = Sender(url)
    with closing(by.mailer):
        yield by


def test_I1_a_letter_goes_out_by_smtp_and_is_reported_sent() -> None:
    with post_office() as office, sender(office.url) as by:
        assert by.sends(LETTER)

        (letter,) = office.wait_for(1)
        assert letter["To"] == "ada@example.org"
        assert letter["From"] == "Workspaces <desk@example.org>"
        assert letter["Subject"] == "Welcome"
        assert letter["Message-ID"].endswith("@example.org>")
        assert letter["Auto-Submitted"] == "auto-generated"
        assert letter.get_content().splitlines() == ["The code is XKCD."]
        assert office.senders == ["desk@example.org"]


def test_I1_letters_sent_together_share_a_connection() -> None:
    with post_office() as office, sender(office.url) as by:
        for number in range(20):
            by.send(LETTER._replace(to=f"reader{number}@example.org"))
        assert all(by.report() for _ in range(20))
        assert [letter["To"] for letter in office.letters] == [f"reader{n}@example.org" for n in range(20)]
        assert office.connections == 1


def test_I1_a_connection_is_not_kept_when_there_is_nothing_to_send(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail, "IDLE", 0.01)
    with post_office() as office, sender(office.url) as by:
        assert by.sends(LETTER)
        assert by.sends(LETTER)
        assert by.reports_nothing_more()
        assert len(office.letters) == 2


def test_I1_an_address_that_is_refused_fails_alone() -> None:
    with post_office() as office, sender(office.url) as by:
        assert not by.sends(LETTER._replace(to="nobody@example.org"))
        assert by.sends(LETTER)
        assert len(office.letters) == 1


def test_I1_a_line_that_is_cut_fails_the_letter_and_the_next_one_goes_out() -> None:
    with post_office() as office, sender(office.url) as by:
        assert by.sends(LETTER)
        assert not by.sends(LETTER._replace(to="drop@example.org"))
        assert by.sends(LETTER)
        assert len(office.letters) == 2


@pytest.mark.parametrize(
    "letter",
    [
        LETTER._replace(to="ada@example.org\r\nBcc: eve@example.org"),
        LETTER._replace(to="ada@example.org,eve.org"),
        LETTER._replace(to="ada@<example.org>"),
        LETTER._replace(subject="Welcome\r\nBcc: eve@example.org"),
        LETTER._replace(subject="Welcome\nBcc: eve@example.org"),
    ],
)
def test_I1_what_would_add_a_header_or_an_address_is_not_sent(letter: Letter) -> None:
    with post_office() as office, sender(office.url) as by:
        assert not by.sends(letter)
        assert by.sends(LETTER)
        assert len(office.letters) == 1


@pytest.mark.parametrize("local", ["a,b", "<ada>", 'a"b', "a b", "ada@home"])
def test_I1_an_odd_address_stays_one_address(local: str) -> None:
    with post_office() as office, sender(office.url) as by:
        assert by.sends(LETTER._replace(to=f"{local}@example.org"))
        (letter,) = office.wait_for(1)
        (only,) = letter["To"].addresses
        assert (only.username, only.domain) == (local, "example.org")
        assert len(office.recipients) == 1


def test_I1_names_of_other_scripts_are_written_as_mail_writes_them() -> None:
    with post_office() as office, sender(office.url) as by:
        assert by.sends(LETTER._replace(subject="Приглашение в «acme» 🚀", text="Здравствуйте, Ada\n.\nпока"))
        (letter,) = office.wait_for(1)
        assert letter["Subject"] == "Приглашение в «acme» 🚀"
        assert letter.get_content().splitlines() == ["Здравствуйте, Ada", ".", "пока"]


def test_I1_a_server_that_is_away_fails_the_letter() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
    with sender(f"smtp://127.0.0.1:{port}") as by:
        assert not by.sends(LETTER)


def test_I1_a_server_that_hangs_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail, "TIMEOUT", 0.05)
    with silent_server() as url, sender(url) as by:
        assert not by.sends(LETTER)


def test_I1_what_waits_at_the_end_is_reported_failed_once() -> None:
    with silent_server() as url:
        by = Sender(url)
        for _ in range(3):
            by.send(LETTER)
        by.mailer.close(within=0.05)
        assert [by.report() for _ in range(3)] == [False, False, False]
        assert not by.sends(LETTER)
        by.mailer.close(within=0)
        assert by.reports_nothing_more()


def test_I1_what_waits_at_the_end_still_goes_out_in_time() -> None:
    with post_office() as office, sender(office.url) as by:
        for _ in range(3):
            by.send(LETTER)
        by.mailer.close()
        assert [by.report() for _ in range(3)] == [True, True, True]
        assert len(office.letters) == 3


def test_I1_a_report_that_fails_stops_no_other_letter() -> None:
    def full(_: bool) -> None:
        raise Failure("unavailable")

    with post_office() as office, sender(office.url) as by:
        by.mailer.send(LETTER, full)
        assert by.sends(LETTER)
        assert len(office.letters) == 2


def test_I1_mail_is_encrypted_where_the_server_offers_it(tmp_path: Path) -> None:
    tls, _ = certificate(tmp_path, "example.org")
    with post_office(tls) as office, sender(office.url) as by:
        assert by.sends(LETTER)
        assert office.encrypted == [True]


ELSEWHERE = "127.1"
"""This machine, by a name that does not say so."""


def test_T5_mail_to_another_machine_needs_encryption() -> None:
    with post_office() as office, sender(office.url.replace("127.0.0.1", ELSEWHERE)) as by:
        assert not by.sends(LETTER)
        assert office.letters == []


def test_T5_mail_to_another_machine_needs_a_certificate_that_is_trusted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tls, trusted = certificate(tmp_path, ELSEWHERE)
    with post_office(tls) as office:
        with sender(office.url.replace("127.0.0.1", ELSEWHERE)) as by:
            assert not by.sends(LETTER)
        monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
        with sender(office.url.replace("127.0.0.1", ELSEWHERE)) as by:
            assert by.sends(LETTER)
        assert office.encrypted == [True]


def test_I1_smtps_is_encrypted_from_the_first_byte(tmp_path: Path) -> None:
    tls, _ = certificate(tmp_path, "example.org")
    with post_office(ssl_context=tls) as office, sender(office.url.replace("smtp://", "smtps://")) as by:
        assert by.sends(LETTER)


def test_I1_the_account_of_the_address_is_used() -> None:
    with post_office() as office:
        with sender(office.url.replace("smtp://", "smtp://us%40example.org:p%2Fw@")) as by:
            assert by.sends(LETTER)
        assert office.logins == [("us@example.org", "p/w")]
        with sender(office.url.replace("smtp://", "smtp://us:wrong@")) as by:
            assert not by.sends(LETTER)
        assert len(office.letters) == 1


def test_T5_the_log_names_neither_address_nor_text(caplog: pytest.LogCaptureFixture) -> None:
    with post_office() as office, sender(office.url.replace("smtp://", "smtp://us:wrong@")) as by:
        assert not by.sends(LETTER)
        assert "SMTPAuthenticationError 535" in caplog.text
        for hidden in ("ada@", "XKCD", "wrong"):
            assert hidden not in caplog.text


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://localhost", MailServer("localhost", 25, "workspaces@localhost")),
        ("smtp://mail.example.org/", MailServer("mail.example.org", 25, "workspaces@mail.example.org")),
        ("smtp://a%40b.org:p@mail.b.org", MailServer("mail.b.org", 587, "a@b.org", "a@b.org", "p")),
        ("smtps://a:p@mail.b.org?from=x@b.org", MailServer("mail.b.org", 465, "x@b.org", "a", "p", tls=True)),
    ],
)
def test_I1_the_address_of_a_mail_server(url: str, server: MailServer) -> None:
    assert MailServer.at(url) == server


@pytest.mark.parametrize(
    "url", ["", "mail.example.org", "http://x:secret@y", "smtp://x:secret@", "smtp://x:secret@y:z", "smtp://y?from=z z"]
)
def test_T5_an_address_that_is_none_is_refused_without_being_repeated(url: str) -> None:
    with pytest.raises(Failure) as refused:
        MailServer.at(url)
    assert refused.value.code == "mail_address_invalid"
    assert "secret" not in str(refused.value)
