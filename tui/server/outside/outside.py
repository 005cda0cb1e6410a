"""What the service has to do with the world outside: a mail server and GitHub, where it has them."""

from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from typing import NamedTuple

from tui.server.outside.github import Github, GithubApp
from tui.server.outside.mail import Mailer, MailServer


class Outside(NamedTuple):
    """None for what the service does without."""

    mail: Mailer | None = None
    github: Github | None = None


@contextmanager
def reached(mail: MailServer | None, github: GithubApp | None) -> Generator[Outside]:
    """What is outside, for as long as a block lasts. Raises `Failure("github_address_invalid")`."""
    with ExitStack() as opened:
        reach = Outside(Mailer(mail) if mail else None, Github(github) if github else None)
        for each in reach:
            if each is not None:
                opened.callback(each.close)
        yield reach
