"""GitHub organizations, and the workspaces that come from them (W4, W5)."""

from tui.domain.structs import Answer


class GithubOrg(Answer, frozen=True):
    id: str
    login: str


class GithubOrgChoice(Answer, frozen=True):
    id: str
    login: str
    name: str


class GithubOrgs(Answer, frozen=True):
    items: list[GithubOrgChoice]


class Joinable(Answer, frozen=True):
    """A workspace that the caller may join; three of its Owners' usernames at most."""

    workspace_id: str
    name: str
    github_org: GithubOrg
    active_members: int
    owners: list[str]
