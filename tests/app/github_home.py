"""The home of `house`, whose service is connected to a GitHub that does what a test says."""

import random
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from unittest.mock import patch

import time_machine
from sqlalchemy import select

from tests.app.house import ME, NOW
from tests.server.outside.github_stand_in import CLIENT_ID, GithubStandIn, github_stand_in
from tui.backend.choosing import OpenEmbedded
from tui.backend.embedded import FILE_NAME, open_embedded
from tui.domain.github import GithubOrg
from tui.domain.roles import JoinedBy, Kind, Role
from tui.folders import Folders
from tui.server.outside.github import Github, GithubApp
from tui.server.outside.sealing import Seal
from tui.server.storage import github_users, members, tables, workspaces
from tui.server.storage.engine import Store
from tui.server.storage.github_users import Link
from tui.server.storage.times import micros

TOKEN = "gho_grace"
KEY = b"0" * 43 + b"="


@dataclass
class GithubHome:
    """`embedded` opens the service of the home; `cobol` is an organization of mine."""

    github: GithubStandIn
    embedded: OpenEmbedded
    me: int
    cobol: str


@contextmanager
def on_github(home: Path) -> Iterator[GithubHome]:
    """I own `tools`, and can join `compilers` and `linkers`; all are from the organization cobol."""
    with github_stand_in() as standing_in:
        me = standing_in.person("grace-holm")
        cobol = standing_in.organization("cobol", me)
        standing_in.tokens[TOKEN] = me
        with closing(Github(GithubApp(CLIENT_ID, standing_in.url, KEY))) as github:
            _fill(home, github.seal, str(me), GithubOrg(cobol, "cobol"))
            yield GithubHome(standing_in, partial(open_embedded, github=github), me, cobol)


def _fill(home: Path, seal: Seal, github_id: str, org: GithubOrg) -> None:
    then = time_machine.travel(NOW.replace(month=3), tick=False)
    choose = random.Random(8).choice  # noqa: S311  # ids of a test
    with then, patch("secrets.choice", choose), closing(_store(home)) as store, store.writing() as connection:
        username = tables.users.c.username
        ids = {row.username: row.id for row in connection.execute(select(username, tables.users.c.id))}
        assert github_users.link(connection, Link(ids[ME], github_id, ME, seal.closed(TOKEN)))
        for name, owners in {
            "compilers": ["ada-fern", "alan-moss", "barbara-lake", "dennis-rook"],
            "linkers": ["edsger-vale"],
            "tools": [ME],
        }.items():
            added = workspaces.add(connection, Kind.SHARED, name, micros(NOW.replace(month=3)), org)
            assert added
            for owner in owners:
                when = micros(NOW.replace(month=4))
                members.add(connection, added.pk, ids[owner], Role.OWNER, joined_by=JoinedBy.CREATED, now=when)


def _store(home: Path) -> Store:
    return Store.open(f"sqlite:///{Folders.within(home).data / FILE_NAME}")
