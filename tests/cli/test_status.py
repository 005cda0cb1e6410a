"""`workspaces status`."""

from tests.cli.driver import Shell


def test_status_says_who_and_where(acme: Shell) -> None:
    lines = acme.done("status").lines
    assert [line.split(":")[0] for line in lines] == ["Server", "User", "Signed in by", "Workspace", "Role"]
    assert lines[3:] == ["Workspace: acme (shared)", "Role: Owner"]
    assert set(acme.done("status --json").json) == {"user", "credential", "server"}
