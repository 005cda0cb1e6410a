"""Names that nobody chose (W1)."""

import secrets

_QUALITIES = (
    "amber brave bright calm clear copper coral crisp early fair gentle golden green happy keen light lively lucky"
    " mellow merry mild noble proud quick quiet rapid silver smooth steady sunny swift tidy warm wise"
).split()
_THINGS = (
    "anchor badger beacon birch bridge brook canyon cedar comet falcon fern forest harbor heron island lantern maple"
    " meadow orchard otter pebble pine prairie raven reef river sparrow spruce summit thicket valley willow"
).split()
_NUMBERS = 10_000


def readable_name() -> str:
    """A random name of a workspace or user that can be read aloud: `calm-harbor-4127`."""
    return f"{secrets.choice(_QUALITIES)}-{secrets.choice(_THINGS)}-{secrets.randbelow(_NUMBERS):04}"
