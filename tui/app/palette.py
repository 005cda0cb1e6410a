"""The palette: every act by name, refused ones with their reason, and what else the app can do."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import NamedTuple

from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.markup import escape
from textual.widgets import Input

from tui.acts.registry import ACTS
from tui.domain.acts import ActId
from tui.lists.text import harmless
from tui.screens import messages
from tui.screens.acting import TARGETLESS, Acting
from tui.screens.sections import SECTIONS, Section

Homes = Mapping[ActId, Section]
"""The section in which each act has its rows."""

ALSO: Mapping[ActId, str] = {
    ActId.WORKSPACES_CREATE: "create make add organization team",
    ActId.WORKSPACES_LEAVE: "quit exit",
    ActId.WORKSPACES_ACTIVATE: "use switch",
    ActId.MEMBERS_SET_ROLE: "promote demote make owner manager permission",
    ActId.MEMBERS_SET_STATUS: "block suspend lock restore",
    ActId.MEMBERS_REMOVE: "delete kick member",
    ActId.MEMBERS_HAND_OVER: "transfer ownership step down give",
    ActId.INVITES_SEND: "add new member email",
    ActId.INVITES_LINK: "share url create",
    ActId.INVITES_RESEND: "resend invite remind",
    ActId.INVITES_REVOKE: "cancel withdraw delete",
    ActId.INVITES_ACCEPT: "join code link",
    ActId.TOKENS_CREATE: "create make key secret",
    ActId.TOKENS_SET_STATUS: "block suspend",
    ActId.TOKENS_ROTATE: "renew regenerate replace new secret",
    ActId.TOKENS_DELETE: "remove revoke",
    ActId.SETTINGS_SET: "settings github",
    ActId.ACCOUNT_SET: "username profile change",
    ActId.ACCOUNT_CONFIRM_EMAIL: "prove verify confirm",
    ActId.ACCOUNT_LINK_GITHUB: "connect",
    ActId.ACCOUNT_UNLINK_GITHUB: "disconnect",
    ActId.SESSIONS_END: "sign out log logout",
    ActId.SESSIONS_END_OTHERS: "sign out everywhere log logout",
    ActId.PROFILES_REMOVE: "delete",
    ActId.SECRETS_FORGET: "delete remove token keyring clean",
}
"""What people also call an act, beside the words of its label."""

BY_OTHER_WORD = 0.5
"""The score of what was found by a word that is not seen: it comes after what was found by its label."""

HERE = 2
"""How much more an act counts that can be done where one stands."""


class Entry(NamedTuple):
    """A line of the palette; `help` stands under it."""

    label: str
    help: str
    choose: Callable[[], object]
    also: str = ""
    is_here: bool = False


class Palette(CommandPalette):
    """Textual's own, but that nothing blinks: each blink would go over a slow line."""

    def on_mount(self) -> None:
        self.query_one(Input).cursor_blink = False


def palette(entries: list[Entry]) -> CommandPalette:
    """The palette of these entries, in their order while nothing is typed."""

    class Entries(Provider):
        async def discover(self) -> Hits:
            for entry in entries:
                yield DiscoveryHit(entry.label, entry.choose, help=escape(harmless(entry.help)))

        async def search(self, query: str) -> Hits:
            matcher = self.matcher(query)
            for entry in entries:
                if score := matcher.match(entry.label) or _by_other_word(entry, query):
                    score *= HERE if entry.is_here else 1
                    yield Hit(score, matcher.highlight(entry.label), entry.choose, help=escape(harmless(entry.help)))

    return Palette(providers=[Entries], placeholder="What would you like to do?")


def _by_other_word(entry: Entry, query: str) -> float:
    return BY_OTHER_WORD if f" {query.casefold()}" in f" {entry.also}" else 0


def act_entries(screen: Acting, homes: Homes) -> Iterator[Entry]:
    """Every act once, those of this screen first: on its rows, or in the section that has its rows."""
    for id in dict.fromkeys((*screen.ACTS, *ACTS)):
        act, also = ACTS[id], ALSO.get(id, "")
        if id in screen.ACTS or id in TARGETLESS:
            targets = screen.present_targets(id)
            reason = screen.reason_against(id, targets)
            about = f"{screen.key_spoken(id) or 'm'}  {screen.subject(targets)}".rstrip() if id in screen.ACTS else ""
            yield Entry(act.label, reason.sentence if reason else about, _asking(screen, id), also, is_here=True)
        elif id in homes:
            yield Entry(act.label, f"Choose a row in section {homes[id].title} first.", _going(screen, homes[id]), also)
        else:
            command = f"On the command line: workspaces {id.replace('.', ' ')}."
            yield Entry(act.label, command, partial(screen.say, f"{act.label}. {command}"), also)


def section_entries(screen: Acting) -> Iterator[Entry]:
    """The sections that there are."""
    for section in SECTIONS:
        yield Entry(f"Go to {section.title}", f"{section.number}", _going(screen, section))


def _asking(screen: Acting, act: ActId) -> Callable[[], object]:
    return lambda: screen.post_message(messages.ActAsked(screen, act))


def _going(screen: Acting, section: Section) -> Callable[[], object]:
    return lambda: screen.post_message(messages.SectionAsked(section.number))
