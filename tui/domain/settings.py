"""A workspace's settings (W5), and the GitHub organizations that workspaces come from."""

from tui.domain.structs import Answer, Ask
from tui.domain.workspaces import GithubOrg


class Settings(Answer, frozen=True):
    """`auto_join` is null where the workspace is not from GitHub; `version` is the workspace's."""

    auto_join: bool | None
    version: int


class SettingsPatch(Ask, frozen=True):
    auto_join: bool


class Joinable(Answer, frozen=True):
    """A workspace that the caller may join; three of its Owners' usernames at most."""

    workspace_id: str
    name: str
    github_org: GithubOrg
    active_members: int
    owners: list[str]


class GithubOrgChoice(Answer, frozen=True):
    id: str
    login: str
    name: str


class GithubOrgs(Answer, frozen=True):
    items: list[GithubOrgChoice]
