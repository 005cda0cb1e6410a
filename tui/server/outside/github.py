"""GitHub over its own HTTP: its device flow (RFC 8628), and what a person's own token may read (S4, W4, W5).

People and organizations are known by GitHub's numeric ids, as text; logins are what they are called today.
"""

import logging
import threading
import time
from collections.abc import Iterator
from ipaddress import ip_address
from typing import Annotated, NamedTuple, TypeVar

import httpx
import msgspec

from tui.domain.errors import Failure, Refused
from tui.server.outside.sealing import Seal

HOME = "https://github.com"
API = "https://api.github.com"
SCOPE = "read:org"
TIMEOUT = 10
"""Seconds that GitHub has for each part of an answer."""
AT_ONCE = 16
"""Calls that may wait for GitHub at once: fewer than the service answers, so that others do not wait with them."""
TURN = 1
"""Seconds that one more waits for its turn."""
REMEMBERED = 600
"""Seconds that an answer about memberships is good for showing what may be joined (W5)."""
PAGES = 20
"""Pages of organizations that are read at most, of 100 each."""
RETRY_AFTER = 30
"""Seconds after which GitHub is worth asking again, where it does not say so itself."""
SLOWER = 5
"""Seconds that RFC 8628 adds to the interval of one who polls too often."""

log = logging.getLogger("workspaces.server.github")

T = TypeVar("T")


_Text = Annotated[str, msgspec.Meta(min_length=1, max_length=500)]
_Seconds = Annotated[int, msgspec.Meta(ge=0, le=86_400)]


class GithubApp(NamedTuple):
    """How the service is known to GitHub: the id of an OAuth app, GitHub's address, the key that seals tokens."""

    client_id: str
    url: str
    key: bytes


class DeviceCode(msgspec.Struct, frozen=True):
    """A sign-in that a person approves at GitHub. Times are in seconds."""

    device_code: _Text
    user_code: _Text
    verification_uri: _Text
    expires_in: _Seconds
    interval: _Seconds = 5


class Granted(NamedTuple):
    """The token that GitHub gave, with which it answers for the person who approved."""

    token: str


class Waiting(NamedTuple):
    """Nobody has approved yet; ask again in `interval` seconds."""

    interval: int


class GithubUser(NamedTuple):
    id: str
    login: str


class Organization(NamedTuple):
    id: str
    login: str


class Memberships(NamedTuple):
    """The organizations of which somebody is an active member."""

    organizations: tuple[Organization, ...]

    def of(self, org_id: str) -> Organization | None:
        """The organization with this id, as it is called today; None for one who is no active member of it."""
        return next((org for org in self.organizations if org.id == org_id), None)


class _Named(msgspec.Struct):
    id: int
    login: _Text


class _Membership(msgspec.Struct):
    state: str
    organization: _Named


class _TokenAnswer(msgspec.Struct):
    access_token: str = ""
    error: str = ""
    interval: _Seconds = 0


class Github:
    """GitHub, as one OAuth app speaks to it. Every method may be called from any thread.

    Its address is github.com's, or that of a GitHub Enterprise Server, whose interface is at
    `<url>/api/v3`. All methods raise `Refused("github_unavailable")` where GitHub is away, too
    slow, too busy, or makes no sense.
    """

    def __init__(self, app: GithubApp, transport: httpx.BaseTransport | None = None) -> None:
        """`transport` is the way there, if not the network. Raises `Failure("github_address_invalid")`."""
        self.app = app
        self.seal = Seal(app.key)
        self._client_id = app.client_id
        self._home = _checked(app.url)
        self._api = API if self._home == HOME else f"{self._home}/api/v3"
        self._http = httpx.Client(
            timeout=httpx.Timeout(TIMEOUT, pool=TURN),
            limits=httpx.Limits(max_connections=AT_ONCE),
            headers={"Accept": "application/json", "User-Agent": "workspaces"},
            trust_env=not _is_here(self._home),
            transport=transport,
        )
        self._lock = threading.Lock()
        self._remembered: dict[str, tuple[float, Memberships]] = {}

    def close(self) -> None:
        """Ends the connections; nothing may be called afterwards."""
        self._http.close()

    def begin(self) -> DeviceCode:
        """A code for a person to enter at GitHub."""
        answer = self._send("POST", f"{self._home}/login/device/code", data={"scope": SCOPE})
        return _decoded(answer, DeviceCode)

    def poll(self, device_code: str, interval: int) -> Granted | Waiting:
        """What came of a code that is asked about every `interval` seconds.

        Raises `Refused("sign_in_denied")`, `Refused("sign_in_expired")`.
        """
        grant = "urn:ietf:params:oauth:grant-type:device_code"
        form = {"device_code": device_code, "grant_type": grant}
        answer = _decoded(self._send("POST", f"{self._home}/login/oauth/access_token", data=form), _TokenAnswer)
        if answer.access_token:
            return Granted(answer.access_token)
        match answer.error:
            case "authorization_pending":
                return Waiting(interval)
            case "slow_down":
                return Waiting(max(answer.interval, interval + SLOWER))
            case "access_denied":
                raise Refused("sign_in_denied")
            case "expired_token" | "incorrect_device_code":
                raise Refused("sign_in_expired")
        raise _unavailable(f"the device flow ended with {answer.error[:100]!r}")

    def user(self, token: str) -> GithubUser:
        """Whose token it is. Raises `Refused("github_unlinked")` where GitHub no longer takes it."""
        found = _decoded(self._send("GET", f"{self._api}/user", token=token), _Named)
        return GithubUser(str(found.id), found.login)

    def memberships(self, token: str) -> Memberships:
        """The organizations of the token's person at this moment (W4, W5). Raises `Refused("github_unlinked")`."""
        found = [
            Organization(str(each.organization.id), each.organization.login)
            for page in self._pages(f"{self._api}/user/memberships/orgs?state=active&per_page=100", token)
            for each in page
            if each.state == "active"
        ]
        said = Memberships(tuple(found))
        present = time.time()
        with self._lock:
            kept = {whose: known for whose, known in self._remembered.items() if present - known[0] < REMEMBERED}
            self._remembered = {**kept, token: (present, said)}
        return said

    def recent_memberships(self, token: str) -> Memberships:
        """As `memberships`, but what GitHub said in the last ten minutes will do (W5)."""
        with self._lock:
            at, said = self._remembered.get(token, (0.0, None))
        if said is not None and time.time() - at < REMEMBERED:
            return said
        return self.memberships(token)

    def _pages(self, url: str, token: str) -> Iterator[list[_Membership]]:
        for _ in range(PAGES):
            answer = self._send("GET", url, token=token)
            yield _decoded(answer, list[_Membership])
            url = answer.links.get("next", {}).get("url", "")
            if not url:
                return
            if not url.startswith(f"{self._api}/"):
                raise _unavailable("the next page is elsewhere")  # The token is for GitHub alone.

    def _send(self, method: str, url: str, *, token: str = "", data: dict[str, str] | None = None) -> httpx.Response:
        form = {"client_id": self._client_id, **data} if data else None
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        try:
            answer = self._http.request(method, url, data=form, headers=headers)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise _unavailable(type(error).__name__) from error
        if token and answer.status_code == httpx.codes.UNAUTHORIZED:
            raise Refused("github_unlinked")
        # RFC 8628 answers 400 while nobody has approved; GitHub itself says 200.
        if not answer.is_success and not (form and answer.status_code == httpx.codes.BAD_REQUEST):
            raise _unavailable(f"status {answer.status_code}", _seconds(answer.headers.get("Retry-After", "")))
        return answer


def _checked(url: str) -> str:
    """The address without a slash at its end. Raises `Failure("github_address_invalid")`."""
    home = url.strip().rstrip("/")
    try:
        parts = httpx.URL(home)
    except httpx.InvalidURL:
        parts = httpx.URL()
    secure = parts.scheme == "https" or (parts.scheme == "http" and _is_here(home))
    if not secure or not parts.host or parts.userinfo or parts.query or parts.fragment:
        raise Failure("github_address_invalid", "The address of GitHub looks like https://github.example.org.")
    return home


def _is_here(url: str) -> bool:
    host = httpx.URL(url).host
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _decoded(answer: httpx.Response, kind: type[T]) -> T:
    try:
        return msgspec.json.decode(answer.content, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise _unavailable("an answer that makes no sense") from error


def _seconds(said: str) -> int:
    return int(said) if said.isascii() and said.isdigit() and len(said) < len("1000000") else RETRY_AFTER


def _unavailable(why: str, retry_after: int = RETRY_AFTER) -> Refused:
    log.warning("GitHub: %s", why)
    return Refused("github_unavailable", retry_after=retry_after)
