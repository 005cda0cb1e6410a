"""Joining by an invite: its link or code, then what it offers, then Join (I3)."""

from collections.abc import Awaitable, Callable, Iterator
from typing import ClassVar

from textual import on
from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import Input

from tui.dialogs.dialog import ASKING, labelled, sentence
from tui.dialogs.form import Form, field_row
from tui.domain.invites import Offer
from tui.lists.time import moment
from tui.widgets.field import Field
from tui.widgets.keys_row import KeyHint

LOOK, JOIN = "Look it up", "Join"

Find = Callable[[str], Awaitable[Offer | str]]
"""What a link or code offers, or why it offers nothing, as a sentence."""


class AcceptInvite(Form[str]):
    """The link or code of an invite that the person has seen and wants. It is never shown."""

    CSS_PATH: ClassVar = ["dialog.tcss", "accept_invite.tcss"]

    def __init__(self, find: Find) -> None:
        super().__init__("Accept an invite", LOOK, ready=False)
        self._find = find
        self._offer: Offer | None = None
        self._field = Field(placeholder="paste it here, or its code")
        self._field.password = True

    def body(self) -> Iterator[Widget]:
        yield field_row("Link", self._field)
        yield Vertical(sentence("You see what it offers before you join.", "-muted"), id="offer")

    def answer(self) -> None:
        if self._offer:
            self.close(self._field.value)
        else:
            self.run_worker(self._look_up(), exclusive=True)

    async def _look_up(self) -> None:
        """The field stays as it is while the server is asked: what is then shown is what was asked about."""
        found = await self.asked(ASKING, self._find(self._field.value))
        if isinstance(found, str):
            self.say(found)
            self._field.focus()
            return
        self._offer = found
        await self._show(*_offered(found))
        self.relabel(JOIN)
        self.query_one("#confirm").focus()

    async def _show(self, *widgets: Widget) -> None:
        offer = self.query_one("#offer")
        await offer.remove_children()
        await offer.mount(*widgets)

    @on(Input.Changed)
    async def _typed(self, event: Input.Changed) -> None:
        self.say("")
        self.ready(bool(event.value.strip()))
        if self._offer:
            self._offer = None
            await self._show()
            self.relabel(LOOK)

    def keys(self) -> list[KeyHint]:
        return [KeyHint("Tab", "Next"), KeyHint("Enter", "Go on"), KeyHint("Esc", self.CANCEL)]


def _offered(offer: Offer) -> Iterator[Widget]:
    yield labelled("Workspace", offer.workspace_name)
    yield labelled("Role", offer.role.capitalize())
    yield labelled("Invited by", offer.inviter_name)
    if offer.email:
        yield labelled("For", offer.email)
    yield labelled("Expires", moment(offer.expires_at))
