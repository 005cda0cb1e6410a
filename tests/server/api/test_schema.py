"""The OpenAPI document says what the service does, and the service does what it says."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.server.driver import DEVICE, House
from tui.domain.servers import Mode
from tui.server.app import create_app
from tui.server.settings import Settings
from tui.server.storage.engine import Store

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
BOUNDED = settings(
    max_examples=8, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck)
)
"""The same few examples at each run."""


async def test_the_document_has_problems_and_headers(house: House) -> None:
    told = (await house.calls.get("/schema")).json()
    patch = told["paths"]["/v1/workspaces/{w}/members/{u}"]["patch"]
    listed = {p["name"]: p["schema"] for p in told["paths"]["/v1/workspaces/{w}/members"]["get"]["parameters"]}

    assert told["openapi"] == "3.1.0"
    assert {"200", "401", "403", "404", "409", "412", "413", "415", "422", "428", "429"} <= patch["responses"].keys()
    assert "400" not in patch["responses"]
    assert list(patch["responses"]["409"]["content"]) == ["application/problem+json"]
    assert "last_owner" in patch["responses"]["409"]["description"]
    assert "ETag" in patch["responses"]["200"]["headers"]
    assert "If-Match" in {parameter["name"] for parameter in patch["parameters"]}
    assert "Idempotency-Key" in {p["name"] for p in told["paths"]["/v1/workspaces"]["post"]["parameters"]}
    assert {"q", "is", "role", "status", "sort", "limit", "cursor", "at", "from"} <= listed.keys()
    assert "-last_active_at" in listed["sort"]["enum"]
    assert told["components"]["schemas"]["MemberPatch"]["additionalProperties"] is False


@pytest.mark.parametrize("mode", GenerationMode)
def test_whatever_is_sent_is_answered_as_the_document_says(store: Store, mode: GenerationMode) -> None:
    app = create_app(store, Settings(mode=Mode.SERVED, open_sign_up=True))
    with asyncio.Runner() as runner:
        calls = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://house")

        def ask(method: str, url: str, **more: Any) -> httpx.Response:
            return runner.run(calls.request(method, url, **more))

        own = welcomed(ask)
        for operation in schemathesis.openapi.from_dict(ask("GET", "/schema").json()).get_all_operations():
            assert isinstance(operation, Ok)
            with suppress(Unsatisfiable):  # what takes nothing cannot be asked wrongly
                explore(operation.ok().as_strategy(generation_mode=mode), ask, own)
        runner.run(calls.aclose())


def explore(cases: Any, ask: Callable[..., httpx.Response], own: dict[str, str]) -> None:
    """Sends what can be made of an operation, half of it to what is there, by somebody who may."""

    @settings(BOUNDED)
    @given(cases)
    def example(case: Case[Any]) -> None:
        if case.path_parameters and len(repr(case.query)) % 2:
            case.path_parameters = case.path_parameters | {name: own[name] for name in "wut"}
        sent = case.as_transport_kwargs(base_url="http://house")
        ends_the_account = (case.method, case.path) == ("DELETE", "/v1/me")
        headers = {**sent["headers"], "Authorization": "" if ends_the_account else own["credential"]}
        body = {"content": sent["data"]} if sent.get("data") else {"json": sent["json"]} if "json" in sent else {}
        answer = ask(sent["method"], sent["url"], params=sent.get("params"), headers=headers, **body)
        case.validate_response(answer, checks=CHECKS)

    example()


def welcomed(ask: Callable[..., httpx.Response]) -> dict[str, str]:
    """A person who is signed in, and the ids of a workspace, a member and a token that they may change."""
    welcome = ask("POST", "/v1/users", json={"username": "grace", "device": DEVICE}).json()
    credential = f"Bearer {welcome['session']['id']}.{welcome['secret']}"
    signed = {"Authorization": credential}
    acme = ask("POST", "/v1/workspaces", json={"name": "acme"}, headers=signed).json()
    asked = {"name": "ci", "expires_in": None}
    made = ask("POST", f"/v1/workspaces/{acme['id']}/tokens", json=asked, headers=signed).json()
    return {"credential": credential, "w": acme["id"], "u": welcome["user"]["id"], "t": made["token"]["id"]}
