"""A workspace's settings (W5)."""

from tui.domain.structs import Answer, Ask


class Settings(Answer, frozen=True):
    """`auto_join` is null where the workspace is not from GitHub; `version` is the workspace's."""

    auto_join: bool | None
    version: int


class SettingsPatch(Ask, frozen=True):
    auto_join: bool
