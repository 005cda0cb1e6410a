"""What a person can do to their own account: names, address, GitHub, its end (U1)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tui.acts.act import Act, Result, Weight
from tui.acts.consequences import Consequences
from tui.acts.performing import one_by_one
from tui.backend.device import this_device
from tui.context.account import delete_account
from tui.context.context import Context
from tui.context.polling import approved
from tui.domain.acts import ActId
from tui.domain.programs import Program
from tui.domain.sign_ins import SignIn
from tui.domain.users import User, UserPatch


@dataclass(frozen=True)
class Change:
    """What an account is to be called and where it is to be written to; None: as it is."""

    username: str | None = None
    display_name: str | None = None
    email: str | None = None

    @property
    def names(self) -> UserPatch | None:
        """The part of it that is about names."""
        if self.username is None and self.display_name is None:
            return None
        return UserPatch(username=self.username, display_name=self.display_name)


async def _set(context: Context, user: User, change: Change) -> User:
    """Names first: they may be taken, and a code that was mailed cannot be called back."""
    if change.names:
        user = await context.backend.account.set(change.names, user.version)
    if change.email is not None:
        user = await context.backend.account.set_email(change.email)
    return user


def _of_set(context: Context, users: Sequence[User], change: Change) -> Consequences:
    proof = change.email is not None and context.server.mail
    return Consequences(
        becomes="Everybody in your workspaces sees what you change.",
        stays="The old address stays until you enter the code that is mailed to the new one." if proof else "",
    )


def _set_done(result: Result[User], change: Change) -> str:
    if change.email is not None and result.after and (result.after.email != change.email):
        return f"A code was mailed to {change.email}: enter it within an hour."
    return "Your account is changed."


SET: Act[User, Change] = Act(
    id=ActId.ACCOUNT_SET,
    label="Edit name, email",
    word=lambda users: "Edit",
    weight=lambda users, change: Weight.LIGHT,
    consequences=_of_set,
    done=_set_done,
    perform=one_by_one(_set),
)


async def _confirm_email(context: Context, user: User, code: str) -> User:
    return await context.backend.account.confirm_email(code)


CONFIRM_EMAIL: Act[User, str] = Act(
    id=ActId.ACCOUNT_CONFIRM_EMAIL,
    label="Enter the mailed code",
    word=lambda users: "Enter code",
    weight=lambda users, code: Weight.LIGHT,
    consequences=lambda context, users, code: Consequences("The address that the code was mailed to becomes yours."),
    done=lambda result, code: f"{result.after.email if result.after else ''} is proved to be yours.",
    perform=one_by_one(_confirm_email),
)


@dataclass(frozen=True)
class Linking:
    """`show` tells a person which code to enter at GitHub, and where; it is done once they have."""

    program: Program
    show: Callable[[SignIn], None]


async def _link(context: Context, user: User, how: Linking) -> User:
    account = context.backend.account
    sign_in = await account.link_github(this_device(how.program))
    how.show(sign_in)
    return (await approved(account, sign_in)).user


LINK_GITHUB: Act[User, Linking] = Act(
    id=ActId.ACCOUNT_LINK_GITHUB,
    label="Link a GitHub account",
    word=lambda users: "Link",
    weight=lambda users, how: Weight.LIGHT,
    consequences=lambda context, users, how: Consequences(
        becomes="You can sign in with it, and join workspaces of its organizations.",
        stays="Your username and your workspaces keep their names.",
    ),
    done=lambda result, how: f"GitHub account {_github(result)} is linked.",
    perform=one_by_one(_link),
)


async def _unlink(context: Context, user: User, answer: None) -> User:
    return await context.backend.account.unlink_github()


UNLINK_GITHUB: Act[User, None] = Act(
    id=ActId.ACCOUNT_UNLINK_GITHUB,
    label="Unlink the GitHub account",
    word=lambda users: "Unlink",
    weight=lambda users, answer: Weight.CONFIRM,
    consequences=lambda context, users, answer: Consequences(
        becomes=f"{users[0].github_login or 'GitHub'} no longer signs you in here.",
        stays="Your workspaces and seats stay, those from GitHub organizations too.",
    ),
    done=lambda result, answer: "No GitHub account is linked any more.",
    perform=one_by_one(_unlink),
)


async def _delete(context: Context, user: User, answer: None) -> None:
    await delete_account(context, user.version)


DELETE: Act[User, None] = Act(
    id=ActId.ACCOUNT_DELETE,
    label="Delete account",
    word=lambda users: "Delete",
    weight=lambda users, answer: Weight.TYPE_NAME,
    consequences=lambda context, users, answer: Consequences(
        becomes=f"The account {users[0].username} on {context.place} is deleted, with its personal workspace.",
        stops="You lose your seats in all workspaces; your sessions, tokens and pending invites end.",
        stays="Your name stays in the activity logs of what you did.",
        for_good="This cannot be undone.",
    ),
    done=lambda result, answer: f"The account {result.before.username if result.before else ''} is deleted.",
    perform=one_by_one(_delete),
)


def _github(result: Result[User]) -> str:
    return (result.after.github_login if result.after else None) or ""
