"""`workspaces account`: your names, address and GitHub account, and the account's end (U1)."""

import click

from tui.acts.account import CONFIRM_EMAIL, DELETE, LINK_GITHUB, SET, UNLINK_GITHUB, Change, Linking
from tui.cli.acting import Manner, Order, acting
from tui.cli.asking import line
from tui.cli.calling import on_server
from tui.cli.failing import warn
from tui.cli.output import document, facts, rfc3339
from tui.context.context import Context
from tui.domain.programs import Program
from tui.domain.sign_ins import SignIn
from tui.domain.users import User
from tui.lists.account import email_words


@click.group()
def account() -> None:
    """Show and change your account."""


@account.command()
@click.option("--json", is_flag=True, help="Print the server's own objects.")
@on_server
async def show(context: Context, json: bool) -> None:
    """Print your account."""
    user = (await context.backend.account.me()).user
    if json:
        document(user)
    else:
        facts(_facts(user))


def _facts(user: User) -> list[tuple[str, str]]:
    return [
        ("Username", user.username),
        ("Name", user.display_name),
        ("Email", email_words(user)),
        ("GitHub", user.github_login or "not linked"),
        ("Id", user.id),
        ("Created", rfc3339(user.created_at)),
    ]


@account.command("set")
@click.option("--username", metavar="U", help="Lower-case letters, digits and inner hyphens.")
@click.option("--name", metavar="N", help="How others read your name.")
@click.option("--email", metavar="E", help="Your address; where the server sends mail, a code proves it.")
@acting(asks=False)
@on_server
async def set_account(context: Context, username: str | None, name: str | None, email: str | None, how: Manner) -> None:
    """Change your username, name or email address."""
    change = Change(username, name, email)
    if change == Change():
        raise click.UsageError("Say what to change: --username, --name or --email.", click.get_current_context())
    await Order(SET, context, change, how).on(context.user)


@account.command("confirm-email", short_help="Prove your address with the code that was mailed to it.")
@acting(asks=False)
@on_server
async def confirm_email(context: Context, how: Manner) -> None:
    """Prove your address with the code that was mailed to it, asked for or read from standard input."""
    await Order(CONFIRM_EMAIL, context, line("Mailed code", hidden=True), how).on(context.user)


@account.command("link-github", short_help="Link a GitHub account.")
@acting(asks=False)
@on_server
async def link_github(context: Context, how: Manner) -> None:
    """Link a GitHub account: open an address, enter a code there, and wait here."""
    await Order(LINK_GITHUB, context, Linking(Program.CLI, show_code), how).on(context.user)


@account.command("unlink-github")
@acting()
@on_server
async def unlink_github(context: Context, how: Manner) -> None:
    """Unlink your GitHub account."""
    await Order(UNLINK_GITHUB, context, None, how).on(context.user)


@account.command()
@acting()
@on_server
async def delete(context: Context, how: Manner) -> None:
    """Delete your account with its personal workspace."""
    await Order(DELETE, context, None, how).on(context.user)


def show_code(sign_in: SignIn) -> None:
    """Say which code to enter where; on standard error, for standard output is for the result."""
    warn(f"Open {sign_in.verification_uri} and enter {sign_in.user_code}. Only if you started this yourself, now.")
