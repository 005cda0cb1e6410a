"""`workspaces sessions`."""

from tests.cli.driver import Shell


def test_S3_sessions_are_listed(shell: Shell) -> None:
    sessions = shell.done("sessions --json").json["items"]
    listed = shell.done("sessions list --json").json["items"]  # every program has a session of its own
    assert [each["current"] for each in sessions] == [each["current"] for each in listed] == [True]


def test_S3_ended_sessions_are_refused_at_the_next_call(acme: Shell) -> None:
    ulla = acme.seats("acme", ulla="user")["ulla"]
    own = ulla.welcome["session"]["id"]
    ran = acme(f"sessions end {own} se-00000000000000000000 --yes --json", by=ulla)
    assert ran.code == 5
    assert [(each["problem"] or {}).get("code") for each in ran.json["results"]] == [None, "not_found"]
    refused = acme("status", by=ulla)
    assert refused.code == 3
    assert refused.err.endswith("(unauthenticated)\n")


def test_S3_all_others_end_at_once(acme: Shell) -> None:
    ulla = acme.seats("acme", ulla="user")["ulla"]
    assert acme("sessions end --others", by=ulla).code == 2
    assert acme.done("sessions end --others --yes", by=ulla).lines == ["0 other sessions have ended."]
    assert acme.done("sessions end --others --yes --json", by=ulla).json == {"ended": 0}


def test_sessions_end_needs_ids_or_others(shell: Shell) -> None:
    assert shell("sessions end --yes").code == 2
    assert shell("sessions end se-00000000000000000000 --others --yes").code == 2
