"""Inviting by email: addresses checked as they are typed, each with its verdict before anything is sent (I1)."""

import re
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Static, TextArea

from tui.dialogs.choose_role import RoleChoice
from tui.dialogs.dialog import Body, plain
from tui.dialogs.invite_part import Part
from tui.domain.address_lists import addresses
from tui.domain.invites import InvitesAsk
from tui.domain.names import email_problem
from tui.lists.text import UNSHOWN, fit
from tui.widgets.text_box import TextBox

Foresee = Callable[[Sequence[str]], Awaitable[Mapping[str, str]]]
"""What would be refused, by address: a few words of it. Whatever is not known yet is not among them."""

PAUSE = 0.3
"""Seconds without a key after which the server is asked about new addresses."""

AT_ONCE = 200
"""Addresses after which what is known of them is shown."""

MANY = 10_000
"""Addresses that are judged once, not at every key."""

ADDRESS_WIDTH = 30
_REPLACED = re.compile(f"[\u2400-\u2421{UNSHOWN}]")
FINE, WARNING, WRONG = ("✓", "$ok"), ("!", "$owner"), ("!", "$danger")


class Line(NamedTuple):
    mark: tuple[str, str]
    name: str
    said: str


class EmailPart(Part):
    """One or many addresses, the role on joining, the expiry."""

    def __init__(self, roles: Sequence[RoleChoice], foresee: Foresee, *, by_mail: bool, room: int) -> None:
        """`room`: verdicts in sight. Good ones beyond it are counted, so that what is wrong stays in sight."""
        super().__init__(roles, id="email")
        self._foresee = foresee
        self._room = room
        self._by_mail = by_mail
        self._known: dict[str, str] = {}
        self._asked: set[str] = set()
        self._emails: list[str] = []
        self._pause: Timer | None = None

    def compose(self) -> ComposeResult:
        with Horizontal(classes="heading"):
            yield Static(plain("Addresses"), classes="label")
            yield Static(plain("separated by commas, spaces or lines"), classes="-hint")
        yield TextBox()
        with Body(classes="verdicts"):
            yield Static(classes="lines")
        yield self.role_and_expiry()

    @property
    def good(self) -> list[str]:
        """The addresses that would be invited, as far as is known."""
        return [email for email in self._emails if email not in self._known and _is_address(email)]

    @property
    def ask(self) -> InvitesAsk | None:
        good = self.good
        return InvitesAsk(good, self.role.value, self.expires_in) if good else None

    @property
    def word(self) -> str:
        count = len(self.good)
        verb, noun = ("Send", "invite") if self._by_mail else ("Make", "link")
        return f"{verb} {count:,} {noun}{'' if count == 1 else 's'}" if count else f"{verb} {noun}s"

    @property
    def said(self) -> str:
        if not self._emails:
            return ""
        good, all_ = len(self.good), len(self._emails)
        how = "will be sent by mail" if self._by_mail else "get a link to send by hand"
        return f"{good:,} of {all_:,} {how}."

    @on(TextArea.Changed)
    def _typed(self, event: TextArea.Changed) -> None:
        self._emails = addresses(event.text_area.text)
        self._show()
        if self._pause:
            self._pause.stop()
        self._pause = self.set_timer(PAUSE, self._look_up)

    def _look_up(self) -> None:
        self.run_worker(self._ask_server(), group="foresee", exclusive=True)

    async def _ask_server(self) -> None:
        while new := [email for email in self.good if email not in self._asked][:AT_ONCE]:
            self._known.update(await self._foresee(new))
            self._asked.update(new)
            self._show()

    def _show(self) -> None:
        lines = list(_lines(self._emails, self._known, self._room))
        self.query_one(".lines", Static).update(Content("\n").join(_content(line) for line in lines))
        self.post_message(self.Judged())


def _lines(emails: Sequence[str], known: Mapping[str, str], room: int) -> Iterator[Line]:
    """The good ones first, counted where they would push the others out of sight."""
    broken = [Line(WRONG, email, "is not an address") for email in emails if not _is_address(email)]
    refused = [Line(WARNING, email, known[email]) for email in emails if email in known]
    fine = [email for email in emails if email not in known and _is_address(email)]
    room = max(room - len(broken) - len(refused), 1)
    shown = fine if len(fine) <= room else fine[: room - 1]
    yield from (Line(FINE, email, "will be invited") for email in shown)
    if more := len(fine) - len(shown):
        yield Line(FINE, f"{more:,} more" if shown else f"{more:,} addresses", "will be invited")
    yield from (*refused, *broken)


@lru_cache(MANY)
def _is_address(text: str) -> bool:
    """What was pasted with characters that do harm is none, though they are no longer in it."""
    return email_problem(text) is None and not _REPLACED.search(text)


def _content(line: Line) -> Content:
    mark, style = line.mark
    said = "$muted" if line.mark == FINE else style
    return Content.assemble((mark, style), " ", fit(line.name, ADDRESS_WIDTH), "  ", (line.said, said))
