"""Whatever a server, or something before it, answers: one `Failure` that says what happened."""

import asyncio
import gzip
import socket
import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.backend.odd_server import (
    ABOUT,
    CREDENTIAL,
    WORKSPACE,
    Behaviour,
    OddServer,
    answers,
    client_of,
    closes,
    odd_server,
    raw,
    refuses,
    stalls,
)
from tui.backend.addresses import parsed
from tui.backend.http.calls import post
from tui.backend.http.client import HttpBackend, connect
from tui.backend.http.transport import LARGEST_ANSWER, Transport
from tui.domain.errors import Conflict, Failure, NotOffered, Refused, Unauthenticated, Unreachable
from tui.domain.programs import Program
from tui.domain.queries import ListQuery, Place
from tui.domain.roles import Role
from tui.domain.workspaces import Workspace

ACME = "ac-00000000000000000000"
SOMEBODY = "us-00000000000000000000"
HTML = b"<html><h1>502 Bad Gateway</h1></html>"

FOREIGN = {
    "a page instead of JSON": answers(200, HTML, kind="text/html"),
    "garbage as JSON": answers(200, b'{"id": "ac-'),
    "bytes that are no text": answers(200, b'"\xff\xfe"'),
    "a shape of its own": answers(200, {"id": 7}),
    "nothing at all": answers(204, b""),
    "nests without end": answers(200, b"[" * 100_000),
    "a page not found": answers(404, HTML, kind="text/html"),
    "a problem of another kind": answers(400, {"error": "nope"}),
    "more than anybody asked for": answers(200, b" " * (LARGEST_ANSWER + 1)),
    "a bomb": answers(200, gzip.compress(b" " * (LARGEST_ANSWER + 1)), Content_Encoding="gzip"),
    "an unasked 304": answers(304, b""),
}


@pytest.mark.parametrize("behaviour", FOREIGN.values(), ids=FOREIGN.keys())
async def test_what_is_no_answer_of_ours_is_one_clear_failure_and_not_asked_for_again(
    odd: OddServer, backend: HttpBackend, behaviour: Behaviour
) -> None:
    odd.will(behaviour)
    with pytest.raises(Unreachable) as caught:
        await backend.workspaces.get(ACME)
    assert f"127.0.0.1:{odd.port}" in str(caught.value)
    assert caught.value.exit_code == 7
    assert not caught.value.maybe_done
    assert len(odd.asked) == 1


def self_signed(folder: Path) -> Path:
    """A certificate that vouches for itself, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now)
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "server.pem").write_bytes(private + certificate.public_bytes(pem))
    return folder / "server.pem"


BROKEN = {
    "hangs up": closes,
    "hangs up half-way": raw(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{"),
    "speaks another protocol": raw(b"SSH-2.0-OpenSSH_9.9\r\n"),
    "answers with a gateway's page": answers(502, HTML, kind="text/html"),
    "answers what is not what it says": answers(200, b"no gzip", Content_Encoding="gzip"),
}


@pytest.mark.parametrize("behaviour", BROKEN.values(), ids=BROKEN.keys())
async def test_a_change_whose_answer_is_lost_may_have_been_done_and_is_not_sent_again(
    odd: OddServer, backend: HttpBackend, behaviour: Behaviour
) -> None:
    odd.will(behaviour)
    with pytest.raises(Unreachable) as caught:
        await backend.members.set_role(ACME, SOMEBODY, Role.MANAGER, version=3)
    assert caught.value.maybe_done
    assert len(odd.asked) == 1


async def test_a_server_that_is_not_there_has_done_nothing(odd: OddServer, backend: HttpBackend) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        address = parsed(f"http://127.0.0.1:{unused.getsockname()[1]}")
        with pytest.raises(Unreachable) as caught:
            await connect(address, "", Program.APP)
    assert not caught.value.maybe_done


async def test_a_certificate_of_nobody_known_gets_no_credential(tmp_path: Path) -> None:
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(self_signed(tmp_path))
    async with odd_server(tls) as odd:
        with pytest.raises(Unreachable, match="certificate"):
            await connect(parsed(f"https://127.0.0.1:{odd.port}"), CREDENTIAL, Program.APP)
        assert odd.asked == []


async def test_every_call_ends_within_its_time_and_is_not_repeated_then(odd: OddServer) -> None:
    async with client_of(odd, seconds=0.3) as backend:
        odd.will(stalls)
        with pytest.raises(Unreachable, match="within") as caught:
            await backend.members.list(ACME, ListQuery(), Place())
        assert not caught.value.maybe_done
        assert len(odd.asked) == 1
        odd.will(stalls)
        with pytest.raises(Unreachable) as caught:
            await backend.workspaces.delete(ACME, version=3)
        assert caught.value.maybe_done


@pytest.mark.parametrize("breaks", [False, True])
async def test_in_this_process_too_a_call_ends_in_time_and_as_a_failure(*, breaks: bool) -> None:
    async def service(scope: object, receive: object, send: object) -> None:
        if breaks:
            raise RuntimeError("broken")
        await asyncio.Event().wait()

    client = httpx.AsyncClient(transport=httpx.ASGITransport(service, raise_app_exceptions=False))
    transport = Transport(client, "http://embedded", "The service", seconds=0.2)
    with pytest.raises(Unreachable) as caught:
        await transport.tell(post("/v1/workspaces"))
    assert caught.value.maybe_done
    await transport.close()


async def test_refusals_keep_code_sentence_fields_and_request_id(odd: OddServer, backend: HttpBackend) -> None:
    wrong = {"field": "name", "code": "name_invalid", "detail": "Too short."}
    odd.will(refuses(422, "name_invalid", errors=[wrong], request_id="r-1"))
    with pytest.raises(Refused) as caught:
        await backend.workspaces.create("")
    assert (caught.value.code, caught.value.exit_code, str(caught.value)) == (
        "name_invalid",
        1,
        "Because of name_invalid.",
    )
    assert [(error.field, error.code) for error in caught.value.errors] == [("name", "name_invalid")]
    assert caught.value.request_id == "r-1"


async def test_a_code_of_a_newer_server_survives_with_its_status(odd: OddServer, backend: HttpBackend) -> None:
    odd.will(refuses(403, "moon_in_the_wrong_phase"))
    with pytest.raises(Refused) as caught:
        await backend.workspaces.create("acme")
    assert (caught.value.code, caught.value.status, caught.value.exit_code) == ("moon_in_the_wrong_phase", 403, 4)


async def test_M5_a_conflict_has_the_object_as_it_is_now(odd: OddServer, backend: HttpBackend) -> None:
    odd.will(refuses(412, "version_conflict", current=WORKSPACE))
    with pytest.raises(Conflict) as caught:
        await backend.workspaces.rename(ACME, "emca", version=2)
    assert isinstance(caught.value.now, Workspace)
    assert caught.value.now.version == 3
    assert caught.value.exit_code == 6


@pytest.mark.parametrize("current", [None, {"id": 7}, "acme"])
async def test_M5_a_conflict_whose_object_cannot_be_read_is_still_one(
    odd: OddServer, backend: HttpBackend, current: object
) -> None:
    odd.will(refuses(412, "version_conflict", current=current))
    with pytest.raises(Conflict) as caught:
        await backend.workspaces.rename(ACME, "emca", version=2)
    assert caught.value.now is None


async def test_a_credential_that_is_refused_says_so(odd: OddServer, backend: HttpBackend) -> None:
    odd.will(refuses(401, "unauthenticated"))
    with pytest.raises(Unauthenticated) as caught:
        await backend.account.me()
    assert caught.value.exit_code == 3


async def test_what_breaks_inside_the_server_is_neither_a_refusal_nor_away(
    odd: OddServer, backend: HttpBackend
) -> None:
    odd.will(refuses(500, "internal", request_id="r-2"))
    with pytest.raises(Failure) as caught:
        await backend.account.me()
    assert not isinstance(caught.value, Refused | Unreachable)
    assert (caught.value.code, caught.value.request_id) == ("internal", "r-2")


async def test_what_is_not_offered_is_never_sent(odd: OddServer) -> None:
    lacking = ABOUT | {"capabilities": ["members.list"], "unavailable": {"members.remove": "Not here."}}
    async with client_of(odd, about=lacking) as backend:
        odd.will()
        with pytest.raises(NotOffered, match="Not here"):
            await backend.members.remove(ACME, SOMEBODY, None)
        with pytest.raises(NotOffered):
            await backend.workspaces.create("acme")
        assert odd.asked == []


async def test_a_server_of_another_generation_is_told_apart(odd: OddServer) -> None:
    with pytest.raises(Failure, match="Update") as caught:
        async with client_of(odd, about=ABOUT | {"api": 2}):
            pass
    assert caught.value.code == "api_unknown"


@pytest.mark.parametrize("odd_id", ["", ".", ".."])
async def test_an_id_leads_to_no_other_place(odd: OddServer, backend: HttpBackend, odd_id: str) -> None:
    odd.will()
    with pytest.raises(Refused):
        await backend.members.remove(ACME, odd_id, None)
    assert odd.asked == []


async def test_an_id_is_one_part_of_the_path(odd: OddServer, backend: HttpBackend) -> None:
    odd.will(answers(200, WORKSPACE))
    await backend.workspaces.get("../me?x=1#y%2f\x00\r\nX: y")
    assert odd.asked[0].target == "/v1/workspaces/..%2Fme%3Fx%3D1%23y%252f%00%0D%0AX%3A%20y"


async def test_broken_characters_are_refused_before_they_are_sent(odd: OddServer, backend: HttpBackend) -> None:
    odd.will()
    with pytest.raises(Refused):
        await backend.workspaces.create("\udc80")
    with pytest.raises(Refused):
        await backend.workspaces.get("\udc80")
    with pytest.raises(Refused):
        await backend.members.list(ACME, ListQuery(q="\udc80"), Place())
    assert odd.asked == []
