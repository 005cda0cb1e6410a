"""The user's own keys: `keys.toml` in the settings folder, looked through before it is in force.

Textual loses the older of two bindings on one key, so a clash is found here and never handed on.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from textual.binding import Binding

from tui.screens.keys import ACT_KEYS, LOCALS, default_keys, elsewhere, spoken


class Keymap(NamedTuple):
    """The keys to put in force, by id, and a sentence for each that could not be."""

    keys: Mapping[str, str]
    complaints: Sequence[str]


def keymap(wanted: Mapping[str, str], screens: Sequence[Collection[str]]) -> Keymap:
    """The user's keys without those that clash; `screens` are the ids that stand together on each screen."""
    known = {id: keys for id, keys in wanted.items() if id in LOCALS or id in ACT_KEYS}
    complaints = [f"keys.toml: {id} has no key to change." for id in wanted if id not in known]
    while clash := next(_clashes(known, screens), None):
        id, other, key = clash
        complaints.append(f"keys.toml: {spoken(key)} of {id} is the key of {other} too; {id} keeps its own.")
        del known[id]
    return Keymap({id: elsewhere(keys) for id, keys in known.items()}, complaints)


def _clashes(wanted: Mapping[str, str], screens: Sequence[Collection[str]]) -> Iterator[tuple[str, str, str]]:
    """A wanted id, the other id, and the key that both would have on one screen."""
    keys = {id: _each(wanted.get(id) or default_keys(id)) for screen in screens for id in screen}
    for screen in screens:
        for one, other in combinations(screen, 2):
            shared = keys[one] & keys[other]
            moved = next((id for id in (other, one) if id in wanted), None)
            if shared and moved:
                yield moved, one if moved == other else other, min(shared)


def _each(keys: str) -> frozenset[str]:
    """The single keys of a binding, by the names that Textual gives them."""
    return frozenset(binding.key for binding in Binding.make_bindings([Binding(keys, "", "")])) if keys else frozenset()
