"""What is sent, to whom, and how often."""

import asyncio
from urllib.parse import parse_qsl

import pytest

from tests.backend.odd_server import (
    CREDENTIAL,
    WORKSPACE,
    Behaviour,
    OddServer,
    answers,
    client_of,
    closes,
    odd_server,
    refuses,
    stalls,
)
from tui.backend.http.client import HttpBackend
from tui.domain.errors import Refused, Unreachable
from tui.domain.queries import ListQuery, Place
from tui.domain.roles import Role

ACME = "ac-00000000000000000000"
SOMEBODY = "us-00000000000000000000"
EMPTY_PAGE: dict[str, object] = {
    "items": [],
    "next": None,
    "prev": None,
    "position": 0,
    "total": 0,
    "total_is": "exact",
}


async def test_A1_each_call_says_which_program_sent_it(odd: OddServer, backend: HttpBackend) -> None:
    assert odd.asked[0].headers["user-agent"].startswith("workspaces-cli/")
    assert odd.asked[0].headers["authorization"] == f"Bearer {CREDENTIAL}"


async def test_a_list_is_asked_for_as_the_interface_has_it(odd: OddServer, backend: HttpBackend) -> None:
    odd.will(answers(200, EMPTY_PAGE), answers(200, EMPTY_PAGE), answers(200, EMPTY_PAGE))
    query = ListQuery(sort="email", descending=True, q="jo corp", filters={"role": ("owner", "user"), "status": ()})
    await backend.members.list(ACME, query, Place(limit=100, at=0))
    await backend.members.list(ACME, ListQuery(), Place(cursor="c/1"))
    await backend.members.list(ACME, ListQuery(), Place(from_end=True))
    path, questions = zip(*(asked.target.split("?") for asked in odd.asked), strict=True)
    assert set(path) == {f"/v1/workspaces/{ACME}/members"}
    assert [dict(parse_qsl(question)) for question in questions] == [
        {"q": "jo corp", "sort": "-email", "role": "owner,user", "limit": "100", "at": "0"},
        {"limit": "50", "cursor": "c/1"},
        {"limit": "50", "from": "end"},
    ]


@pytest.mark.parametrize(("version", "header"), [(3, '"3"'), (None, "*")])
async def test_M5_a_change_names_the_version_that_was_seen(
    odd: OddServer, backend: HttpBackend, version: int | None, header: str
) -> None:
    odd.will(answers(200, WORKSPACE), answers(204, b""))
    await backend.workspaces.rename(ACME, "emca", version)
    await backend.workspaces.delete(ACME, version)
    assert [asked.headers["if-match"] for asked in odd.asked] == [header, header]


async def test_A2_watching_costs_nothing_while_nothing_changes(odd: OddServer, backend: HttpBackend) -> None:
    odd.will(answers(200, {"revision": 7}), answers(304, b""), answers(200, {"revision": 8}))
    assert await backend.workspaces.revision(ACME) == 7
    assert await backend.workspaces.revision(ACME, 7) == 7
    assert await backend.workspaces.revision(ACME, 7) == 8
    assert [asked.headers.get("if-none-match") for asked in odd.asked] == [None, '"r7"', '"r7"']


async def test_the_credential_never_follows_a_redirect(odd: OddServer, backend: HttpBackend) -> None:
    async with odd_server() as other:
        odd.will(answers(307, b"", Location=f"{other.address}/v1/me"))
        with pytest.raises(Unreachable, match="sends callers on"):
            await backend.account.me()
        assert other.asked == []


async def test_calls_to_this_computer_go_through_no_proxy(odd: OddServer, monkeypatch: pytest.MonkeyPatch) -> None:
    async with odd_server() as proxy:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, proxy.address)
        async with client_of(odd):
            assert len(odd.asked) == 1
        assert proxy.asked == []


GATEWAY = answers(502, b"<html>", kind="text/html")


@pytest.mark.parametrize("behaviour", [closes, GATEWAY, refuses(503, "unavailable", retry_after=0)])
async def test_a_read_is_repeated_until_it_succeeds(odd: OddServer, backend: HttpBackend, behaviour: Behaviour) -> None:
    odd.will(behaviour, behaviour, answers(200, WORKSPACE))
    assert (await backend.workspaces.get(ACME)).name == "acme"
    odd.will(behaviour, behaviour, behaviour, answers(200, WORKSPACE))
    with pytest.raises(Unreachable):
        await backend.workspaces.get(ACME)
    assert len(odd.asked) == 3


async def test_a_post_is_repeated_once_with_its_key_and_another_post_has_another(
    odd: OddServer, backend: HttpBackend
) -> None:
    odd.will(closes, answers(201, WORKSPACE), answers(201, WORKSPACE))
    await backend.workspaces.create("acme")
    await backend.workspaces.create("acme")
    first, again, other = (asked.headers["idempotency-key"] for asked in odd.asked)
    assert first == again != other
    assert odd.asked[0].body == odd.asked[1].body == b'{"name":"acme"}'
    odd.will(closes, GATEWAY, answers(201, WORKSPACE))
    with pytest.raises(Unreachable) as caught:
        await backend.workspaces.create("acme")
    assert caught.value.maybe_done
    assert len(odd.asked) == 2


async def test_a_change_that_is_refused_for_now_is_left_to_the_person(odd: OddServer, backend: HttpBackend) -> None:
    odd.will(refuses(503, "unavailable", retry_after=0), answers(201, WORKSPACE))
    with pytest.raises(Unreachable) as caught:
        await backend.workspaces.create("acme")
    assert caught.value.code == "unavailable"
    assert not caught.value.maybe_done
    assert len(odd.asked) == 1


async def test_a_read_waits_as_long_as_the_server_asks_but_not_for_ever(odd: OddServer, backend: HttpBackend) -> None:
    begun = asyncio.get_running_loop().time()
    odd.will(refuses(429, "rate_limited", retry_after=1), answers(200, WORKSPACE))
    await backend.workspaces.get(ACME)
    assert asyncio.get_running_loop().time() - begun >= 1
    odd.will(answers(429, b"slow down", kind="text/plain", Retry_After="3600"))
    with pytest.raises(Unreachable) as away:
        await backend.workspaces.get(ACME)
    assert away.value.retry_after == 3600
    odd.will(refuses(429, "rate_limited", retry_after=60))
    with pytest.raises(Refused) as refused:
        await backend.workspaces.get(ACME)
    assert refused.value.retry_after == 60
    assert len(odd.asked) == 1


async def test_a_read_that_is_cancelled_ends_at_once_and_leaves_the_client_usable(
    odd: OddServer, backend: HttpBackend
) -> None:
    odd.will(stalls, answers(200, WORKSPACE))
    reading = asyncio.create_task(backend.workspaces.get(ACME))
    await odd.arrived.wait()
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading
    assert (await backend.workspaces.get(ACME)).name == "acme"
    assert len(odd.asked) == 2


async def test_M8_nobody_hands_over_and_stays_owner(odd: OddServer, backend: HttpBackend) -> None:
    odd.will()
    with pytest.raises(Refused):
        await backend.members.hand_over(ACME, SOMEBODY, None, Role.OWNER)
    assert odd.asked == []
