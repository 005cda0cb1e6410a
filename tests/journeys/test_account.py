"""One's own account: names, address, sessions, profiles, signing out and in, the end."""

import asyncio
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from tests.app.house import ME, credential, somebody
from tests.app.line import served
from tests.driver import User, at_keyboard
from tests.secret_stores.secret_service import Session
from tests.server.outside.github_stand_in import CLIENT_ID, github_stand_in
from tests.server.outside.post_office import post_office
from tui.context.keeper import Keeper
from tui.domain.invites import InviteLinkAsk
from tui.domain.queries import ListQuery, Place
from tui.domain.servers import Mode
from tui.domain.tokens import TokenAsk
from tui.folders import Folders
from tui.server.outside.github import Github, GithubApp
from tui.server.outside.mail import Mailer, MailServer
from tui.server.outside.outside import Outside
from tui.server.outside.sealing import Seal
from tui.server.settings import Settings

OPEN = Settings(mode=Mode.SERVED, open_sign_up=True)


async def test_U1_a_new_name_is_seen_at_once(user: User) -> None:
    await user.press("7", "e")
    await user.sees("Edit your account")
    await user.press(*["backspace"] * len(ME))
    await user.types("Hopper")
    await user.press("tab", "end")
    await user.types(" the Elder")
    await user.press("enter")
    await user.sees("Your account is changed.", "Grace Holm the Elder", "hopper on this computer.")
    await user.press("2", "slash")
    await user.types("hopper")
    await user.sees("Row 1 of 1 member.")
    await user.stands_on("hopper")


async def test_U1_a_name_that_somebody_has_stays_in_the_dialog(user: User) -> None:
    await user.press("7", "e")
    await user.press(*["backspace"] * len(ME))
    await user.types("ada-fern")
    await user.press("enter")
    await user.sees("Edit your account", "Somebody else has this username.")
    await user.press("escape")
    await user.sees("grace-holm on this computer.")


async def test_U1_what_breaks_a_rule_is_said_as_it_is_typed(user: User) -> None:
    await user.press("7", "e", "end")
    await user.types("-")
    await user.sees("A hyphen stands inside a name, not at its start or end.")
    await user.press("backspace", "tab", "tab")
    await user.types("nobody")
    await user.sees("An address looks like name@example.org.")


async def test_S3_a_session_is_opened_and_ended(home: Path) -> None:
    credential(home, ME)
    async with at_keyboard(home, workspace="acme") as user:
        await user.sees("5 workspaces.")
        await user.press("7")
        await user.sees("lap")
        await user.press(*["down"] * 4)
        await user.sees("x End")
        await user.press("enter")
        await user.sees("Last used", "Expires")
        await user.press("escape", "x")
        await user.sees("End lap", "what it asks next is refused")
        await user.press("tab", "enter")
        await user.sees("The session on lap has ended.")
        await user.sees("ended a session lap", "▌  Profiles")


async def test_S3_x_says_what_it_is_for_where_there_is_nothing_to_end(user: User) -> None:
    await user.press("7", "x")
    await user.sees("Stand on a session or a profile first.")


async def test_A1_one_s_own_acts_are_listed(user: User) -> None:
    await user.press("7", "end", "up", "enter")
    await user.sees("made an account", "Row 1 of")
    await user.press("escape")
    await user.sees("grace-holm on this computer.")


async def test_M1_what_cannot_be_done_says_why(user: User) -> None:
    await user.press("7", "down", "down", "enter")
    await user.sees("Link a GitHub account", "No GitHub account is linked.")
    await user.press("down", "enter", "escape")
    await user.sees("not linked")


async def test_U1_S5_an_address_is_proved_by_the_code_that_was_mailed(home: Path) -> None:
    with post_office() as office:
        mailer = Mailer(MailServer.at(office.url))
        settings = Settings(mode=Mode.SERVED, mail=MailServer.at(office.url))
        async with (
            served(home, settings, Outside(mail=mailer)) as line,
            at_keyboard(home, server=line.address, credential=credential(home, ME)) as user,
        ):
            await user.sees("5 workspaces.")
            await user.press("7", "e", "tab", "tab")
            await user.types("grace@example.org")
            await user.press("enter")
            await user.sees("A code was mailed to grace@example.org", "no address")
            letter = await asyncio.to_thread(office.wait_for, 1)
            code = str(letter[0].get_content()).split("    ")[1].split()[0]
            await user.press("down", "enter")
            await user.sees("Enter the mailed code")
            await user.press("down", "enter")
            await user.types("BBBB-BBBB")
            await user.press("enter")
            await user.sees("This code is wrong, used or expired.")
            await user.press(*["backspace"] * 9)
            await user.types(code.lower())
            await user.press("enter")
            await user.sees("grace@example.org is proved to be yours.", "proved")
        mailer.close()


async def test_U1_a_github_account_is_linked_by_a_code_and_unlinked(home: Path) -> None:
    with github_stand_in() as at_github, ExitStack() as opened:
        at_github.interval = 1
        person = at_github.person("grace-at-github")
        app = GithubApp(CLIENT_ID, at_github.url, Seal.new_key())
        github = opened.enter_context(closing(Github(app)))
        async with (
            served(home, Settings(mode=Mode.SERVED, github=app), Outside(github=github)) as line,
            at_keyboard(home, server=line.address, credential=credential(home, ME)) as user,
        ):
            await user.sees("5 workspaces.")
            await user.press("7", "down", "down", "enter")
            await user.sees("Link a GitHub account", "Unlink the GitHub account")
            await user.press("enter")
            await user.sees(f"{at_github.url}/login/device", "WDJB-")
            at_github.approves(person, at_github.codes[0].user_code)
            await user.sees("GitHub account grace-at-github is linked.")
            await user.press("m", "down", "enter")
            await user.sees("no longer signs you in here")
            await user.press("tab", "enter")
            await user.sees("No GitHub account is linked any more.", "unlinked GitHub from")


async def test_U1_a_link_can_be_given_up(home: Path) -> None:
    with github_stand_in() as at_github, ExitStack() as opened:
        app = GithubApp(CLIENT_ID, at_github.url, Seal.new_key())
        github = opened.enter_context(closing(Github(app)))
        async with (
            served(home, Settings(mode=Mode.SERVED, github=app), Outside(github=github)) as line,
            at_keyboard(home, server=line.address, credential=credential(home, ME)) as user,
        ):
            await user.sees("5 workspaces.")
            await user.press("7", "down", "down", "enter", "enter")
            await user.sees("WDJB-")
            await user.press("escape")
            await user.sees("not linked")
            await user.press("up", "up", "e")
            await user.sees("Edit your account")


async def test_S1_who_is_signed_out_is_told_and_can_come_in_again(home: Path) -> None:
    async with (
        served(home, OPEN) as line,
        at_keyboard(home, server=line.address, credential=credential(home, ME)) as user,
    ):
        await user.sees("5 workspaces.")
        async with somebody(home, ME) as elsewhere:
            await elsewhere.sessions.end_others()
        await user.press("ctrl+r")
        await user.sees("Signed out", "What you asked for last was not done.")
        await user.press("enter")
        await user.sees("Sign in to a server", line.address)
        await user.press("enter")
        await user.sees("New account on 127.0.0.1")
        await user.press(*["backspace"] * 20)
        await user.types("newcomer")
        await user.press("enter")
        await user.sees(" newcomer ▾", "Signed in until this program ends")


async def test_S3_a_session_that_was_ended_is_told_of_in_a_dialog_and_leads_to_signing_in_after_it(home: Path) -> None:
    async with (
        served(home, OPEN) as line,
        at_keyboard(home, server=line.address, credential=credential(home, ME)) as user,
    ):
        await user.sees("5 workspaces.")
        await user.press("7")
        await user.sees("Edit")
        await user.press("e")
        await user.sees("Edit your account")
        async with somebody(home, ME) as elsewhere:
            await elsewhere.sessions.end_others()
        await user.types("x")
        await user.press("enter")
        await user.sees("this sign-in has ended", "Edit your account", f"{ME}x")
        await user.press("escape")
        await user.sees("Signed out", "What you asked for last was not done.")


async def test_S1_signing_out_ends_the_session(home: Path) -> None:
    async with served(home, OPEN) as line:
        async with at_keyboard(home, server=line.address) as user:
            await user.sees("Sign in", "You are not signed in")
            await user.press("enter", "enter")
            await user.sees("New account on 127.0.0.1")
            await user.press(*["backspace"] * 20)
            await user.types("newcomer")
            await user.press("enter")
            await user.sees(" newcomer ▾")
            await user.press("7")
            await user.sees("Sign out")
            await user.press("end", "up", "enter")
            await user.sees("Sign out of 127.0.0.1", "Profiles of this server go")
            await user.press("tab", "enter")
            await user.sees("Signed out", "no longer knows who you are")
        async with somebody(home, "newcomer") as backend:
            assert len((await backend.sessions.list(Place())).items) == 1


async def test_U1_W8_the_last_owner_is_told_what_holds_them(user: User) -> None:
    await user.press("1", "n")
    await user.types("compilers")
    await user.press("enter")
    await user.sees("compilers is made")
    await user.press("7", "end", "enter")
    await user.types(ME)
    await user.press("enter", "enter")
    await user.sees("You are the only active Owner of compilers.")


async def test_U1_an_account_that_is_deleted_leaves_a_way_back(home: Path) -> None:
    async with somebody(home, "ada-fern") as ada:
        acme = (await ada.workspaces.list(ListQuery(filters={"name": ("acme",)}), Place())).items[0]
    assert acme.counts
    async with at_keyboard(home) as user:
        await user.sees("5 workspaces.")
        await user.press("7", "end", "enter")
        await user.sees("Type grace-holm to go on:")
        await user.types(ME)
        await user.press("enter", "enter")
        await user.sees("Account deleted", "The account grace-holm is deleted.", "Start anew")
        await user.press("enter")
        await user.sees("1 workspace.")


@pytest.mark.parametrize("link", ["https://example.org/i#setup.aaaaaaaaaaaaaaaaaaaaaaaa"])
async def test_S4_T5_a_link_is_never_readable_on_the_screen(tmp_path: Path, link: str) -> None:
    async with at_keyboard(tmp_path) as user:
        await user.sees("Welcome")
        await user.press("tab", "tab", "enter")
        await user.sees("Sign in to a server")
        await user.types(link)
        await user.sees_no("setup")


async def test_P3_profiles_are_renamed_and_removed_where_they_are_listed(home: Path) -> None:
    settings = Folders.within(home).settings
    settings.mkdir(parents=True, exist_ok=True)
    (settings / "modal.toml").write_text('[old]\nserver_url = "workspaces:embedded"\nworkspace_id = "ac-1"\n')
    async with at_keyboard(home, workspace="acme") as user:
        await user.sees("5 workspaces.")
        await user.press("7")
        await user.sees("It has no token.")
        await user.press(*["down"] * 4)
        await user.sees("x Remove")
        await user.press("m", "down", "enter")
        await user.sees("Rename old")
        await user.types("er")
        await user.press("enter")
        await user.sees("The profile old is now called older.")
        await user.stands_on("Profiles")
        await user.press("x")
        await user.sees("Remove older")
        await user.press("tab", "enter")
        await user.sees("The profile older is removed.", "none")
    assert "older" not in (settings / "modal.toml").read_text()


async def test_S2_a_token_is_told_that_an_account_needs_a_session(home: Path) -> None:
    async with somebody(home, ME) as backend:
        own = (await backend.workspaces.list(ListQuery(filters={"kind": ("personal",)}), Place())).items[0]
        made = await backend.tokens.create(own.id, TokenAsk("ci", None))
    async with at_keyboard(home, credential=f"{made.token.id}.{made.secret}") as user:
        await user.sees("1 workspace.")
        await user.press("7")
        await user.sees("Grace Holm", "not shown", "A token cannot do this.")
        await user.press("e")
        await user.sees("Edit: A token cannot do this.")


async def test_S4_github_signs_in_from_the_app(home: Path, tmp_path: Path) -> None:
    with github_stand_in() as at_github, ExitStack() as opened:
        at_github.interval = 1
        person = at_github.person("linus-at-github")
        app = GithubApp(CLIENT_ID, at_github.url, Seal.new_key())
        github = opened.enter_context(closing(Github(app)))
        settings = Settings(mode=Mode.SERVED, open_sign_up=True, github=app)
        async with (
            served(home, settings, Outside(github=github)) as line,
            at_keyboard(tmp_path / "elsewhere", server=line.address) as user,
        ):
            await user.sees("Sign in", "You are not signed in")
            await user.press("enter", "enter")
            await user.sees("New account on 127.0.0.1", "Use GitHub")
            await user.press(*["tab"] * 4, "enter")
            await user.sees("Sign in with GitHub", "WDJB-")
            at_github.approves(person, at_github.codes[0].user_code)
            await user.sees(" linus-at-github ▾")


@pytest.fixture
def keyring(unlocked: Session) -> Keeper:
    """A keyring that is unlocked, for secrets that last."""
    assert unlocked.is_running()
    return Keeper("keyring")


async def test_S4_I3_an_invite_s_link_makes_an_account_and_joins(home: Path, tmp_path: Path, keyring: Keeper) -> None:
    async with served(home) as line:
        async with somebody(home, "ada-fern") as ada:
            acme = (await ada.workspaces.list(ListQuery(filters={"name": ("acme",)}), Place())).items[0]
            made = await ada.invites.link(acme.id, InviteLinkAsk(role="user"))
        assert made.link
        async with at_keyboard(tmp_path / "elsewhere", server=line.address, keeper=keyring) as user:
            await user.sees("You are not signed in")
            await user.press("enter")
            await user.sees("Sign in to a server")
            await user.press(*["backspace"] * len(line.address))
            await user.types(f"{line.address}/i#{made.link.rpartition('#')[2]}")
            await user.press("enter")
            await user.sees("New account on 127.0.0.1")
            await user.press(*["backspace"] * 20)
            await user.types("newcomer")
            await user.press("enter")
            await user.sees(" acme ▾", "secret on this machine")
