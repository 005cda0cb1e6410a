"""What the settings of a workspace show, a line each (W5)."""

from dataclasses import dataclass

from tui.domain.acts import ActId
from tui.domain.roles import Kind
from tui.domain.settings import Settings
from tui.domain.workspaces import Workspace
from tui.lists.column import Cell, Column
from tui.lists.workspaces import source_words

_KINDS = {
    Kind.PERSONAL: "Yours alone; it goes with your account.",
    Kind.SHARED: "It can have many members.",
}
AUTO_JOIN, HAND_OVER = "auto_join", "hand_over"


@dataclass(frozen=True)
class Setting:
    """One line. `act` changes it, where that can be done at all; `refusal` is why this person may not."""

    id: str
    name: str
    value: Cell
    meaning: str = ""
    act: ActId | None = None
    refusal: str = ""


def auto_join_words(workspace: Workspace, settings: Settings) -> str:
    """What the switch means, as one sentence."""
    org = workspace.github_org.login if workspace.github_org else "its organization"
    if settings.auto_join is None:
        return "Only workspaces from a GitHub organization have it."
    if settings.auto_join:
        return f"Members of {org} on GitHub can join by themselves."
    return "Nobody can join by themself; invites work."


def of_workspace(workspace: Workspace, settings: Settings) -> list[Setting]:
    """The settings of a workspace in their order, before anybody is refused anything."""
    on = {None: "-", True: "on", False: "off"}[settings.auto_join]
    return [
        Setting("name", "Name", Cell(workspace.name, "bright"), "Ids and profiles stay.", ActId.WORKSPACES_RENAME),
        Setting("id", "Id", Cell(workspace.id, "muted"), "Stands in addresses and profiles."),
        Setting("kind", "Kind", Cell(workspace.kind), _KINDS.get(workspace.kind, "")),
        Setting("source", "Source", Cell(source_words(workspace)), "Where it came from stays as it is."),
        Setting(
            AUTO_JOIN,
            "Auto-join",
            Cell(on, "ok" if settings.auto_join else "muted"),
            auto_join_words(workspace, settings),
            ActId.SETTINGS_SET,
        ),
        Setting(HAND_OVER, "Hand over", Cell(""), "Another member becomes Owner.", ActId.MEMBERS_HAND_OVER),
        Setting("leave", "Leave", Cell(""), "You give up your seat.", ActId.WORKSPACES_LEAVE),
        Setting("delete", "Delete", Cell(""), "It is gone for everybody.", ActId.WORKSPACES_DELETE),
    ]


SETTINGS: tuple[Column[Setting], ...] = (
    Column("name", "Setting", lambda setting, now: Cell(setting.name, "bright"), 11),
    Column("value", "Now", lambda setting, now: setting.value, 24, 10, 1),
    Column(
        "meaning", "What it means", lambda setting, now: Cell(setting.refusal or setting.meaning, "muted"), 36, 20, 3
    ),
)
