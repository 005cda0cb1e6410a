"""`workspaces profiles`, `secrets` and `exec`, beside a real keyring and the official command (P1-P4, T6)."""

import os
import stat
from pathlib import Path

import pytest

from tests.cli.driver import Shell
from tests.profiles.official import Official
from tests.secret_stores.secret_service import Session
from tui.backend.addresses import EMBEDDED
from tui.context.remembering import remember_insecure
from tui.profiles.file import ProfileFile
from tui.profiles.profile import Profile
from tui.secret_stores.secret_service import NOT_RUNNING

PRINT = ("sh", "-c", "env | grep -E '^(MODAL|WORKSPACES)_' | sort")
AWAY = Profile("away", "http://127.0.0.1:9", "ac-1", "ak-1")
CLOUD = '[cloud]\ntoken_id = "ak-modal"\ntoken_secret = "as-modal"\n'


@pytest.fixture
def desktop(unlocked: Session, monkeypatch: pytest.MonkeyPatch) -> Session:
    """A keyring that is used."""
    monkeypatch.delenv("WORKSPACES_SECRETS")
    return unlocked


@pytest.fixture
def kept(desktop: Session, acme: Shell, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """A shell whose workspace `labs` is active, with a token in the keyring; the profile `acme` has none."""
    with monkeypatch.context() as before:
        before.setenv("WORKSPACES_SECRETS", "memory")
        acme.done("activate acme")
    acme.done("create labs")
    acme.done("activate labs")
    return acme


def service(shell: Shell) -> str:
    return f"Workspaces embedded {(shell.home / 'data' / 'installation').read_text()}"


def token_of(config: Path, name: str) -> str:
    return next(str(each.token_id) for each in ProfileFile(config).list() if each.name == name)


def test_P4_activate_says_where_the_secret_goes(desktop: Session, acme: Shell) -> None:
    acme.done("create labs")
    ran = acme.done("activate labs")
    assert ran.err == "Its profile is labs, with a new token whose secret goes to Secret Service.\n"
    assert ran.lines[0] == "labs is active."


def test_P2_the_official_command_and_ours_agree(kept: Shell, config: Path, official: Official) -> None:
    assert kept.done("profiles current").out == official.run(config, "current") == "labs\n"
    assert kept.done("profiles activate acme").lines == [
        "acme is the active profile.",
        "To take it back: workspaces profiles activate labs",
    ]
    assert official.run(config, "current") == "acme\n"
    assert kept.done("status --json").code == 0
    assert "Workspace: acme (shared)" in kept.done("status").out
    official.run(config, "activate", "labs")
    assert "Workspace: labs (shared)" in kept.done("status").out


def test_P2_modal_profile_and_the_option_decide_for_one_command(
    kept: Shell, config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Workspace: acme (shared)" in kept.done("--profile acme status").out
    monkeypatch.setenv("MODAL_PROFILE", "acme")
    assert "Workspace: acme (shared)" in kept.done("status").out
    assert "Workspace: labs (shared)" in kept.done("--profile labs status").out
    assert kept.done("profiles current").out == "acme\n"
    assert kept.done("profiles activate labs").lines[0].endswith("Here MODAL_PROFILE still says acme.")
    missing = kept("--profile nobody status")
    assert (missing.code, missing.out) == (5, "")
    assert "which --profile names" in missing.err


def test_P3_the_list_says_why_a_profile_cannot_be_used(kept: Shell, config: Path, desktop: Session) -> None:
    config.write_text(config.read_text() + CLOUD)
    profiles = ProfileFile(config)
    profiles.bind(AWAY)
    profiles.bind(Profile("odd", "workspaces odd"))
    kept.done("create forge")
    kept.done("activate forge")
    (refused,) = kept.done("tokens list --workspace forge --json").json["items"]
    kept.done(f"tokens disable {refused['id']} --workspace forge --yes")
    rows = {row["name"]: row for row in kept.done("profiles list --json").json["items"]}
    reasons = {name: row["reason"] for name, row in rows.items()}
    assert reasons["labs"] == ""
    assert reasons["acme"].startswith("It has no token.")
    assert reasons["forge"] == "Its token is refused: it is disabled, expired or deleted."
    assert reasons["away"] == "The secret of its token is not on this machine."
    assert reasons["odd"] == "Its server_url is not the address of a server."
    assert reasons["cloud"] == "It is Modal's own, and not administered here."
    assert [name for name, row in rows.items() if row["active"]] == ["forge"]
    assert "as-" not in kept.done("profiles list").out
    assert kept.done("profiles activate away").lines[0] == "away is the active profile."
    desktop.lock_keyring()
    locked = {row["name"]: row["reason"] for row in kept.done("profiles list --json").json["items"]}
    assert locked["labs"] == "The keyring is locked."


def test_P3_a_server_that_is_away_is_said(shell: Shell, config: Path) -> None:
    config.write_text(
        '[away]\nserver_url = "http://127.0.0.1:9"\ntoken_id = "ak-1"\ntoken_secret = "as-1"\nactive = true\n'
    )
    (row,) = shell.done("profiles list --json").json["items"]
    assert "127.0.0.1:9 cannot be reached" in row["reason"]


def test_P4_a_profile_whose_token_was_deleted_gets_a_new_one(kept: Shell, config: Path, desktop: Session) -> None:
    first = token_of(config, "labs")
    kept.done(f"tokens delete {first} --workspace labs --yes")
    assert token_of(config, "labs") == "None"
    assert desktop.kept(service(kept)) == set()
    assert "with a new token" in kept.done("activate labs").err
    assert desktop.lookup(service(kept), token_of(config, "labs"))


def test_P1_renaming_and_removing(kept: Shell, config: Path, desktop: Session) -> None:
    assert kept.done("profiles rename labs lab-s").lines == [
        "The profile labs is now called lab-s.",
        "To take it back: workspaces profiles rename lab-s labs",
    ]
    assert kept("profiles rename lab-s acme").code == 6
    assert kept("profiles rename nobody x").code == 5
    assert kept("profiles rename lab-s a.b").code == 1
    assert kept("profiles remove lab-s").code == 2
    assert len(desktop.kept(service(kept))) == 1
    removed = kept.done("profiles remove lab-s --yes --json").json["results"]
    assert removed == [{"name": "lab-s", "profile": None, "problem": None}]
    assert desktop.kept(service(kept)) == set()
    assert [(each.name, each.active) for each in ProfileFile(config).list()] == [("acme", True)]
    assert kept.done("tokens list --workspace labs --json").json["total"] == 1


def test_T6_import_moves_secrets_and_reads_each_back(kept: Shell, config: Path, desktop: Session) -> None:
    token_id = token_of(config, "labs")
    secret = desktop.lookup(service(kept), token_id)
    kept.done("profiles remove labs --yes")
    config.write_text(
        CLOUD
        + f'[labs]\nserver_url = "{EMBEDDED}"\ntoken_id = "{token_id}"\ntoken_secret = "{secret}"\n'
        + '[odd]\nserver_url = "https://ws.example.com"\ntoken_id = "no id"\ntoken_secret = "as-odd"\n'
    )
    ran = kept("profiles import")
    assert ran.lines == ["The secret of labs is in the secret store, and no longer in the file."]
    assert "not the id of a token" in ran.err
    assert ran.code == 1
    assert desktop.lookup(service(kept), token_id) == secret
    plain = {each.profile.name: each.secret for each in ProfileFile(config).plain_secrets()}
    assert plain == {"cloud": "as-modal", "odd": "as-odd"}
    assert stat.S_IMODE(config.stat().st_mode) == 0o600


def test_T6_import_leaves_the_file_alone_where_nothing_keeps_secrets(shell: Shell, config: Path) -> None:
    config.write_text('[acme]\nserver_url = "https://ws.example.com"\ntoken_id = "ak-1"\ntoken_secret = "as-1"\n')
    before = config.read_text()
    ran = shell("profiles import")
    assert (ran.code, ran.out) == (1, "")
    assert "for this run only" in ran.err
    assert config.read_text() == before
    assert shell.done("profiles import --json --help").out


def test_T6_import_keeps_nothing_where_the_file_cannot_be_written(kept: Shell, config: Path, desktop: Session) -> None:
    before = desktop.kept(service(kept))
    config.write_text(f'[other]\nserver_url = "{EMBEDDED}"\ntoken_id = "ak-1"\ntoken_secret = "as-1"\n')
    lock = config.with_name("modal.toml.lock")
    lock.unlink(missing_ok=True)
    lock.mkdir()
    ran = kept("profiles import")
    assert ran.code == 1
    assert "config_unavailable" in ran.err
    assert desktop.kept(service(kept)) == before


def test_nothing_to_import_is_said(shell: Shell) -> None:
    assert shell.done("profiles import").out == "No profile of ours has its secret in the file.\n"


def test_P3_a_list_cut_short_says_how_many_there_are(shell: Shell, config: Path) -> None:
    config.write_text(f"{CLOUD}[other]\n")
    page = shell.done("profiles list --limit 1 --json").json
    assert ([row["name"] for row in page["items"]], page["total"]) == (["cloud"], 2)


def test_P3_no_profile_is_active(shell: Shell) -> None:
    ran = shell("profiles current")
    assert (ran.code, ran.out) == (5, "")


def test_exec_sets_all_of_one_profile_and_takes_our_own_secret_away(
    kept: Shell, config: Path, desktop: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    token_id = token_of(config, "labs")
    monkeypatch.setenv("WORKSPACES_TOKEN", "se-0.ss-0")
    monkeypatch.setenv("MODAL_TOKEN_ID", "ak-other")
    ran = kept.installed("exec", "--", *PRINT)
    assert ran.stderr == ""
    assert ran.stdout.splitlines() == [
        f"MODAL_CONFIG_PATH={config}",
        "MODAL_PROFILE=labs",
        f"MODAL_SERVER_URL={EMBEDDED}",
        f"MODAL_TOKEN_ID={token_id}",
        f"MODAL_TOKEN_SECRET={desktop.lookup(service(kept), token_id)}",
        f"WORKSPACES_HOME={kept.home}",
    ]


def test_exec_becomes_the_command(kept: Shell) -> None:
    assert kept.installed("exec", "--", "sh", "-c", "exit 9").returncode == 9
    assert kept.installed("exec", "--", "printf", "%s|", "--json", "-x", "a b").stdout == "--json|-x|a b|"
    unknown = kept.installed("exec", "--", "no-such-command")
    assert (unknown.returncode, unknown.stderr) == (
        1,
        "no-such-command cannot be run: No such file or directory. (command_unusable)\n",
    )
    assert kept("exec").code == 2


def test_exec_without_a_secret_runs_nothing(acme: Shell, config: Path) -> None:
    acme.done("activate acme")
    ran = acme("exec -- touch ran")
    assert ran.code == 3
    assert "has no token whose secret is on this machine" in ran.err
    config.write_text(CLOUD)
    assert acme("exec -- touch ran").code == 5
    assert not Path("ran").exists()


@pytest.mark.parametrize("more", ['token_secret = "as-1"\n', ""])
def test_T6_exec_gives_no_secret_to_a_server_on_whose_way_others_read_along(
    more: str, shell: Shell, config: Path
) -> None:
    profile = f'[open]\nserver_url = "http://ws.example.com"\ntoken_id = "ak-1"\n{more}active = true\n'
    config.write_text(profile)
    ran = shell("exec -- touch ran")
    assert (ran.code, "--insecure" in ran.err) == (1, True)
    remember_insecure(shell.home / "state", "http://ws.example.com")
    assert shell.installed("exec", "--", "printenv", "MODAL_TOKEN_SECRET").stdout == ("as-1\n" if more else "")


def test_T6_secrets_status(desktop: Session, shell: Shell) -> None:
    assert shell.done("secrets status --json").json == {
        "store": "Secret Service",
        "lasts": True,
        "condition": "ready",
        "sentence": "Secrets are kept in the keyring of this computer.",
        "advice": "",
    }
    desktop.kill_keyring()
    lines = shell.done("secrets status").lines
    assert lines[0] == "Kept in: this run only"
    assert lines[-1] == f"To do: {NOT_RUNNING.advice}"


def test_T6_an_unknown_store_is_refused(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKSPACES_SECRETS", "plain")
    ran = shell("secrets status")
    assert (ran.code, ran.out) == (1, "")
    assert "WORKSPACES_SECRETS is keyring, memory" in ran.err
    assert os.environ["WORKSPACES_SECRETS"] == "plain"
