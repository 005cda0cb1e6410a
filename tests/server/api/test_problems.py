"""How a refusal looks, whatever refused it."""

from pathlib import Path
from typing import Any

import pytest

from tests.server.driver import JSON, House, opened
from tui.domain.servers import Mode
from tui.server.services import accounts, workspaces
from tui.server.settings import Settings
from tui.server.storage.engine import Store

MIB = 1024 * 1024


@pytest.mark.parametrize(
    ("sent", "status", "code"),
    [
        (("GET", "/nothing", {}, None), 404, "not_found"),
        (("PUT", "/workspaces", {}, None), 405, "method_not_allowed"),
        (("POST", "/workspaces", {"Content-Type": "text/plain"}, b'{"name": "acme"}'), 415, "media_type"),
        (("POST", "/workspaces", JSON, b"x" * (MIB + 1)), 413, "too_large"),
        (("POST", "/workspaces/x/leave", {"Idempotency-Key": "k"}, b"x" * (MIB + 1)), 413, "too_large"),
        (("POST", "/workspaces", JSON, b'{"name": '), 422, "input_invalid"),
        (("POST", "/workspaces", JSON, b""), 422, "input_invalid"),
    ],
)
async def test_what_no_route_takes_is_a_problem_document(
    house: House, sent: tuple[str, str, dict[str, str], bytes | None], status: int, code: str
) -> None:
    grace = await house.sign_up("grace")
    method, path, headers, content = sent

    answer = await grace.sends(method, path, headers=headers, content=content)

    assert (answer.status, answer.code) == (status, code)
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.body["status"] == status
    assert answer.body["type"] == "about:blank"
    assert answer.body["title"]
    assert answer.body["detail"].endswith(".")
    assert answer.body["request_id"] == answer.headers["X-Request-Id"]
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/schema/other", "/schema/openapi.json", "/schema/other.yaml", "/schema/a/b"])
async def test_nothing_is_below_the_schema(house: House, path: str) -> None:
    answer = await house.calls.get(path)

    assert answer.headers["Content-Type"] == "application/problem+json"
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


async def test_a_full_disk_is_refused_and_nothing_is_lost(tmp_path: Path) -> None:
    store = Store.open(f"sqlite:///{tmp_path / 'small.db'}")
    async with opened(store, Settings(mode=Mode.SERVED, open_sign_up=True)) as house:
        grace = await house.sign_up("grace")
        with store.writing() as connection:
            connection.exec_driver_sql("PRAGMA max_page_count = 1")
        made: list[str] = []
        while (answer := await grace.post("/workspaces", {"name": f"acme-{len(made)}"})).status < 300:
            made.append(answer.body["name"])

        assert (answer.status, answer.code) == (503, "unavailable")
        assert answer.headers["Retry-After"]
        there = (await grace.get("/workspaces", kind="shared", limit="200")).done()
        assert sorted(item["name"] for item in there["items"]) == sorted(made)
    store.close()


async def test_a_body_without_a_length_is_measured_as_it_comes(house: House) -> None:
    grace = await house.sign_up("grace")

    async def chunks() -> Any:
        for _ in range(3):
            yield b"x" * (MIB // 2)

    answer = await grace.sends("POST", "/workspaces", headers=JSON, content=chunks())

    assert (answer.status, answer.code) == (413, "too_large")


async def test_a_method_that_is_not_taken_names_those_that_are(house: House) -> None:
    answer = await house.stranger.sends("PUT", "/workspaces")

    assert answer.headers["Allow"] == "GET, OPTIONS, POST"


async def test_what_goes_wrong_inside_shows_its_request_id_and_nothing_else(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("se-cret internals")

    monkeypatch.setattr(workspaces, "list", broken)
    grace = await house.sign_up("grace")

    answer = await grace.get("/workspaces")

    assert (answer.status, answer.code) == (500, "internal")
    assert b"internals" not in answer.content
    assert answer.body.keys() == {"type", "title", "status", "detail", "code", "request_id"}


async def test_each_credential_has_its_own_rate(store: Store) -> None:
    code = accounts.set_up_code(store)
    assert code
    async with opened(store, Settings(calls_a_minute=5)) as house:
        grace = await house.sign_up("grace", setup_code=code)
        answers = [await grace.get("/me") for _ in range(6)]

        assert [answer.status for answer in answers[:5]] == [200] * 5
        assert (answers[5].status, answers[5].code) == (429, "rate_limited")
        assert 1 <= int(answers[5].headers["Retry-After"]) <= 61
        assert (await house.stranger.get("/server")).status == 200


async def test_the_doors_outside_the_prefix(house: House) -> None:
    for path, said in {"/healthz": "ok", "/readyz": "ok", "/i": "workspaces invites accept -"}.items():
        answer = await house.calls.get(path)
        assert answer.status_code == 200
        assert said in answer.text
        assert answer.headers["Cache-Control"] == "no-store"


async def test_a_server_says_what_it_is(house: House) -> None:
    about = (await house.stranger.get("/server")).done()

    assert about["api"] == 1
    assert about["mode"] == "served"
    assert about["open_sign_up"] is True
    assert {"workspaces.create", "members.set_role", "members.list", "paging", "versions", "watch"} <= set(
        about["capabilities"]
    )
