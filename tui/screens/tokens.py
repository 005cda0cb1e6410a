"""The tokens of the workspace: one's own, and everybody's for who may see them (T3, T4)."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, ClassVar

from msgspec.structs import replace
from textual import work
from textual.app import ComposeResult
from textual.widgets import Static

from tui.acts.refusal import Reason
from tui.acts.secrets import FORGET
from tui.context import token_secrets
from tui.context.context import Context
from tui.dialogs.filter import Chosen, FilterGroup, FilterOption
from tui.domain.acts import ActId
from tui.domain.errors import Failure
from tui.domain.queries import ListQuery, Page, Place
from tui.domain.tokens import Token, TokenStatus
from tui.lists.column import Cell, Column
from tui.lists.tokens import columns
from tui.screens.listing import Listing
from tui.screens.messages import PanelAsked
from tui.screens.sections import TOKENS
from tui.screens.states import Nothing
from tui.screens.token import TokenPanel
from tui.widgets.table_lines import RowLook
from tui.widgets.tones import toned

ME, ALL = "me", "all"
UNUSED, EXPIRING = (30, 90), (7, 30)
"""Days that a list can be filtered by."""

NOT_EXPIRED = (TokenStatus.ACTIVE, TokenStatus.DISABLED)


class TokensScreen(Listing[Token]):
    CSS_PATH: ClassVar = ["shell.tcss", "listing.tcss", "tokens.tcss"]
    SECTION = TOKENS
    NOUN = ("token", "tokens")
    FIRST_QUERY = ListQuery(sort="created_at", descending=True, filters={"member": (ME,)})
    EMPTY = Nothing("You have no tokens in this workspace.", ActId.TOKENS_CREATE, "New token")
    ACTS = (
        ActId.TOKENS_RENAME,
        ActId.TOKENS_SET_STATUS,
        ActId.TOKENS_ROTATE,
        ActId.TOKENS_DELETE,
        ActId.TOKENS_CREATE,
        ActId.SECRETS_FORGET,
    )
    BULK = frozenset({ActId.TOKENS_SET_STATUS, ActId.TOKENS_DELETE})
    FOOTER: ClassVar = (
        "table.activate",
        ActId.TOKENS_CREATE,
        ActId.TOKENS_SET_STATUS,
        ActId.TOKENS_ROTATE,
        ActId.TOKENS_DELETE,
        "list.mark",
        "list.menu",
        "app.help",
        "list.filter",
    )

    def __init__(self, context: Context) -> None:
        self._held: set[str] = set()
        self._unknown: list[str] = []
        super().__init__(context)
        self._asked_at = self.now()

    def body(self) -> ComposeResult:
        yield from super().body()
        yield Static(id="unknown")

    def on_mount(self) -> None:
        super().on_mount()
        self._look_what_is_held()

    def columns(self) -> Sequence[Column[Token]]:
        return columns(self._held)

    def look(self) -> RowLook[Token]:
        return RowLook(dimmed=lambda token: token.status != TokenStatus.ACTIVE)

    # Reading

    async def read(self, query: ListQuery, place: Place) -> Page[Token]:
        asked = replace(query, filters=self._wire_filters(query.filters))
        return await self.context.backend.tokens.list(self.context.workspace.id, asked, place)

    def ask_for(self, query: ListQuery) -> None:
        """Ages are counted from the moment of asking: all pages of a list must be of one question."""
        self._asked_at = self.now()
        super().ask_for(query)

    def read_again(self) -> None:
        super().read_again()
        self._look_what_is_held()

    def _wire_filters(self, filters: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
        """The filters as the service knows them: days become moments, and what has expired expires no more."""
        asked = {id: values for id, values in filters.items() if id in ("member", "status")}
        for days in filters.get("unused", ()):
            asked["unused_since"] = ((self._asked_at - timedelta(days=int(days))).isoformat(),)
        for days in filters.get("expiring", ()):
            asked["expires_before"] = ((self._asked_at + timedelta(days=int(days))).isoformat(),)
            asked.setdefault("status", NOT_EXPIRED)
        return asked

    # Filters

    def filters(self) -> Sequence[FilterGroup]:
        whose = FilterGroup("member", "Member", [FilterOption(ME, "You"), FilterOption(ALL, "Everyone")], single=True)
        statuses = [FilterOption(status, status.capitalize()) for status in TokenStatus]
        return (
            *([whose] if self.context.allows(ActId.TOKENS_DELETE) else []),
            FilterGroup("status", "Status", statuses),
            FilterGroup("unused", "Unused for", _days(UNUSED), single=True),
            FilterGroup("expiring", "Expiring within", _days(EXPIRING), single=True),
        )

    def chosen_filters(self, chosen: Chosen) -> dict[str, tuple[str, ...]]:
        """The service shows one's own where nobody is named: everybody is named where nobody was chosen."""
        whose = ALL if "member" in chosen and not chosen["member"] else ME
        return {"member": (whose,), **super().chosen_filters(chosen)}

    # What this machine holds

    @work(group="held", exclusive=True)
    async def _look_what_is_held(self) -> None:
        try:
            held = await token_secrets.held(self.context)
            unknown = await token_secrets.unknown(self.context)
        except Failure:
            # The header says how the secret store is.
            return
        self._held.clear()
        self._held.update(held)
        self.table.repaint()
        self._unknown = sorted(unknown)
        self._show_unknown()

    def _show_unknown(self) -> None:
        line = self.query_one("#unknown", Static)
        line.display = bool(self._unknown)
        line.update(
            toned(Cell("Held on this machine, but not among your tokens on the server: ", "muted"))
            + toned(Cell(", ".join(self._unknown)))
            + toned(Cell(f". {FORGET.label}: {self.key_spoken('list.menu')}", "muted"))
        )

    def reason_against(self, act: ActId, targets: Sequence[Any]) -> Reason | None:
        if act == FORGET.id and not self._unknown:
            return Reason("not_found", FORGET.nothing)
        return super().reason_against(act, targets)

    def row_activated(self, row: Token) -> None:
        self.post_message(PanelAsked(TokenPanel(self.context, row)))


def _days(choices: Sequence[int]) -> list[FilterOption]:
    return [FilterOption(str(days), f"{days} days") for days in choices]
