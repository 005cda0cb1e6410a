"""GitHub on loopback: it speaks GitHub's own HTTP, and its people do what a test says."""

import itertools
import json
import threading
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

CLIENT_ID = "Iv1.workspaces"
PENDING = {"error": "authorization_pending", "error_description": "The authorization request is still pending."}


@dataclass
class Code:
    """A device code, and what a person did with it at GitHub: an OAuth error, or a token."""

    device_code: str
    user_code: str
    answer: dict[str, Any] = field(default_factory=lambda: PENDING)


@dataclass
class GithubStandIn:
    """People and organizations by numeric id; `trouble` is what is wrong with GitHub at present.

    Troubles: `away` (hangs up), `hang` (says nothing until `released`, then hangs up), `slow` (answers once
    `released`), `nonsense`, or a status such as `500`.
    `trouble_at` limits it to paths that begin so.
    """

    url: str = ""
    people: dict[int, str] = field(default_factory=dict)
    organizations: dict[int, str] = field(default_factory=dict)
    memberships: dict[int, dict[int, str]] = field(default_factory=dict)
    tokens: dict[str, int] = field(default_factory=dict)
    codes: list[Code] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    trouble: str = ""
    trouble_at: str = "/"
    next_page: str = ""
    interval: int = 5
    released: threading.Event = field(default_factory=threading.Event)
    _ids: "itertools.count[int]" = field(default_factory=lambda: itertools.count(583231))

    def person(self, login: str) -> int:
        """A new person's id."""
        number = next(self._ids)
        self.people[number] = login
        return number

    def organization(self, login: str, *members: int, state: str = "active") -> str:
        """A new organization's id, as the service writes it."""
        number = next(self._ids)
        self.organizations[number] = login
        for member in members:
            self.memberships.setdefault(member, {})[number] = state
        return str(number)

    def leaves(self, person: int, organization: str) -> None:
        del self.memberships[person][int(organization)]

    def approves(self, person: int, user_code: str) -> str:
        """The person enters a code and lets the app in: the token that the app will get."""
        token = f"gho_{next(self._ids)}"
        self.tokens[token] = person
        self._code(user_code).answer = {"access_token": token, "token_type": "bearer", "scope": "read:org"}
        return token

    def answers(self, user_code: str, error: str, **more: object) -> None:
        """What the app hears about a code from now on: `access_denied`, `expired_token`, `slow_down` …"""
        self._code(user_code).answer = {"error": error, **more}

    def revokes(self, person: int) -> None:
        """The person takes the app's permission back."""
        self.tokens = {token: whose for token, whose in self.tokens.items() if whose != person}

    def _code(self, user_code: str) -> Code:
        return next(code for code in self.codes if code.user_code == user_code)

    def device_code(self, form: dict[str, str]) -> dict[str, Any]:
        if form.get("client_id") != CLIENT_ID or form.get("scope") != "read:org":
            return {"error": "incorrect_client_credentials"}
        number = next(self._ids)
        code = Code(f"device-{number}", f"WDJB-{chr(65 + number % 26)}{chr(65 + number // 26 % 26)}HT")
        self.codes.append(code)
        return {
            "device_code": code.device_code,
            "user_code": code.user_code,
            "verification_uri": f"{self.url}/login/device",
            "expires_in": 899,
            "interval": self.interval,
        }

    def access_token(self, form: dict[str, str]) -> dict[str, Any]:
        for code in self.codes:
            if code.device_code == form.get("device_code") and form.get("client_id") == CLIENT_ID:
                answer = code.answer
                if "access_token" in answer:
                    self.codes.remove(code)
                return answer
        return {"error": "incorrect_device_code"}

    def user(self, person: int) -> dict[str, Any]:
        return {"id": person, "login": self.people[person], "type": "User"}

    def page(self, person: int, query: dict[str, str]) -> tuple[list[dict[str, Any]], str]:
        """One page of a person's memberships, and the query of the next one."""
        wanted = query.get("state")
        found = [
            {
                "state": state,
                "role": "member",
                "organization": {"id": number, "login": self.organizations[number]},
                "user": self.user(person),
            }
            for number, state in sorted(self.memberships.get(person, {}).items())
            if wanted in {None, state}
        ]
        size, number = int(query.get("per_page", 30)), int(query.get("page", 1))
        more = f"state={wanted}&per_page={size}&page={number + 1}" if len(found) > size * number else ""
        return found[size * (number - 1) : size * number], more


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    github: GithubStandIn

    def do_POST(self) -> None:
        form = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self._answer({name: values[0] for name, values in parse_qs(form).items()})

    def do_GET(self) -> None:
        self._answer({})

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""

    def _answer(self, form: dict[str, str]) -> None:
        github, path = self.github, urlsplit(self.path).path
        github.asked.append(path)
        trouble = github.trouble if path.startswith(github.trouble_at) else ""
        if trouble == "slow":
            github.released.wait()
        elif trouble:
            self._trouble(trouble)
            return
        if path == "/login/device/code":
            self._send(200, github.device_code(form))
        elif path == "/login/oauth/access_token":
            self._send(200, github.access_token(form))
        elif (person := github.tokens.get(self.headers.get("Authorization", "").removeprefix("Bearer "))) is None:
            self._send(401, {"message": "Bad credentials"})
        elif path == "/api/v3/user":
            self._send(200, github.user(person))
        elif path == "/api/v3/user/memberships/orgs":
            self._memberships(person)
        else:
            self._send(404, {"message": "Not Found"})

    def _memberships(self, person: int) -> None:
        query = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
        found, more = self.github.page(person, query)
        url = self.github.next_page or f"{self.github.url}/api/v3/user/memberships/orgs?{more}"
        self._send(200, found, **({"Link": f'<{url}>; rel="next"'} if more else {}))

    def _trouble(self, trouble: str) -> None:
        if trouble == "away":
            self.close_connection = True
        elif trouble == "hang":
            self.github.released.wait()
            self.close_connection = True
        elif trouble == "nonsense":
            self._send(200, "<html>unicorn</html>")
        elif trouble == "429":
            self._send(429, {"message": "rate limited"}, **{"Retry-After": "17"})
        else:
            self._send(int(trouble), {"message": "trouble"})

    def _send(self, status: int, body: object, **headers: str) -> None:
        content = json.dumps(body).encode()
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", "Content-Length": str(len(content)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)


@contextmanager
def github_stand_in() -> Generator[GithubStandIn]:
    """GitHub, for as long as a block lasts."""
    github = GithubStandIn()
    handler = type("Handler", (_Handler,), {"github": github})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    github.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield github
    finally:
        github.released.set()
        server.shutdown()
        thread.join()
        server.server_close()
