"""A made-up GitHub for the demo: one person, two organizations, and whoever shows a code is let in."""

import httpx

from tui.server import seed
from tui.server.outside.github import Github, GithubApp
from tui.server.outside.sealing import Seal

_ADDRESS = "http://localhost"
_PERSON = {"id": int(seed.GITHUB_ID), "login": seed.GITHUB_LOGIN}


def made_up_github() -> Github:
    """It answers in this process: nothing of the demo goes over a network."""
    app = GithubApp("demo", _ADDRESS, Seal.new_key())
    return Github(app, httpx.MockTransport(_answer))


def _answer(request: httpx.Request) -> httpx.Response:
    match request.url.path:
        case "/login/device/code":
            code = {"device_code": "demo", "user_code": "DEMO-CODE", "expires_in": 600, "interval": 1}
            return httpx.Response(200, json={**code, "verification_uri": "https://github.com/login/device"})
        case "/login/oauth/access_token":
            return httpx.Response(200, json={"access_token": "demo"})
        case "/api/v3/user":
            return httpx.Response(200, json=_PERSON)
    organizations = [{"id": int(org.id), "login": org.login} for org in seed.ORGANIZATIONS]
    return httpx.Response(200, json=[{"state": "active", "organization": org} for org in organizations])
