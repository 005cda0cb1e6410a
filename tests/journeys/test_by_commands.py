"""The whole of it by commands alone: three people, a server, a keyring, and no web page."""

from pathlib import Path

from tests.journeys.machines import SECRET, Machine, left_with, watched
from tests.profiles.official import Official
from tests.secret_stores.secret_service import Session
from tests.server.test_serve import serving


def test_from_an_empty_server_to_leaving_by_commands(tmp_path: Path, unlocked: Session, official: Official) -> None:
    served_at = tmp_path / "server"
    served_at.mkdir()
    with watched() as watch, serving(served_at, "--open-signup", expect_link=True) as served:
        ada, barbara, cleo = (Machine(tmp_path / name, unlocked.environ) for name in ("ada", "barbara", "cleo"))
        link = f"{served.address}/i#setup.{served.set_up_code}"
        keyring = f"Workspaces {served.address.removeprefix('http://')}"

        ada.done("login - --username ada", link)
        workspace = ada.done("create lovelace-labs --json").json
        assert workspace["role"] == "owner"
        ada.done("activate lovelace-labs")
        assert official.run(ada.config, "current") == "lovelace-labs\n"

        cleo.done(f"login {served.address} --username cleo --email cleo@example.org")
        [invited] = ada.done("invites send cleo@example.org --json").json["results"]
        shared = ada.done("invites link --role user --max-uses 1 --json").json
        barbara.done("invites accept - --username barbara", shared["link"])
        joined = cleo.done("invites accept - --json", invited["link"]).json
        assert joined["member"]["role"] == "user"
        again = cleo("invites accept - --username cleopatra", shared["link"])
        assert (again.code, "(invite_used_up)" in again.err) == (6, True)

        [promoted] = ada.done("members set-role barbara manager --json").json["results"]
        assert promoted["member"]["role"] == "manager"
        barbara.done("members disable cleo --yes --workspace lovelace-labs")
        assert cleo("members list --workspace lovelace-labs").code == 4
        assert cleo("members disable barbara --yes --workspace lovelace-labs").code == 4

        made = ada.done("tokens create --name deploy --save --json").json
        assert unlocked.lookup(keyring, made["token"]["id"]) == made["secret"]
        assert list(left_with(made["secret"], tmp_path)) == [ada.home / "terminal.txt"]

        refused = ada("leave lovelace-labs --yes")
        assert (refused.code, "(last_owner)" in refused.err) == (6, True)
        ada.done("members hand-over barbara --yes")
        ada.done("leave lovelace-labs --yes")
        assert official.run(ada.config, "current") == "ada\n"
        assert made["secret"] not in unlocked.kept(keyring)
        assert [row["name"] for row in ada.done("list --json").json["items"]] == ["ada"]
        owners = barbara.done("members list --role owner --workspace lovelace-labs --json").json["items"]
        assert [owner["username"] for owner in owners] == ["barbara"]

        secrets = {*unlocked.kept(keyring), made["secret"], *SECRET.findall(link + shared["link"] + invited["link"])}
        assert served.stop() == 0
    shown_once = {made["secret"], *SECRET.findall(shared["link"] + invited["link"])}
    assert len(secrets) >= 7
    for secret in secrets:
        printed = {ada.home / "terminal.txt"} if secret in shown_once else set()
        assert set(left_with(secret, tmp_path)) == printed
        assert not [said for said in watch.seen if secret.encode() in said]
    assert any(b"members\0set-role" in said for said in watch.seen)
