"""The palette: every act by name, refused ones with their reason, and what else the app can do."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import NamedTuple

from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider

from tui.acts.registry import ACTS
from tui.domain.acts import ActId
from tui.screens import messages
from tui.screens.acting import TARGETLESS, Acting
from tui.screens.sections import SECTIONS, Section

Homes = Mapping[ActId, Section]
"""The section in which each act has its rows."""


class Entry(NamedTuple):
    """A line of the palette; `help` stands under it."""

    label: str
    help: str
    choose: Callable[[], object]


def palette(entries: list[Entry]) -> CommandPalette:
    """The palette of these entries, in their order while nothing is typed."""

    class Entries(Provider):
        async def discover(self) -> Hits:
            for entry in entries:
                yield DiscoveryHit(entry.label, entry.choose, help=entry.help)

        async def search(self, query: str) -> Hits:
            matcher = self.matcher(query)
            for entry in entries:
                if (score := matcher.match(entry.label)) > 0:
                    yield Hit(score, matcher.highlight(entry.label), entry.choose, help=entry.help)

    return CommandPalette(providers=[Entries], placeholder="What would you like to do?")


def act_entries(screen: Acting, homes: Homes) -> Iterator[Entry]:
    """Every act: on the rows of this screen, or in the section that has its rows."""
    for id, act in ACTS.items():
        if id in screen.ACTS or id in TARGETLESS:
            targets = screen.present_targets(id)
            reason = screen.reason_against(id, targets)
            about = f"{screen.key_spoken(id) or 'm'}  {screen.subject(targets)}".rstrip() if id in screen.ACTS else ""
            yield Entry(act.label, reason.sentence if reason else about, _asking(screen, id))
        elif id in homes:
            yield Entry(act.label, f"Choose a row in section {homes[id].title} first.", _going(screen, homes[id]))
        else:
            command = f"On the command line: workspaces {id.replace('.', ' ')}."
            yield Entry(act.label, command, partial(screen.say, f"{act.label}. {command}"))


def section_entries(screen: Acting) -> Iterator[Entry]:
    """The sections that there are."""
    for section in SECTIONS:
        yield Entry(f"Go to {section.title}", f"{section.number}", _going(screen, section))


def _asking(screen: Acting, act: ActId) -> Callable[[], object]:
    return lambda: screen.post_message(messages.ActAsked(screen, act))


def _going(screen: Acting, section: Section) -> Callable[[], object]:
    return lambda: screen.post_message(messages.SectionAsked(section.number))
