"""What is always there: workspace and connection above, sections, counts and keys below."""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen

from tui.acts.refusal import refusal
from tui.screens.connection import Connection
from tui.screens.keys import ACT_KEYS, BETWEEN, CURSOR, EVERYWHERE, LOCALS, local_binding, spoken
from tui.screens.messages import BackAsked, HelpAsked, KeyAsked, LeaveAsked, PaletteAsked, SectionAsked, WorkspacesAsked
from tui.screens.sections import SECTIONS, Section, beside
from tui.widgets.closing import Closing
from tui.widgets.header import Header, HeaderFacts, SectionTab
from tui.widgets.keys_row import KeyHint, KeysRow
from tui.widgets.status_row import StatusRow
from tui.widgets.too_small import TooSmall

if TYPE_CHECKING:
    # It knows the person, the workspace and the server; before the first frame nobody knows them.
    from tui.context.context import Context

READING = Connection("reading")

_MOVING = frozenset(local.id for local in (*CURSOR, *BETWEEN))


class Shell(Closing, Screen[None]):
    """A place in the app. It is told where the person stands and how the server does; it posts what is wanted."""

    BINDINGS: ClassVar[list[BindingType]] = [local_binding(local) for local in (*EVERYWHERE, *BETWEEN)]
    CSS_PATH: ClassVar = ["shell.tcss"]
    AUTO_FOCUS = ""
    SECTION: ClassVar[Section]
    FOOTER: ClassVar[tuple[str, ...]] = ()
    """The ids whose keys stand in the last row, in their order."""
    NEVER_EARLY: ClassVar[Collection[str]] = frozenset(local.id for local in (*EVERYWHERE, *BETWEEN))
    """The ids whose keys work while something is being read."""
    WORDS: ClassVar[dict[str, str]] = {}
    """The words beside keys that mean something of their own here, by id."""

    def __init__(self, context: "Context | None") -> None:
        super().__init__()
        self._here = context
        self._connection = READING
        self.header = Header()
        self.status = StatusRow()
        self.keys = KeysRow(can_focus=True)

    def compose(self) -> ComposeResult:
        yield self.header
        yield from self.body()
        yield self.status
        yield self.keys
        yield TooSmall()

    def body(self) -> ComposeResult:
        """What stands between the sections and the counts."""
        raise NotImplementedError

    def on_mount(self) -> None:
        self._show_header()
        self.bindings_updated_signal.subscribe(self, self._show_keys)

    def on_resize(self) -> None:
        self.query_one(TooSmall).fit()

    # What the app says

    def stand(self, context: "Context") -> None:
        """The same place in a newer state: another role, other counts, another name."""
        self._here = context
        self._show_header()
        self.refresh_bindings()

    def connected(self, connection: Connection) -> None:
        """How things stand with the server."""
        self._connection = connection
        self._show_header()

    def say(self, text: str, *, failed: bool = False) -> None:
        """Put the last message beside the counts; an empty one takes it away."""
        self.status.say(text, "danger" if failed else "text")

    def has_room_for(self, text: str) -> bool:
        """Whether a message fits in its line."""
        return len(text) <= self.size.width - 2

    def read_again(self) -> None:
        """Read everything shown here again."""

    @property
    def is_reading(self) -> bool:
        """Whether what most keys are for is not here yet."""
        return False

    @property
    def is_awaiting(self) -> bool:
        """Whether what was asked for last is still on its way."""
        return self.is_reading

    @property
    def has_nothing(self) -> bool:
        """Whether nothing that the server has is shown here so far."""
        return False

    def is_early(self, key: str) -> bool:
        """Whether a key is meant for what is still being read."""
        if not self.is_reading or self.keys.has_focus:
            return False
        bound = self.active_bindings.get(key)
        return bound is None or bound.binding.id not in self.NEVER_EARLY

    @staticmethod
    def now() -> datetime:
        """The present moment, which ages are counted from."""
        return datetime.now(UTC)

    # What is shown

    def hints(self) -> Sequence[KeyHint]:
        """The keys that work here now, for the last row."""
        return self.hints_of(self.FOOTER)

    def hints_of(self, ids: Sequence[str]) -> list[KeyHint]:
        """Those of these that have a key here, each with its word."""
        keys = self.keys_by_id()
        return [self.hint(id, keys[id][0]) for id in ids if id in keys]

    def more_hints(self) -> Sequence[KeyHint]:
        """The other keys that work here now, but for those that move the cursor; the sections come last."""
        shown = {hint.key for hint in self.hints()}
        ids = [id for id in self.keys_by_id() if id in ACT_KEYS or (id in LOCALS and id not in _MOVING)]
        hints = self.hints_of(sorted(ids, key=lambda id: id.startswith("section.")))
        return [hint for hint in hints if hint.key not in shown]

    def hint(self, id: str, key: str) -> KeyHint:
        """A key with the word for what it does here."""
        return KeyHint(key, self.WORDS.get(id) or LOCALS[id].word or LOCALS[id].label)

    def keys_by_id(self) -> dict[str, list[str]]:
        """The keys that work here and now, as people call them, by what they do."""
        keys: dict[str, list[str]] = {}
        for key, bound in self.active_bindings.items():
            if bound.binding.id:
                keys.setdefault(bound.binding.id, []).append(spoken(key))
        return keys

    def key_spoken(self, id: str) -> str:
        """The key that something has here and now; empty where it has none."""
        return next(iter(self.keys_by_id().get(id, ())), "")

    def _show_keys(self, screen: Screen[object]) -> None:
        """The last row, whenever the keys have changed."""
        if screen is self:
            self.keys.show(self.hints(), self.more_hints())

    def _show_header(self) -> None:
        tabs = [SectionTab(section.number, section.title, not self._lacks(section)) for section in SECTIONS]
        self.header.show(self._facts())
        self.header.show_sections(tabs, self.SECTION.number)

    def _facts(self) -> HeaderFacts:
        context, connection = self._here, self._connection
        if connection.state == "online" and self.is_awaiting:
            connection = READING
        word, since = connection.words(self.now())
        is_old = connection.state == "away" and not self.has_nothing
        kept = context.keeper.seen if context else None
        return HeaderFacts(
            workspace=context.title if context else "workspaces",
            role=context.workspace.role if context else None,
            server=context.place if context else "",
            connection=word,
            since=since,
            tone=connection.tone,
            secrets=kept.words if kept else "",
            shown=": showing what was there" if is_old else "",
        )

    def _lacks(self, section: Section) -> bool:
        context = self._here
        if section.needs is None or context is None:
            return False
        return refusal(section.needs, context.backend.capabilities, context.workspace) is not None

    # What is wanted

    def action_section(self, number: int) -> None:
        self.post_message(SectionAsked(number))

    def action_section_beside(self, step: int) -> None:
        self.post_message(SectionAsked(beside(self.SECTION.number, step)))

    def action_choose_workspace(self) -> None:
        self.post_message(WorkspacesAsked())

    def action_palette(self) -> None:
        self.post_message(PaletteAsked())

    def action_help(self) -> None:
        self.post_message(HelpAsked())

    def action_read_again(self) -> None:
        self.read_again()

    def action_back(self) -> None:
        if self.keys.has_focus:
            self.focus_rows()
        else:
            self.post_message(BackAsked())

    def focus_rows(self) -> None:
        """Gives the focus back to what most keys are for."""
        self.set_focus(None)

    def action_leave_app(self) -> None:
        self.post_message(LeaveAsked())

    @on(KeysRow.Pressed)
    def _key_pressed(self, event: KeysRow.Pressed) -> None:
        """A key of the last row does what it does where most keys are for."""
        if self.keys.has_focus:
            self.focus_rows()
        key = next((key for key in self.active_bindings if spoken(key) == event.key), None)
        if key:
            self.post_message(KeyAsked(key))

    @on(Header.SectionChosen)
    def _section_chosen(self, event: Header.SectionChosen) -> None:
        self.action_section(event.number)

    @on(Header.WorkspaceClicked)
    def _workspace_clicked(self) -> None:
        self.action_choose_workspace()
