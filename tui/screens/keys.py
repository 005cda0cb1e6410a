"""Which key does what, all on one page.

A Binding's id is the act's id, or the name given here to what is not an act; by that id a key is
remapped in `keys.toml`. A letter does the same everywhere, and no letter changes data.
"""

from collections.abc import Mapping
from typing import NamedTuple

from textual.binding import Binding

from tui.domain.acts import ActId
from tui.screens.sections import SECTIONS


class Local(NamedTuple):
    """Something that a screen does by itself: no act, nothing on the service."""

    id: str
    keys: str
    action: str
    label: str
    """What help calls it."""
    word: str = ""
    """The word beside its key in the last row."""


ACT_KEYS: Mapping[ActId, str] = {
    ActId.WORKSPACES_CREATE: "n",
    ActId.WORKSPACES_RENAME: "e",
    ActId.WORKSPACES_LEAVE: "x",
    ActId.MEMBERS_SET_ROLE: "r",
    ActId.MEMBERS_SET_STATUS: "d",
    ActId.MEMBERS_REMOVE: "x",
    ActId.INVITES_SEND: "n",
    ActId.INVITES_RESEND: "s",
    ActId.INVITES_REVOKE: "x",
    ActId.TOKENS_CREATE: "n",
    ActId.TOKENS_RENAME: "e",
    ActId.TOKENS_SET_STATUS: "d",
    ActId.TOKENS_ROTATE: "t",
    ActId.TOKENS_DELETE: "x",
    ActId.ACCOUNT_SET: "e",
}
"""Acts with a key of their own; the others are in the row's menu and the palette."""

EVERYWHERE = (
    *(Local(f"section.{each.number}", str(each.number), f"section({each.number})", each.title) for each in SECTIONS),
    Local("section.previous", "less_than_sign", "section_beside(-1)", "The section before"),
    Local("section.next", "greater_than_sign", "section_beside(1)", "The section after"),
    Local("workspace.choose", "w", "choose_workspace", "Go to another workspace", "Switch"),
    Local("app.palette", "ctrl+p,colon", "palette", "Palette: every act by name", "Palette"),
    Local("app.help", "question_mark", "help", "Help", "Help"),
    Local("app.read_again", "ctrl+r", "read_again", "Read again now", "Try again"),
    Local("app.back", "escape", "back", "Close the top thing, then back to the section before", "Back"),
    Local("app.quit", "q,ctrl+q", "leave_app", "Quit", "Quit"),
)
"""What works on every screen."""

ROWS = (
    Local("list.search", "slash", "search", "Search", "Search"),
    Local("list.filter", "f", "filter", "Filter", "Filter"),
    Local("list.sort", "o", "sort", "Sort; the same column again: the other way", "Sort"),
    Local("list.mark", "space", "mark", "Mark the row", "Mark"),
    Local("list.mark_to", "v", "mark_to", "Mark from the last mark to here"),
    Local("list.mark_all", "asterisk", "mark_all", "Mark all that match, 10,000 at most"),
    Local("list.menu", "m", "menu", "All that can be done with the row", "More"),
    Local("list.copy", "c", "copy", "Copy the row's name or id", "Copy"),
    Local("list.undo", "u", "undo", "Take back the last change of role or status", "Take back"),
)
"""What works on the rows of a list."""

CURSOR = (
    Local("table.up", "up,k", "move(-1)", "One row up"),
    Local("table.down", "down,j", "move(1)", "One row down"),
    Local("table.page_up", "pageup", "page(-1)", "One page up"),
    Local("table.page_down", "pagedown", "page(1)", "One page down"),
    Local("table.first", "home,g", "first", "First row of the whole list"),
    Local("table.last", "end,G", "last", "Last row of the whole list"),
    Local("table.left", "left,h", "columns(-1)", "Columns that do not fit, to the left"),
    Local("table.right", "right,l", "columns(1)", "Columns that do not fit, to the right"),
    Local("table.activate", "enter", "activate", "Open the row", "Open"),
)
"""How one moves in a table."""

BETWEEN = (
    Local("focus.next", "tab", "app.focus_next", "To the keys of the last row, the search, the rows"),
    Local("focus.previous", "shift+tab", "app.focus_previous", "The same the other way"),
)
"""How one gets to what Left, Right and Enter are for then."""

ACCOUNT = (Local("account.end", "x", "end", "End the session, or remove the profile", "End"),)
"""What works on the parts of an account: what fits the row."""

PANEL = (Local("panel.history", "enter", "history", "Its whole history", "History"),)
"""What works on a panel."""

LOCALS: Mapping[str, Local] = {local.id: local for local in (*EVERYWHERE, *ROWS, *CURSOR, *BETWEEN, *ACCOUNT, *PANEL)}

_NAMES = {
    "escape": "Esc", "pageup": "PgUp", "pagedown": "PgDn", "slash": "/", "question_mark": "?", "asterisk": "*",
    "colon": ":", "less_than_sign": "<", "greater_than_sign": ">",
}  # fmt: skip

_LATIN = "qwertyuiopasdfghjklzxcvbnm"
_CYRILLIC = "йцукенгшщзфывапролдячсмить"
_GREEK = " ςερτυθιοπασδφγηξκλζχψωβνμ"
_SAME_PLACE = {
    latin: f"{cyrillic}{greek}".replace(" ", "")
    for upper in (False, True)
    for latin, cyrillic, greek in zip(
        *(letters.upper() if upper else letters for letters in (_LATIN, _CYRILLIC, _GREEK)), strict=True
    )
}


def elsewhere(keys: str) -> str:
    """The keys, each letter followed by those that stand in its place on Cyrillic and Greek keyboards."""
    each = [key.strip() for key in keys.split(",")]
    return ",".join([*each, *(letter for key in each for letter in _SAME_PLACE.get(key, ""))])


def default_keys(id: str) -> str:
    """The keys of an act or of something local; empty where it has none."""
    if id in LOCALS:
        return LOCALS[id].keys
    return ACT_KEYS.get(ActId(id), "")


def act_binding(act: ActId, label: str) -> Binding:
    """The binding of an act that has a key of its own."""
    keys = elsewhere(ACT_KEYS[act])
    return Binding(keys, f"act('{act}')", label, id=act, show=False)


def local_binding(local: Local) -> Binding:
    """The binding of something that is no act."""
    return Binding(elsewhere(local.keys), local.action, local.label, id=local.id, show=False)


def spoken(key: str) -> str:
    """A key as people call it: `Esc`, `Ctrl+R`, `/`."""
    *modifiers, last = key.split("+")
    name = _NAMES.get(last, last if len(last) == 1 and not modifiers else last.capitalize())
    return "+".join([*(modifier.capitalize() for modifier in modifiers), name])
