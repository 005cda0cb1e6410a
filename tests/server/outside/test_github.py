"""The service speaks to GitHub as GitHub's own documentation says, and survives what GitHub may do (S4, W4, W5)."""

from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import closing

import pytest
import time_machine

from tests.server.outside.github_stand_in import CLIENT_ID, GithubStandIn, github_stand_in
from tui.domain.errors import Failure, Refused
from tui.server.outside import github as module
from tui.server.outside.github import AT_ONCE, Github, GithubApp, GithubUser, Granted, Organization, Waiting
from tui.server.outside.sealing import Seal

KEY = Seal.new_key()


@pytest.fixture
def standing_in() -> Generator[GithubStandIn]:
    with github_stand_in() as github:
        yield github


@pytest.fixture
def github(standing_in: GithubStandIn) -> Generator[Github]:
    with closing(Github(GithubApp(CLIENT_ID, standing_in.url, KEY))) as client:
        yield client


def granted(github: Github, standing_in: GithubStandIn, person: int) -> str:
    """The token of a person who let the app in."""
    code = github.begin()
    standing_in.approves(person, code.user_code)
    answer = github.poll(code.device_code, code.interval)
    assert isinstance(answer, Granted)
    return answer.token


def test_S4_a_person_lets_the_app_in_with_a_code(github: Github, standing_in: GithubStandIn) -> None:
    linus = standing_in.person("Linus")
    code = github.begin()
    assert code.verification_uri == f"{standing_in.url}/login/device"
    assert (code.interval, code.expires_in) == (5, 899)
    assert github.poll(code.device_code, 5) == Waiting(5)
    standing_in.approves(linus, code.user_code)
    answer = github.poll(code.device_code, 5)
    assert isinstance(answer, Granted)
    assert github.user(answer.token) == GithubUser(str(linus), "Linus")


@pytest.mark.parametrize(
    ("error", "code"),
    [
        ("access_denied", "sign_in_denied"),
        ("expired_token", "sign_in_expired"),
        ("incorrect_device_code", "sign_in_expired"),
        ("device_flow_disabled", "github_unavailable"),
        ("what_is_this", "github_unavailable"),
    ],
)
def test_S4_how_a_code_may_end(github: Github, standing_in: GithubStandIn, error: str, code: str) -> None:
    begun = github.begin()
    standing_in.answers(begun.user_code, error)
    with pytest.raises(Refused) as refused:
        github.poll(begun.device_code, 5)
    assert refused.value.code == code


def test_S4_one_who_asks_too_often_slows_down(github: Github, standing_in: GithubStandIn) -> None:
    code = github.begin()
    standing_in.answers(code.user_code, "slow_down", interval=12)
    assert github.poll(code.device_code, 5) == Waiting(12)
    standing_in.answers(code.user_code, "slow_down")
    assert github.poll(code.device_code, 5) == Waiting(10)


def test_S4_an_app_that_github_does_not_know_begins_nothing(standing_in: GithubStandIn) -> None:
    with (
        closing(Github(GithubApp("unknown", standing_in.url, KEY))) as github,
        pytest.raises(Refused, match="GitHub") as refused,
    ):
        github.begin()
    assert refused.value.code == "github_unavailable"


def test_W4_only_active_memberships_count(github: Github, standing_in: GithubStandIn) -> None:
    linus = standing_in.person("linus")
    acme = standing_in.organization("acme", linus)
    invited = standing_in.organization("cobol", linus, state="pending")
    said = github.memberships(granted(github, standing_in, linus))
    assert said.organizations == (Organization(acme, "acme"),)
    assert said.of(acme) == Organization(acme, "acme")
    assert said.of(invited) is None


def test_W4_every_page_of_the_memberships_is_read(github: Github, standing_in: GithubStandIn) -> None:
    linus = standing_in.person("linus")
    ids = [standing_in.organization(f"org-{n}", linus) for n in range(250)]
    token = granted(github, standing_in, linus)
    before = len(standing_in.asked)
    assert [org.id for org in github.memberships(token).organizations] == ids
    assert len(standing_in.asked) - before == 3


def test_T5_a_token_is_not_sent_elsewhere(github: Github, standing_in: GithubStandIn) -> None:
    linus = standing_in.person("linus")
    for n in range(101):
        standing_in.organization(f"org-{n}", linus)
    token = granted(github, standing_in, linus)
    with github_stand_in() as elsewhere:
        standing_in.next_page = f"{elsewhere.url}/api/v3/user/memberships/orgs"
        with pytest.raises(Refused) as refused:
            github.memberships(token)
        assert elsewhere.asked == []
    assert refused.value.code == "github_unavailable"


def test_W5_what_may_be_joined_is_remembered_for_ten_minutes(github: Github, standing_in: GithubStandIn) -> None:
    linus = standing_in.person("linus")
    acme = standing_in.organization("acme", linus)
    token = granted(github, standing_in, linus)
    with time_machine.travel("2026-11-23T12:00:00Z", tick=False) as clock:
        assert github.recent_memberships(token).of(acme)
        standing_in.leaves(linus, acme)
        clock.shift(598)
        assert github.recent_memberships(token).of(acme)
        clock.shift(4)
        assert not github.recent_memberships(token).of(acme)


def test_W5_asking_anew_is_remembered_too(github: Github, standing_in: GithubStandIn) -> None:
    linus = standing_in.person("linus")
    acme = standing_in.organization("acme", linus)
    token = granted(github, standing_in, linus)
    assert github.recent_memberships(token).of(acme)
    standing_in.leaves(linus, acme)
    assert not github.memberships(token).of(acme)
    assert not github.recent_memberships(token).of(acme)


def test_W4_a_permission_taken_back_is_said_so(github: Github, standing_in: GithubStandIn) -> None:
    linus = standing_in.person("linus")
    token = granted(github, standing_in, linus)
    standing_in.revokes(linus)
    for ask in (github.user, github.memberships):
        with pytest.raises(Refused) as refused:
            ask(token)
        assert refused.value.code == "github_unlinked"


@pytest.mark.parametrize("trouble", ["away", "nonsense", "500", "502", "403", "404", "429", "302"])
def test_W4_a_github_in_trouble_is_unavailable(github: Github, standing_in: GithubStandIn, trouble: str) -> None:
    linus = standing_in.person("linus")
    token = granted(github, standing_in, linus)
    standing_in.trouble = trouble
    for ask in (
        github.begin,
        lambda: github.poll("device", 5),
        lambda: github.user(token),
        lambda: github.memberships(token),
    ):
        with pytest.raises(Refused) as refused:
            ask()
        assert refused.value.code == "github_unavailable"
        assert refused.value.retry_after == (17 if trouble == "429" else 30)


def test_W4_a_github_that_hangs_is_given_up(standing_in: GithubStandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "TIMEOUT", 0.05)
    standing_in.trouble = "hang"
    with closing(Github(GithubApp(CLIENT_ID, standing_in.url, KEY))) as github, pytest.raises(Refused) as refused:
        github.begin()
    assert refused.value.code == "github_unavailable"


def test_W6_only_so_many_wait_for_github_at_once(github: Github, standing_in: GithubStandIn) -> None:
    standing_in.trouble = "hang"
    with ThreadPoolExecutor(AT_ONCE) as threads:
        waiting = [threads.submit(github.begin) for _ in range(AT_ONCE)]
        while len(standing_in.asked) < AT_ONCE:
            assert len(wait(waiting, timeout=0.05).not_done) == AT_ONCE
        with pytest.raises(Refused) as refused:
            github.begin()
        assert refused.value.code == "github_unavailable"
        assert len(wait(waiting, timeout=0).not_done) == AT_ONCE
        standing_in.released.set()


def test_W4_a_github_that_nobody_runs_is_unavailable() -> None:
    with github_stand_in() as gone:
        url = gone.url
    with closing(Github(GithubApp(CLIENT_ID, url, KEY))) as github, pytest.raises(Refused) as refused:
        github.begin()
    assert refused.value.code == "github_unavailable"


@pytest.mark.parametrize(
    "url",
    ["", "github.com", "http://github.example.org", "https://", "https://a:b@github.com", "https://g?x", "http://["],
)
def test_T5_an_address_that_cannot_be_githubs_is_refused(url: str) -> None:
    with pytest.raises(Failure) as refused:
        Github(GithubApp(CLIENT_ID, url, KEY))
    assert refused.value.code == "github_address_invalid"


def test_T5_what_is_sealed_is_read_with_its_key_alone() -> None:
    seal = Seal(KEY)
    sealed = seal.closed("gho_secret")
    assert b"gho_secret" not in sealed
    assert seal.opened(sealed) == "gho_secret"
    assert Seal(Seal.new_key()).opened(sealed) is None
    assert seal.opened(sealed[:-1]) is None
