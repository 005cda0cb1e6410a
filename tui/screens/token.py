"""The panel of a token: every field, its acts, the latest activity."""

from collections.abc import Sequence
from typing import ClassVar

from textual import work

from tui.context import token_secrets
from tui.context.context import Context
from tui.context.tokens import find
from tui.domain.acts import ActId
from tui.domain.errors import Failure
from tui.domain.queries import ListQuery
from tui.domain.tokens import Token
from tui.lists.column import Cell
from tui.lists.time import moment
from tui.lists.tokens import status_cell
from tui.screens.panel import Field, Panel
from tui.screens.sections import TOKENS


class TokenPanel(Panel):
    SECTION = TOKENS
    ACTS = (ActId.TOKENS_RENAME, ActId.TOKENS_SET_STATUS, ActId.TOKENS_ROTATE, ActId.TOKENS_DELETE)
    FOOTER: ClassVar = (
        "panel.history",
        ActId.TOKENS_RENAME,
        ActId.TOKENS_SET_STATUS,
        ActId.TOKENS_ROTATE,
        ActId.TOKENS_DELETE,
        "list.menu",
        "app.back",
        "app.help",
        "list.copy",
    )
    WORDS: ClassVar = {"list.copy": "Copy id"}

    row: Token

    def __init__(self, context: Context, row: Token) -> None:
        super().__init__(context, row)
        self._held = ""

    def on_mount(self) -> None:
        super().on_mount()
        self._look_what_is_held()

    def fields(self) -> Sequence[Field]:
        token = self.row
        return (
            Field("Name", Cell(token.name)),
            Field("Id", Cell(token.id, "muted")),
            Field("Member", Cell(token.username)),
            Field("Status", status_cell(token)),
            Field("", Cell(f"by {token.disabled_by}" if token.disabled_by else "", "muted")),
            Field("Last used", Cell(moment(token.last_used_at))),
            Field("Expires", Cell(moment(token.expires_at))),
            Field("Created", Cell(moment(token.created_at))),
            Field("Secret", Cell(self._held, "muted")),
        )

    async def read(self) -> Token:
        return await find(self.context, self.row.id)

    def read_again(self) -> None:
        super().read_again()
        self._look_what_is_held()

    @work(group="held", exclusive=True)
    async def _look_what_is_held(self) -> None:
        try:
            is_held = self.row.id in await token_secrets.held(self.context)
        except Failure as failure:
            self._held = failure.detail
        else:
            self._held = "on this machine" if is_held else "not on this machine"
        self._show_row()

    def history(self) -> ListQuery:
        return ListQuery(filters={"target": (self.row.id,)})
