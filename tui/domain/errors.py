"""Everything that can go wrong, as one tree of failures and one table of codes.

A service raises these, a route writes them as a problem document, the client reads them back:
the same `code` at both ends. Status and exit code are those of the last table of `api.md`.
"""

from collections.abc import Sequence
from typing import NamedTuple

from tui.domain.structs import Answer

CONNECTION_EXIT = 7
USAGE_EXIT = 2


class CodeFacts(NamedTuple):
    status: int
    sentence: str


CODES: dict[str, CodeFacts] = {
    "unauthenticated": CodeFacts(401, "You are not signed in, or this sign-in has ended. Sign in again."),
    "role_forbidden": CodeFacts(403, "Your role does not allow this."),
    "session_required": CodeFacts(403, "A token cannot do this. Sign in and try again."),
    "member_disabled": CodeFacts(403, "This membership is disabled. Ask an Owner or a Manager to enable it."),
    "email_mismatch": CodeFacts(403, "This invite is for another email address. Sign in to the account that has it."),
    "github_not_member": CodeFacts(403, "GitHub does not list you as an active member of this organization."),
    "github_unlinked": CodeFacts(
        403, "No GitHub account is linked, or GitHub has taken its permission back. Link it anew."
    ),
    "sso_managed": CodeFacts(403, "Accounts managed by single sign-on cannot create workspaces."),
    "sign_up_closed": CodeFacts(403, "This server does not take new accounts. Ask for an invite."),
    "sign_in_denied": CodeFacts(403, "This sign-in was denied."),
    "not_found": CodeFacts(404, "There is nothing here by that name or id that you may see."),
    "invite_unknown": CodeFacts(404, "There is no invite with this code. Ask for a new one."),
    "method_not_allowed": CodeFacts(405, "This address does not take that method."),
    "last_owner": CodeFacts(409, "A workspace needs an active Owner. Make somebody else Owner first."),
    "name_taken": CodeFacts(409, "Another workspace has this name. Choose a different one."),
    "username_taken": CodeFacts(409, "Somebody else has this username. Choose a different one."),
    "already_member": CodeFacts(409, "This person is a member already."),
    "already_invited": CodeFacts(409, "This address has a pending invite. Send that one again, or revoke it first."),
    "personal_workspace": CodeFacts(409, "A personal workspace has one member and goes with its account."),
    "self_disable": CodeFacts(409, "Nobody disables themself. Ask another Owner or Manager."),
    "self_remove": CodeFacts(409, "Nobody removes themself. Leave the workspace instead."),
    "auto_join_off": CodeFacts(409, "Nobody can join this workspace by themself at present. Ask for an invite."),
    "not_github": CodeFacts(409, "This workspace does not come from a GitHub organization."),
    "invite_expired": CodeFacts(409, "This invite has expired. Ask for a new one."),
    "invite_used_up": CodeFacts(409, "This invite has been used. Ask for a new one."),
    "invite_revoked": CodeFacts(409, "This invite was revoked. Ask for a new one."),
    "token_expired": CodeFacts(409, "This token has expired. Rotate it, or make a new one."),
    "token_disabled": CodeFacts(409, "This token is disabled. Enable it first."),
    "token_limit": CodeFacts(409, "A member has at most 100 tokens in a workspace. Delete one first."),
    "email_taken": CodeFacts(409, "Another account has this email address."),
    "github_taken": CodeFacts(409, "Another account is linked to this GitHub account."),
    "last_way_in": CodeFacts(409, "You could not sign in again without it."),
    "method_unavailable": CodeFacts(409, "This server does not offer that way of signing in."),
    "sign_in_expired": CodeFacts(409, "This sign-in took too long. Start it again."),
    "version_conflict": CodeFacts(412, "Somebody changed this meanwhile. Look at the new state and decide again."),
    "too_large": CodeFacts(413, "The request is larger than 1 MiB. Send it in parts."),
    "media_type": CodeFacts(415, "The body must be JSON, sent as application/json."),
    "input_invalid": CodeFacts(422, "Something in the request is not as it should be."),
    "name_invalid": CodeFacts(422, "This is not a valid workspace name."),
    "username_invalid": CodeFacts(422, "This is not a valid username."),
    "email_invalid": CodeFacts(422, "This is not an email address."),
    "code_wrong": CodeFacts(422, "This code is wrong, used or expired. Ask for a new one."),
    "cursor_invalid": CodeFacts(422, "This cursor belongs to another list, filter or sort. Start again from the top."),
    "idempotency_mismatch": CodeFacts(422, "This Idempotency-Key came before with another body. Use a new key."),
    "version_required": CodeFacts(428, "Say which version you saw in If-Match, or * for whatever is there."),
    "rate_limited": CodeFacts(429, "Too many requests. Wait a moment and try again."),
    "internal": CodeFacts(500, "Something went wrong on the server. Its log has the request id."),
    "unavailable": CodeFacts(503, "The service is busy or being upgraded. Try again in a moment."),
    "github_unavailable": CodeFacts(503, "GitHub does not answer as it should. Nothing was changed; try again later."),
}
"""Each code with its HTTP status and the sentence that a person is told."""

EXITS = {401: 3, 403: 4, 404: 5, 409: 6, 412: 6, 502: CONNECTION_EXIT, 503: CONNECTION_EXIT, 504: CONNECTION_EXIT}


class FieldError(Answer, frozen=True):
    """What is wrong with one field of a request."""

    field: str
    code: str
    detail: str


class Problem(Answer, frozen=True):
    """An RFC 9457 problem document."""

    title: str
    status: int
    detail: str
    code: str
    type: str = "about:blank"
    request_id: str | None = None
    errors: list[FieldError] | None = None
    retry_after: int | None = None
    workspaces: list[str] | None = None


class Failure(Exception):
    """Something that was asked and not done; nothing has changed.

    `str()` of it is one sentence for a person. `code` is stable, `status` its HTTP status: the
    table's, else the one that a newer server sent with it. `workspaces` are the names of those
    that `last_owner` is about when an account is deleted.
    """

    def __init__(
        self,
        code: str,
        detail: str = "",
        *,
        errors: Sequence[FieldError] = (),
        request_id: str | None = None,
        retry_after: int | None = None,
        status: int = 400,
        workspaces: Sequence[str] = (),
    ) -> None:
        self.code = code
        self._status = status
        self.detail = detail or sentence(code)
        self.errors = tuple(errors)
        self.request_id = request_id
        self.retry_after = retry_after
        self.workspaces = tuple(workspaces)
        super().__init__(self.detail)

    @property
    def status(self) -> int:
        return CODES[self.code].status if self.code in CODES else self._status

    @property
    def exit_code(self) -> int:
        """The exit code of a command that failed with this."""
        return EXITS.get(self.status, 1)


class Refused(Failure):
    """The rules say no: `code` says which one."""


class Conflict(Failure):
    """The object is no longer what the caller saw (M5). `now` is the object as it is."""

    def __init__(self, now: object, detail: str = "", *, request_id: str | None = None) -> None:
        self.now = now
        super().__init__("version_conflict", detail, request_id=request_id)


class Unauthenticated(Failure):
    """The credential is missing, unknown, expired or ended."""

    def __init__(self, detail: str = "", *, request_id: str | None = None) -> None:
        super().__init__("unauthenticated", detail, request_id=request_id)


class Unreachable(Failure):
    """No answer came: the server is away, busy, or something between is.

    `maybe_done` says that a change had left, so that it may have been carried out.
    """

    def __init__(
        self,
        detail: str,
        *,
        code: str = "unreachable",
        maybe_done: bool = False,
        request_id: str | None = None,
        retry_after: int | None = None,
    ) -> None:
        self.maybe_done = maybe_done
        super().__init__(code, detail, request_id=request_id, retry_after=retry_after, status=503)


class NotOffered(Failure):
    """This backend cannot do it at all; nothing was sent."""

    def __init__(self, capability: str, detail: str) -> None:
        self.capability = capability
        super().__init__("not_offered", detail)


def invalid(field: str, detail: str, code: str = "input_invalid") -> Refused:
    """The refusal of one field of a request, naming it."""
    return Refused(code, detail, errors=[FieldError(field=field, code=code, detail=detail)])


def sentence(code: str) -> str:
    """What a person is told about a code; a code of a newer server is named as it is."""
    return CODES[code].sentence if code in CODES else f"The server refused this ({code})."


def problem(failure: Failure) -> Problem:
    """The problem document of a failure, without its `current` object."""
    return Problem(
        title=failure.code.replace("_", " ").capitalize(),
        status=failure.status,
        detail=failure.detail,
        code=failure.code,
        request_id=failure.request_id,
        errors=list(failure.errors) or None,
        retry_after=failure.retry_after,
        workspaces=list(failure.workspaces) or None,
    )
