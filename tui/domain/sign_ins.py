"""Signing in without a password: by approval, GitHub or mail (S4)."""

from datetime import datetime
from typing import Literal

from tui.domain.structs import Answer, Ask
from tui.domain.users import DeviceAsk


class SignInAsk(Ask, frozen=True):
    method: Literal["approve", "github", "email"]
    device: DeviceAsk
    email: str | None = None


class SignIn(Answer, frozen=True):
    """A sign-in that waits to be approved; polled with its secret every `interval` seconds.

    `poll_secret` is null in a repeat that comes when it waits no longer.
    """

    id: str
    method: str
    poll_secret: str | None
    user_code: str | None
    verification_uri: str | None
    interval: int
    expires_at: datetime


class PollAsk(Ask, frozen=True):
    poll_secret: str
    code: str | None = None


class Pending(Answer, frozen=True):
    status: str
    interval: int
