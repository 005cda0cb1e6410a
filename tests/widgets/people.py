"""A list of made-up people of any length, read page by page like a list of the service."""

import asyncio
from datetime import datetime
from typing import NamedTuple

from tui.domain.errors import Failure
from tui.domain.queries import Page, Place
from tui.lists.column import WIDE, Cell, Column, Tone
from tui.lists.window import Window

FIRST = "ada alan barbara dennis donald edsger frances grace jean johan".split()
LAST = "fern moss lake rook pine vale bell holm birch stone".split()
ROLES: tuple[Tone, ...] = ("owner", "manager", "user", "user", "user", "manager", "user", "user", "user", "user")


class Person(NamedTuple):
    id: str
    username: str
    name: str
    role: Tone
    status: str
    active: str


def person(number: int) -> Person:
    first, last = FIRST[number % 10], LAST[number // 10 % 10]
    username = f"{first}.{last}" if number < 100 else f"{first}.{last}{number}"
    status = "disabled" if number % 7 == 4 else "active"
    name = f"{first} {last}".title()
    return Person(f"us-{number}", username, name, ROLES[number % 10], status, f"{number % 59} min ago")


class People:
    """`fetch` reads like the service. While `gate` is clear no answer comes; `failure` is raised instead of one."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.changed: dict[int, Person] = {}
        self.asked: list[Place] = []
        self.failure: Failure | None = None
        self.gate = asyncio.Event()
        self.gate.set()

    async def fetch(self, place: Place) -> Page[Person]:
        self.asked.append(place)
        await self.gate.wait()
        if self.failure:
            raise self.failure
        start = self._start(place)
        end = min(start + place.limit, self.count)
        return Page(
            items=[self.changed.get(i) or person(i) for i in range(start, end)],
            next=f"next {end}" if end < self.count else None,
            prev=f"prev {start}" if start else None,
            position=start,
            total=self.count,
        )

    def _start(self, place: Place) -> int:
        if place.cursor:
            way, at = place.cursor.split()
            return int(at) if way == "next" else max(int(at) - place.limit, 0)
        last = max(self.count - place.limit, 0)
        return last if place.from_end else min(place.at or 0, last)


def window(people: People) -> Window[Person]:
    return Window(people.fetch, key=lambda row: row.id)


def _role(row: Person, now: datetime) -> Cell:
    return Cell(row.role.title(), row.role)


def _status(row: Person, now: datetime) -> Cell:
    return Cell(row.status, "danger" if row.status == "disabled" else "muted")


COLUMNS: tuple[Column[Person], ...] = (
    Column("username", "Username", lambda row, _: Cell(row.username, "bright"), 15, 8, 2, sort="username"),
    Column("name", "Name", lambda row, _: Cell(row.name), 19, 8, 2, sort="display_name"),
    Column("email", "Email", lambda row, _: Cell(f"{row.username}@example.org", "muted"), 26, 10, 2, from_width=WIDE),
    Column("role", "Role", _role, 9, sort="role"),
    Column("status", "Status", _status, 8, sort="status"),
    Column("active", "Last active", lambda row, _: Cell(row.active, "muted"), 11),
)
