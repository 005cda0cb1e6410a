"""What a person does with a GitHub account while the account here ends, or GitHub calls things anew (S4, U1, W4)."""

from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import partial

import pytest
from sqlalchemy import func, select

from tests.server.outside.github_stand_in import CLIENT_ID, GithubStandIn, github_stand_in
from tests.server.people import DEVICE, NOBODY, Person, sign_up
from tests.server.services.test_W8_races import raced
from tui.domain.sign_ins import PollAsk, SignIn, SignInAsk
from tui.server.outside.github import Github, GithubApp
from tui.server.outside.sealing import Seal
from tui.server.services import joining, me, sign_ins, workspaces
from tui.server.storage import tables
from tui.server.storage.engine import Store

ROUNDS = 15


@pytest.fixture
def standing_in() -> Generator[GithubStandIn]:
    with github_stand_in() as github:
        yield github


@pytest.fixture
def github(standing_in: GithubStandIn) -> Generator[Github]:
    with closing(Github(GithubApp(CLIENT_ID, standing_in.url, Seal.new_key()))) as github:
        yield github


def approved(standing_in: GithubStandIn, person: int, begun: SignIn) -> PollAsk:
    """What is polled with once a person has approved at GitHub."""
    standing_in.approves(person, begun.user_code or "")
    return PollAsk(poll_secret=begun.poll_secret or "")


def linked(store: Store, github: Github, standing_in: GithubStandIn) -> tuple[Person, int]:
    """A user, and the person at GitHub whose account the user has linked."""
    user = sign_up(store)
    person = standing_in.person(user.username)
    begun = sign_ins.link(store, user.caller, DEVICE, github)
    sign_ins.poll(store, user.caller, begun.id, approved(standing_in, person, begun), github, open_sign_up=False)
    return user, person


def test_S4_who_signs_in_while_the_account_ends_gets_no_new_one_where_sign_up_is_closed(
    store: Store, github: Github, standing_in: GithubStandIn
) -> None:
    codes: set[str | None] = set()
    with ThreadPoolExecutor(2) as threads:
        for _ in range(ROUNDS):
            user, person = linked(store, github, standing_in)
            begun = sign_ins.start(store, NOBODY, SignInAsk(method="github", device=DEVICE), github)
            ask = approved(standing_in, person, begun)
            came, ended = raced(
                threads,
                partial(sign_ins.poll, store, NOBODY, begun.id, ask, github, open_sign_up=False),
                ends(store, user, standing_in),
            )
            assert ended is None
            codes.add(came)
    assert codes <= {None, "sign_up_closed"}
    with store.reading() as connection:
        assert connection.execute(select(func.count()).select_from(tables.users)).scalar_one() == 0


def ends(store: Store, user: Person, standing_in: GithubStandIn) -> Callable[[], None]:
    """Deletes an account once GitHub was asked, from now on, who came."""
    before = len(standing_in.asked)

    def end() -> None:
        while "/api/v3/user" not in standing_in.asked[before:]:
            pass
        me.delete(store, user.caller, None)

    return end


def test_U1_who_links_an_account_while_the_account_ends_is_told_so(
    store: Store, github: Github, standing_in: GithubStandIn
) -> None:
    with ThreadPoolExecutor(2) as threads:
        for _ in range(ROUNDS):
            user = sign_up(store)
            begun = sign_ins.link(store, user.caller, DEVICE, github)
            ask = approved(standing_in, standing_in.person(user.username), begun)
            came, ended = raced(
                threads,
                partial(sign_ins.poll, store, user.caller, begun.id, ask, github, open_sign_up=False),
                ends(store, user, standing_in),
            )
            assert ended is None
            assert came in {None, "unauthenticated", "sign_in_expired"}


def test_W4_all_may_join_at_once_when_github_calls_their_organization_anew(
    store: Store, github: Github, standing_in: GithubStandIn
) -> None:
    owner, number = linked(store, github, standing_in)
    cobol = standing_in.organization("cobol", number)
    made = [workspaces.create(store, owner.caller, f"made-{n}", cobol, github) for n in range(6)]
    with ThreadPoolExecutor(6) as threads:
        for n in range(6):
            people = [linked(store, github, standing_in) for _ in made]
            for _, person in people:
                standing_in.memberships[person] = {int(cobol): "active"}
            standing_in.organizations[int(cobol)] = f"cobol-{n}"
            calls = [
                partial(joining.join, store, user.caller, workspace.id, github)
                for (user, _), workspace in zip(people, made, strict=True)
            ]
            assert set(raced(threads, *calls)) == {None}
    workspaces.create(store, owner.caller, "one-more", cobol, github)
    shown = [workspaces.get(store, owner.caller, workspace.id).github_org for workspace in made]
    assert {org.login for org in shown if org} == {"cobol-5"}
