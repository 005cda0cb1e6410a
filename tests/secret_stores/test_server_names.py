"""T6: two addresses of one origin have one name, and no two origins share one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.domain.errors import Refused
from tui.secret_stores.store import ServerName

SAME = {
    "Workspaces ws.example.com": [
        "https://ws.example.com",
        "https://WS.Example.COM/",
        "https://ws.example.com:443/v1?a=b#c",
        "https://somebody@ws.example.com",
    ],
    "Workspaces ws.example.com:8443": ["https://ws.example.com:8443"],
    "Workspaces ws.example.com:80": ["https://ws.example.com:80"],
    "Workspaces http://ws.example.com:80": ["http://ws.example.com", "http://ws.example.com:80/"],
    "Workspaces http://ws.example.com:8443": ["http://ws.example.com:8443"],
    "Workspaces 127.0.0.1:8000": ["http://127.0.0.1:8000", "http://127.0.0.1:8000/"],
    "Workspaces localhost:8000": ["http://localhost:8000"],
    "Workspaces [::1]:8000": ["http://[::1]:8000"],
}


@pytest.mark.parametrize(("service", "url"), [(service, url) for service, urls in SAME.items() for url in urls])
def test_T6_an_origin_has_one_name(service: str, url: str) -> None:
    assert ServerName.of(url).service == service


@pytest.mark.parametrize(
    "url",
    [
        "",
        "ws.example.com",
        "workspaces:embedded",
        "ftp://ws.example.com",
        "https://",
        "https://:443",
        "https://ws.example.com:99999",
        "https://ws.example.com:a",
        "https://ws\0.example.com",
        "https://ws example.com",
        "https://[::1",
        "https://embedded 0a1b2c",
        "https://wś.example.com",
    ],
)
def test_T6_what_is_no_server_has_no_name(url: str) -> None:
    with pytest.raises(Refused):
        ServerName.of(url)


HOSTS = st.sampled_from(["a", "a.b", "127.0.0.1", "localhost", "1.2.3.4"])


@given(*[st.tuples(st.sampled_from(["http", "https"]), HOSTS, st.integers(1, 65535)) for _ in range(2)])
def test_T6_two_remote_origins_never_share_a_name(one: tuple[str, str, int], other: tuple[str, str, int]) -> None:
    names = [ServerName.of("{}://{}:{}".format(*origin)) for origin in (one, other)]
    loopback = {one[1], other[1]} & {"127.0.0.1", "localhost"}
    assert (names[0] == names[1]) == (one == other or bool(loopback and one[1:] == other[1:] and one[2] != 443))


@pytest.mark.parametrize("installation", ["", "a b", "a" * 65, "é", "a\n"])
def test_T6_what_is_no_installation_has_no_name(installation: str) -> None:
    with pytest.raises(Refused):
        ServerName.embedded(installation)
