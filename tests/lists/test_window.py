"""The window of rows: any position of a list of any length, read in few pages."""

import asyncio
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.widgets.people import People, Person, person, window
from tui.domain.errors import Unreachable
from tui.domain.queries import Page, Place, TotalIs
from tui.lists.window import PAGE, SPANS, Window

MILLION = 1_000_000


async def settled(rows: Window[Person], first: int, last: int) -> None:
    while await rows.load(first, last):
        pass


def ids(rows: Window[Person], first: int, last: int) -> list[str | None]:
    shown = [rows.row(position) for position in range(first, last + 1)]
    return [row and row.id for row in shown]


def expected(first: int, last: int) -> list[str]:
    return [person(number).id for number in range(first, last + 1)]


async def opened(people: People) -> Window[Person]:
    rows = window(people)
    await rows.refresh(0, 20)
    return rows


async def test_the_first_page_is_all_that_a_start_reads() -> None:
    people = People(MILLION)
    rows = await opened(people)
    await settled(rows, 0, 20)
    assert rows.total == MILLION
    assert ids(rows, 0, 20) == expected(0, 20)
    assert people.asked == [Place(limit=PAGE)]


async def test_neighbours_come_by_cursor_the_end_from_the_end_and_jumps_by_number() -> None:
    people = People(MILLION)
    rows = await opened(people)
    await settled(rows, 80, 100)
    await settled(rows, MILLION - 20, MILLION - 1)
    await settled(rows, 500_000, 500_020)
    assert ids(rows, 500_000, 500_020) == expected(500_000, 500_020)
    assert ids(rows, MILLION - 20, MILLION - 1) == expected(MILLION - 20, MILLION - 1)
    assert people.asked[1] == Place(limit=PAGE, cursor=f"next {PAGE}")
    assert people.asked[2] == Place(limit=PAGE, from_end=True)
    assert people.asked[3].at is not None
    assert people.asked[4].cursor is not None
    assert len(people.asked) == 5


async def test_few_pages_are_held_however_far_one_goes() -> None:
    rows = await opened(People(MILLION))
    for first in range(0, 50 * PAGE, PAGE):
        await settled(rows, first, first + 40)
    held = sum(rows.row(position) is not None for position in range(60 * PAGE))
    assert held <= SPANS * PAGE
    assert ids(rows, 49 * PAGE, 49 * PAGE + 40) == expected(49 * PAGE, 49 * PAGE + 40)


async def test_an_answer_to_an_older_question_is_dropped() -> None:
    many, few = People(5_000), People(3)
    rows = await opened(many)
    many.gate.clear()
    late = asyncio.create_task(rows.load(1_000, 1_020))
    late_refresh = asyncio.create_task(rows.refresh(0, 20))
    await asyncio.sleep(0)
    assert await rows.open(few.fetch)
    many.gate.set()
    await late
    assert not await late_refresh
    assert rows.total == 3
    assert rows.row(1_000) is None


async def test_a_row_changed_while_a_page_is_read_is_not_undone_by_it() -> None:
    people = People(50)
    rows = await opened(people)
    people.gate.clear()
    reading = asyncio.create_task(rows.refresh(0, 20))
    await asyncio.sleep(0)
    changed = person(3)._replace(role="owner")
    rows.replace(changed)
    people.changed[3] = changed
    people.gate.set()
    assert await reading
    assert rows.row(3) == changed
    assert len(people.asked) == 3


async def test_a_failure_leaves_what_was_there() -> None:
    people = People(500)
    rows = await opened(people)
    people.failure = Unreachable("away")
    for reading in (rows.load(200, 220), rows.refresh(0, 20), rows.open(people.fetch)):
        with pytest.raises(Unreachable):
            await reading
    assert ids(rows, 0, 20) == expected(0, 20)
    people.failure = None
    await settled(rows, 200, 220)
    assert ids(rows, 200, 220) == expected(200, 220)


async def test_a_row_is_replaced_and_removed_in_place() -> None:
    rows = await opened(People(300))
    await settled(rows, 200, 220)
    rows.replace(person(5)._replace(name="Other"))
    rows.replace(person(250_000))
    rows.remove(person(6).id)
    rows.remove("nobody")
    assert rows.row(5) == person(5)._replace(name="Other")
    assert rows.row(6) == person(7)
    assert rows.row(209) == person(210)
    assert rows.position_of(person(210).id) == 209
    assert rows.position_of(person(6).id) is None
    assert rows.total == 299


async def test_a_list_that_got_shorter_is_read_anew_where_one_looks() -> None:
    people = People(1_000)
    rows = await opened(people)
    people.count = 150
    await settled(rows, 900, 920)
    assert rows.total == 150
    await settled(rows, 130, 149)
    assert ids(rows, 130, 149) == expected(130, 149)


async def test_a_list_counted_in_part_grows_as_it_is_read() -> None:
    people = People(350)

    async def fetch(place: Place) -> Page[Person]:
        page = await people.fetch(place)
        return Page(page.items, page.next, page.prev, page.position, 200, TotalIs.AT_LEAST)

    rows = Window(fetch, key=lambda row: row.id)
    await rows.refresh(0, 20)
    assert (rows.total, rows.total_is) == (200, TotalIs.AT_LEAST)
    for first in range(0, 340, 20):
        await settled(rows, first, first + 20)
    assert (rows.total, rows.total_is) == (350, TotalIs.EXACT)
    assert ids(rows, 330, 349) == expected(330, 349)


async def test_a_server_that_has_nothing_where_a_row_should_be_is_not_asked_for_ever() -> None:
    people = People(1_000)

    async def fetch(place: Place) -> Page[Person]:
        page = await people.fetch(place)
        return page if page.position == 0 else Page([], None, None, None, 1_000)

    rows = Window(fetch, key=lambda row: row.id)
    await rows.refresh(0, 20)
    assert not await rows.load(500, 520)


@given(st.integers(0, 1_200), st.lists(st.tuples(st.integers(0, 1_300), st.integers(0, 60)), max_size=12))
def test_wherever_one_looks_the_right_rows_come(count: int, looks: list[tuple[int, int]]) -> None:
    async def look() -> None:
        rows = await opened(People(count))
        for first, height in looks:
            await settled(rows, first, first + height)
            last = min(first + height, count - 1)
            assert ids(rows, first, last) == expected(first, last)

    asyncio.run(look())


@given(st.randoms(use_true_random=False))
def test_a_list_that_changes_under_one_is_right_again_after_a_refresh(chance: random.Random) -> None:
    async def look() -> None:
        people = People(700)
        rows = await opened(people)
        for _ in range(15):
            people.count = max(people.count + chance.randint(-120, 120), 0)
            first = chance.randrange(900)
            await settled(rows, first, first + 30)
        await rows.refresh(first, first + 30)
        await settled(rows, first, first + 30)
        last = min(first + 30, people.count - 1)
        assert rows.total == people.count
        assert ids(rows, first, last) == expected(first, last)

    asyncio.run(look())
