"""The screen of each section, and which section has the rows of each act."""

from collections.abc import Mapping

from tui.screens.account import AccountScreen
from tui.screens.acting import Acting
from tui.screens.activity import ActivityScreen
from tui.screens.invites import InvitesScreen
from tui.screens.members import MembersScreen
from tui.screens.sections import SECTIONS
from tui.screens.settings import SettingsScreen
from tui.screens.tokens import TokensScreen
from tui.screens.workspaces import WorkspacesScreen

SCREENS: Mapping[str, type[Acting]] = {
    "workspaces": WorkspacesScreen,
    "members": MembersScreen,
    "invites": InvitesScreen,
    "tokens": TokensScreen,
    "activity": ActivityScreen,
    "settings": SettingsScreen,
    "account": AccountScreen,
}
"""By the section's name."""

HOMES = {act: section for section in reversed(SECTIONS) for act in SCREENS[section.name].ACTS}
"""By the act's id; the first section of those that have it."""
