"""What a server says of itself before anybody signs in."""

from tui.domain.structs import Answer, OpenEnum


class Mode(OpenEnum):
    EMBEDDED = "embedded"
    SERVED = "served"


class Server(Answer, frozen=True):
    """`unavailable` has a sentence for each capability that is not in `capabilities`."""

    name: str
    version: str
    api: int
    mode: Mode
    sign_in: list[str]
    open_sign_up: bool
    needs_set_up: bool
    mail: bool
    capabilities: list[str]
    unavailable: dict[str, str]
