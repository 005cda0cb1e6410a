"""The caller's email address: another one, and proving it (U1, S5)."""

from typing import NamedTuple

from tui.domain.activity import TargetType
from tui.domain.acts import ActId
from tui.domain.errors import Refused, invalid
from tui.domain.names import email_problem
from tui.domain.users import User
from tui.server.caller import Caller
from tui.server.change import Change, Target, changing
from tui.server.outside.mail import Letter, Mailer
from tui.server.reading import Reading, reading
from tui.server.services import me
from tui.server.storage import bookkeeping, email_codes, users
from tui.server.storage.engine import Store
from tui.server.storage.secrets import new_code


class Asked(NamedTuple):
    """The account, and whether a code that was mailed must come back first."""

    user: User
    must_prove: bool


def set_email(store: Store, caller: Caller, email: str, mail: Mailer | None) -> Asked:
    """Gives the caller another address: at once, not proved, where no mail is sent; else by a code.

    The old address stays until the code comes back. The answer is the same whether or not another
    account has the address. Raises `email_invalid`, and `rate_limited` after 20 calls a minute
    from one address and 20 codes a day for one account.
    """
    if wrong := email_problem(email):
        raise invalid("email", wrong, "email_invalid")
    bookkeeping.count_call(store, ActId.ACCOUNT_SET, caller.ip)
    if mail is None:
        return Asked(_set(store, caller, email), must_prove=False)
    letters: list[Letter] = []
    user = _ask_for_proof(store, caller, email, letters)
    _send(mail, letters)
    return Asked(user, must_prove=user.email != email or not user.email_proved)


def confirm_email(store: Store, caller: Caller, code: str, mail: Mailer | None) -> User:
    """Makes the address that a code was mailed to the caller's, proved; the old one is told (U1).

    Five tries end a code. Raises `code_wrong`, `email_taken`.
    """
    email_codes.count_try(store, _who(store, caller))
    letters: list[Letter] = []
    user = _confirm(store, caller, "".join(filter(str.isalpha, code)).upper(), letters)
    _send(mail, letters)
    return user


@reading
def _who(read: Reading) -> str:
    return read.session.user_id


@changing()
def _set(change: Change, email: str) -> User:
    before = me.locked(change, None)
    email_codes.forget(change.connection, before.id)
    if email == before.email:
        return before
    return _changed(change, before, email, ActId.ACCOUNT_SET, proved=False)


@changing()
def _ask_for_proof(change: Change, email: str, letters: list[Letter]) -> User:
    user = me.locked(change, None)
    if email == user.email and user.email_proved:
        email_codes.forget(change.connection, user.id)
        return user
    bookkeeping.count_mails(change.connection, bookkeeping.CODE_MAILS, user.id, 1, change.now)
    code = new_code()
    email_codes.put(change.connection, user.id, email, code, change.now)
    letters.append(_proof(user, email, code))
    return user


@changing()
def _confirm(change: Change, code: str, letters: list[Letter]) -> User:
    before = me.locked(change, None)
    email = email_codes.use(change.connection, before.id, code, change.now)
    if email is None:
        raise invalid("code", "This code is wrong, used or expired. Ask for a new one.", "code_wrong")
    if before.email and before.email.casefold() != email.casefold():
        letters.append(_farewell(before, before.email))
    return _changed(change, before, email, ActId.ACCOUNT_CONFIRM_EMAIL, proved=True)


def _changed(change: Change, before: User, email: str, act: ActId, *, proved: bool) -> User:
    """The caller, who is locked, with another address."""
    if not users.set_email(change.connection, before.id, email, proved=proved):
        raise Refused("email_taken")
    after = users.read(change.connection, before.id)
    me.show(change, after)
    change.record(
        act,
        Target(TargetType.USER, before.id, before.username),
        before={"email": before.email, "email_proved": before.email_proved},
        after={"email": email, "email_proved": proved},
        account=True,
    )
    return after


def _send(mail: Mailer | None, letters: list[Letter]) -> None:
    """Sends what was written, now that the change is committed; who gets no code asks for another."""
    if mail is not None:
        for letter in letters:
            mail.send(letter, lambda _: None)


def _proof(user: User, email: str, code: str) -> Letter:
    return Letter(
        email,
        "Your code for Workspaces",
        f"The account {user.username} wants to use this email address.\n\n"
        f"If that is you, enter this code within an hour:\n\n    {code[:4]}-{code[4:]}\n\n"
        "If it is not, do nothing: without the code nothing changes.\n",
    )


def _farewell(user: User, old: str) -> Letter:
    return Letter(
        old,
        "Your email address for Workspaces was changed",
        f"The account {user.username} has another email address now, and no longer uses this one.\n\n"
        "If you did not do this, sign in, end all other sessions and change it back;\n"
        "if you cannot, tell whoever runs the server.\n",
    )
