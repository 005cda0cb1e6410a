"""The workspace selector: a few letters find one of thousands."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.widgets import Input

from tui.widgets.choices import Choice, Choices
from tui.widgets.field import Field
from tui.widgets.overlay import FRAME, Overlay

ALL_WORKSPACES: Final = "all"
"""The answer that leads to the list of all; no workspace can be called so (W2)."""

HERE = "●"
MOST_SHOWN = 200
WIDTH = 60
HEIGHT = 14


@dataclass(frozen=True)
class WorkspaceChoice:
    """A workspace with the person's role there; one with a `reason` cannot be opened."""

    id: str
    name: str
    role: str
    note: str = ""
    current: bool = False
    reason: str = ""


class ChooseWorkspace(Overlay[str]):
    """The id of a workspace, or ALL_WORKSPACES."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move('cursor_up')", "Up", show=False),
        Binding("down", "move('cursor_down')", "Down", show=False),
        Binding("pageup", "move('page_up')", "Page up", show=False),
        Binding("pagedown", "move('page_down')", "Page down", show=False),
    ]

    def __init__(self, choices: Sequence[WorkspaceChoice], near: Region | None = None) -> None:
        super().__init__(near or Region(0, 0, 0, 1), "Workspace")
        self._workspaces = choices
        self._choices = Choices(room=WIDTH - FRAME)
        self._choices.can_focus = False

    def compose(self) -> ComposeResult:
        yield Field(placeholder="Some letters of its name")
        yield self._choices

    def on_mount(self) -> None:
        here = next((choice.id for choice in self._workspaces if choice.current), None)
        self._choices.show(self._lines(""), here)

    def wanted(self) -> Size:
        return Size(WIDTH, min(len(self._workspaces) + 2, HEIGHT))

    def action_move(self, way: str) -> None:
        """The cursor moves in the list while one types."""
        getattr(self._choices, f"action_{way}")()

    @on(Input.Changed)
    def _find(self, event: Input.Changed) -> None:
        self._choices.show(self._lines(event.value.strip().lower()))

    @on(Input.Submitted)
    def _choose(self) -> None:
        self._choices.action_select()

    @on(Choices.Chosen)
    def _chosen(self, event: Choices.Chosen) -> None:
        self.close(event.id)

    def _lines(self, typed: str) -> list[Choice]:
        found = _ranked(typed, self._workspaces)
        lines = [_line(workspace) for workspace in found[:MOST_SHOWN]]
        if more := len(found) - len(lines):
            lines.append(Choice("", f"{more:,} more: type some letters", heading=True))
        return [*lines, Choice(ALL_WORKSPACES, "All workspaces", mark=" ")]


def _line(workspace: WorkspaceChoice) -> Choice:
    note = f"{workspace.role}  {workspace.note}".rstrip()
    return Choice(workspace.id, workspace.name, note, workspace.reason, mark=HERE if workspace.current else " ")


def _ranked(typed: str, workspaces: Sequence[WorkspaceChoice]) -> list[WorkspaceChoice]:
    """Those whose name has the typed letters in this order, the closest first.

    Textual's own fuzzy search tries all ways to place the letters; a name can be made to have millions.
    """
    if not typed:
        return list(workspaces)
    ranked = [(rank, workspace) for workspace in workspaces if (rank := _distance(typed, workspace.name)) is not None]
    return [workspace for _, workspace in sorted(ranked, key=lambda pair: pair[0])]


def _distance(typed: str, name: str) -> tuple[int, int] | None:
    """How far a name is from what was typed: together and near the start is close; None is not at all."""
    if (start := name.find(typed)) >= 0:
        return 0, start
    at = -1
    for letter in typed:
        if (at := name.find(letter, at + 1)) < 0:
            return None
    return 1, at
