"""Activating a workspace for the first time: what is made on this machine, before it is made (P4)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from textual.widget import Widget

from tui.dialogs.dialog import Dialog, labelled, sentence


@dataclass(frozen=True)
class ActivationFacts:
    """A sentence each: which profile, which token, where its secret goes, what `modal` uses then.

    Where no token is made, `advice` is what a person can do about it.
    """

    workspace: str
    profile: str
    token: str
    modal: str
    secret: str = ""
    advice: str = ""


class ActivateFirst(Dialog[Literal[True]]):
    """True to go on. The focus is on the main button: nothing is lost by it."""

    AUTO_FOCUS = "#confirm"

    def __init__(self, facts: ActivationFacts) -> None:
        super().__init__(f"Activate {facts.workspace}", "Activate")
        self._facts = facts

    def body(self) -> Iterator[Widget]:
        facts = self._facts
        yield sentence(f"{facts.workspace} becomes your active workspace, here and for the command modal.")
        yield labelled("Profile", facts.profile)
        yield labelled("Token", facts.token)
        if facts.secret:
            yield labelled("Secret", facts.secret)
        yield labelled("modal", facts.modal)
        if facts.advice:
            yield labelled("To do", facts.advice)

    def answer(self) -> None:
        self.close(True)
