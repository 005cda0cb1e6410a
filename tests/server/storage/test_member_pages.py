"""Pages of members (M4): every sort, filter, direction and place agrees with a plain sort of all of them."""

import base64
import random
from collections.abc import Callable, Generator, Iterable, Iterator
from functools import partial
from typing import Any, NamedTuple

import msgspec
import pytest
from sqlalchemy import Connection

from tests.server.conftest import NewDatabase
from tui.domain.errors import Refused
from tui.domain.folding import fold, found
from tui.domain.queries import Page, Place, TotalIs
from tui.domain.roles import ROLES, JoinedBy, Kind, Role, Status
from tui.server.storage import member_pages, paging, users, workspaces
from tui.server.storage import members as rows
from tui.server.storage.engine import Store
from tui.server.storage.member_pages import SORTS, MemberFilter
from tui.server.storage.members import STATUSES, MemberRow

NAMES = (
    "Ada Lovelace|ada|Ädä Löve|İstanbul Şık|ﷺ rare|Ünï-códe|Zoë|zoe|名前 太郎|O'Neil_Smith|😀 smile|ß Straße|Joan Smith"
).split("|")
FIRST = Place()
EVERYTHING: dict[str, Any] = {"roles": frozenset(ROLES), "statuses": frozenset(STATUSES)}
FILTERS: list[dict[str, Any]] = [
    {},
    {"roles": frozenset({Role.OWNER})},
    {"roles": frozenset({Role.OWNER, Role.MANAGER})},
    {"statuses": frozenset({Status.DISABLED})},
    {"roles": frozenset({Role.USER}), "statuses": frozenset({Status.ACTIVE})},
]
SEARCHES = "|a|ada|LÖVE|smith jo|@example.org|example corp|straße|STRASSE|名前|zzz|-|o'neil|😀".split("|")

Read = Callable[..., Page[MemberRow]]


class Crowd(NamedTuple):
    """Two workspaces of the same ninety people, and the first one's row id."""

    store: Store
    workspace_pk: int


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def crowd(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, new_database: NewDatabase
) -> Generator[Crowd]:
    """People whom no test changes."""
    with new_database(request.param, tmp_path_factory.mktemp("crowd")) as url:
        store = Store.open(url)
        yield Crowd(store, _gathered(store))
        store.close()


def _gathered(store: Store) -> int:
    dice = random.Random(1)  # noqa: S311 - the same people every time
    with store.writing() as connection:
        made = [workspaces.add(connection, Kind.SHARED, name, 1) for name in ("first", "second")]
        for n in range(90):
            email = None if n % 7 == 0 else f"{dice.choice('abc')}{n}@{dice.choice(['corp', 'lab'])}.example.org"
            user_id = users.add(connection, f"{dice.choice('xyz')}-{n}", dice.choice(NAMES), email, 1)
            for row in made:
                assert row
                assert user_id
                _seat(connection, row.pk, user_id, n, dice)
    assert made[0]
    return made[0].pk


def _seat(connection: Connection, workspace_pk: int, user_id: str, n: int, dice: random.Random) -> None:
    role = dice.choice([Role.OWNER, Role.MANAGER, Role.USER, Role.USER])
    rows.add(connection, workspace_pk, user_id, role, joined_by=JoinedBy.LINK, now=1000 + n // 5)
    row = rows.of_users(connection, workspace_pk, [user_id])[user_id]
    status = dice.choice([Status.ACTIVE, Status.ACTIVE, Status.DISABLED])
    rows.save(connection, workspace_pk, [rows.Change(row, row._replace(status=status, version=2))])


@pytest.fixture
def read(crowd: Crowd) -> Read:
    """Reads a page of the first workspace."""
    return partial(_read, crowd.store, crowd.workspace_pk)


def _read(store: Store, workspace_pk: int, place: Place = FIRST, **asked: Any) -> Page[MemberRow]:
    with store.reading() as connection:
        return member_pages.read(connection, MemberFilter(workspace_pk, **{**EVERYTHING, **asked}), place)


def key(sort: str, row: MemberRow) -> tuple[object, ...]:
    """What a plain sort would order by."""
    plain: dict[str, tuple[object, ...]] = {
        "username": (row.username,),
        "display_name": (fold(row.display_name),),
        "email": (fold(row.email or ""),),
        "role": (ROLES.index(row.role), row.username),
        "status": (STATUSES.index(row.status), row.username),
        "joined_at": (row.joined_at,),
        "last_active_at": (row.last_active_at,),
    }
    return (*plain[sort], row.user_id)


def plainly(everybody: list[MemberRow], asked: dict[str, Any]) -> list[str]:
    """The ids that a list has, in order, found the plain way."""
    wanted = {**EVERYTHING, "q": "", "sort": "username", "descending": False, **asked}
    q = wanted["q"]
    kept = [
        row
        for row in everybody
        if row.role in wanted["roles"]
        and row.status in wanted["statuses"]
        and (not q or (fold(q).strip(" -😀'") != "" and found(q, row.username, row.display_name, row.email)))
    ]
    kept.sort(key=partial(key, wanted["sort"]), reverse=wanted["descending"])
    return [row.user_id for row in kept]


def ids(page: Page[MemberRow]) -> list[str]:
    return [row.user_id for row in page.items]


def joined(pages: Iterable[list[str]]) -> list[str]:
    return [user_id for page in pages for user_id in page]


def forwards(read: Read, limit: int, **asked: Any) -> Iterator[list[str]]:
    page = read(Place(limit=limit), **asked)
    yield ids(page)
    while page.next:
        page = read(Place(limit=limit, cursor=page.next), **asked)
        yield ids(page)


def backwards(read: Read, limit: int, **asked: Any) -> Iterator[list[str]]:
    page = read(Place(limit=limit, from_end=True), **asked)
    yield ids(page)
    while page.prev:
        page = read(Place(limit=limit, cursor=page.prev), **asked)
        yield ids(page)


def everybody(read: Read) -> list[MemberRow]:
    return read(Place(limit=200)).items


@pytest.mark.parametrize("sort", SORTS)
def test_M4_walking_either_way_gives_every_member_once_and_in_order(read: Read, sort: str) -> None:
    people = everybody(read)
    assert len(people) == 90
    for asked in FILTERS:
        for descending in (False, True):
            for q in ("", "a"):
                wanted: dict[str, Any] = {**asked, "sort": sort, "descending": descending, "q": q}
                expected = plainly(people, wanted)
                assert joined(forwards(read, 17, **wanted)) == expected
                assert joined(reversed(list(backwards(read, 17, **wanted)))) == expected
                assert read(**wanted).total == len(expected)


@pytest.mark.parametrize("sort", SORTS)
def test_M4_any_position_can_be_jumped_to_from_either_end(read: Read, sort: str) -> None:
    people = everybody(read)
    for asked in FILTERS:
        wanted: dict[str, Any] = {**asked, "sort": sort}
        expected = plainly(people, wanted)
        for at in (0, 1, len(expected) // 2, len(expected) - 3, len(expected) - 1):
            page = read(Place(limit=10, at=at), **wanted)
            assert (page.position, ids(page)) == (at, expected[at : at + 10])
            assert (page.prev is None, page.next is None) == (at == 0, at + 10 >= len(expected))
            if page.next:
                assert ids(read(Place(limit=10, cursor=page.next), **wanted)) == expected[at + 10 : at + 20]
            if page.prev:
                assert ids(read(Place(limit=10, cursor=page.prev), **wanted)) == expected[max(at - 10, 0) : at]


def test_M4_past_the_end_is_the_last_page(read: Read) -> None:
    for asked in ({}, {"q": "example"}):
        last = read(Place(limit=10, from_end=True), **asked)
        past = read(Place(limit=10, at=10_000), **asked)
        assert (ids(past), past.position, past.next) == (ids(last), last.position, None)
        assert past.position == past.total - 10


@pytest.mark.parametrize("q", SEARCHES)
def test_M4_a_search_finds_what_the_domain_finds(read: Read, q: str) -> None:
    people = everybody(read)
    for asked in FILTERS:
        wanted: dict[str, Any] = {**asked, "q": q, "sort": "display_name"}
        assert joined(forwards(read, 50, **wanted)) == plainly(people, wanted)


def test_M4_exactly_finds_a_username_an_address_or_an_id_and_no_part_of_one(read: Read) -> None:
    somebody = next(row for row in everybody(read) if row.email)
    assert somebody.email
    for exactly in (somebody.username, somebody.user_id, somebody.email, somebody.email.upper()):
        assert ids(read(exactly=(exactly,))) == [somebody.user_id]
        assert read(exactly=(exactly[:-1],)).total == 0
    assert ids(read(exactly=(somebody.username,), q=somebody.username)) == [somebody.user_id]
    assert read(exactly=(somebody.username,), q="zzz").total == 0


def test_M4_a_total_of_a_search_stops_at_the_limit(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    exact = read(q="example")
    monkeypatch.setattr(paging, "COUNT_LIMIT", 20)
    page = read(Place(limit=10, at=20), q="example")
    assert (page.total, page.total_is, page.position) == (20, TotalIs.AT_LEAST, 20)
    past = read(Place(limit=10, at=5000), q="example")
    assert past.position is None
    assert ids(past)[-1] == plainly(everybody(read), {"q": "example"})[exact.total - 1]


def test_M4_a_cursor_outlives_the_rows_beside_it(store: Store) -> None:
    read = partial(_read, store, workspace_pk := _gathered(store))
    page = read(Place(limit=10))
    with store.writing() as connection:
        rows.save(connection, workspace_pk, [rows.Change(row, None) for row in page.items])
    assert ids(read(Place(limit=10, cursor=page.next))) == ids(read(Place(limit=10)))


def test_M4_there_is_a_way_back_from_beyond_what_has_gone(store: Store) -> None:
    read = partial(_read, store, workspace_pk := _gathered(store))
    first, last = read(Place(limit=80)), read(Place(limit=10, from_end=True))
    with store.writing() as connection:
        rows.save(connection, workspace_pk, [rows.Change(row, None) for row in last.items])

    beyond = read(Place(limit=10, cursor=first.next))
    back = read(Place(limit=10, cursor=beyond.prev))

    assert (ids(beyond), beyond.next) == ([], None)
    assert (ids(back), back.next) == (ids(first)[-10:], None)
    with store.writing() as connection:
        rows.save(connection, workspace_pk, [rows.Change(row, None) for row in first.items[:-10]])
    before = read(Place(limit=10, cursor=back.prev))
    assert (ids(before), before.prev) == ([], None)
    assert ids(read(Place(limit=10, cursor=before.next))) == ids(back)


def test_M4_a_cursor_belongs_to_its_list(read: Read) -> None:
    page = read(Place(limit=10))
    for other in ({"sort": "email"}, {"descending": True}, {"q": "a"}, {"roles": frozenset({Role.USER})}):
        with pytest.raises(Refused) as refused:
            read(Place(cursor=page.next), **other)
        assert refused.value.code == "cursor_invalid"


@pytest.mark.parametrize("cursor", ["", "x", "====", "bm90IGpzb24", "W10", "é", "\ud800", "A" * 10_000])
def test_M4_what_is_no_cursor_is_refused(read: Read, cursor: str) -> None:
    with pytest.raises(Refused) as refused:
        read(Place(cursor=cursor))
    assert refused.value.code == "cursor_invalid"


def test_M4_a_cursor_with_another_key_inside_is_refused(read: Read) -> None:
    sent = read(Place(limit=10)).next
    assert sent
    mark, way, _ = msgspec.json.decode(base64.urlsafe_b64decode(sent + "=" * (-len(sent) % 4)))
    forgeries: list[Any] = [[1, "us"], ["a"], ["a", "b", "c"], ["a\0", "b"], ["a", None], {}]
    for parts in forgeries:
        forged = base64.urlsafe_b64encode(msgspec.json.encode((mark, way, parts))).decode()
        with pytest.raises(Refused):
            read(Place(cursor=forged))


def test_no_page_without_a_search_sorts_its_rows(crowd: Crowd) -> None:
    """On SQLite, which tells its plan in words; PostgreSQL's depends on how many rows there are."""
    if crowd.store.dialect != "sqlite":
        return
    with crowd.store.reading() as connection:
        for sort in SORTS:
            for seek in (False, True):
                pivot = 1 if seek and sort in {"role", "status"} else None
                branches = MemberFilter(1, **EVERYTHING).branches
                statement = member_pages._page(member_pages._Form("sqlite", sort, False, branches, seek, pivot))
                assert statement is not None
                sql = str(statement.compile(connection, compile_kwargs={"render_postcompile": True}))
                plan = [
                    row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", (1,) * sql.count("?"))
                ]
                assert not any("TEMP B-TREE" in line for line in plan), (sql, plan)
