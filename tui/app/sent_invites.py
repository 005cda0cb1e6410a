"""What inviting came to, as it is shown once: an address with its link, or with what became of it (I5)."""

from collections.abc import Sequence

from tui.acts.act import Result
from tui.dialogs.secret_once import Once, ShownOnce
from tui.domain.invites import Invite, Mail

BY_HAND = "Send each link to the person it is for, by a way that only they read."

LOST = "The answer with its link was lost, and a link is shown only once. Send the invite again: that makes a new one."


def has_links(results: Sequence[Result[Invite]]) -> bool:
    """Whether there are links to be shown, or that should be there to be shown."""
    return any(result.once or _is_lost(result) for result in results)


def of_addresses(emails: Sequence[str], results: Sequence[Result[Invite]]) -> Once:
    """What came of each address."""
    rows = [_row(email, result) for email, result in zip(emails, results, strict=True)]
    refused = sum(result.failure is not None for result in results)
    counts = f"{len(rows) - refused:,} invited" + (f", {refused:,} refused" if refused else "")
    return Once(counts, "link", rows, [BY_HAND] if any(row.text for row in rows) else [])


def of_invites(results: Sequence[Result[Invite]]) -> Once:
    """What came of sending invites again."""
    return of_addresses([invite.name for result in results if (invite := result.before)], results)


def of_link(result: Result[Invite]) -> Once:
    """The link for all who get it."""
    invite = result.after
    name = invite.label if invite and invite.label else "Link"
    role = invite.role.capitalize() if invite else ""
    notes = [f"Whoever has it can join as {role}."] if result.once else []
    return Once("Invite link", "link", [_row(name, result)], notes)


def _row(name: str, result: Result[Invite]) -> ShownOnce:
    if result.failure:
        return ShownOnce(name, said=result.failure.detail, failed=True)
    if _is_lost(result):
        return ShownOnce(name, said=LOST, failed=True)
    return ShownOnce(name, result.once or "", said="" if result.once else "the mail is on its way")


def _is_lost(result: Result[Invite]) -> bool:
    """Whether a link was made that no mail carries, and that did not come: in a late repeat of the call."""
    return result.after is not None and not result.once and result.after.mail in {None, Mail.SHOWN}
