"""What an answer that is not a success means: each as one `Failure`."""

from typing import NamedTuple

import msgspec
from httpx import codes

from tui.domain.errors import Conflict, Failure, Problem, Refused, Unauthenticated, Unreachable
from tui.domain.structs import Answer

UNREADABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
"""What reading an answer raises when it is not what was expected."""

_PASSING = {codes.TOO_MANY_REQUESTS, codes.BAD_GATEWAY, codes.SERVICE_UNAVAILABLE, codes.GATEWAY_TIMEOUT}


class Reply(NamedTuple):
    """An HTTP answer, read to its end."""

    status: int
    body: bytes
    retry_after: int | None
    location: str | None


class Passing(Unreachable):
    """Unreachable in a way that may well be over in a moment."""


class _Stale(Answer, frozen=True):
    current: msgspec.Raw = msgspec.Raw(b"null")


def failure_of(reply: Reply, server: str, current: type | None, *, changes: bool) -> Failure:
    """The failure that a reply stands for.

    `server` is its name for people, `current` the type of what a stale version was refused with;
    `changes` says that the call was one that changes something.
    """
    try:
        problem = msgspec.json.decode(reply.body, type=Problem)
    except UNREADABLE:
        return _no_problem_document(reply, server, changes=changes)
    if reply.status == codes.UNAUTHORIZED:
        return Unauthenticated(problem.detail, request_id=problem.request_id)
    if problem.code == "version_conflict":
        return Conflict(_now(reply.body, current), problem.detail, request_id=problem.request_id)
    retry_after = problem.retry_after if problem.retry_after is not None else reply.retry_after
    if problem.code == "unavailable":
        return Passing(problem.detail, code=problem.code, request_id=problem.request_id, retry_after=retry_after)
    kind = Refused if codes.is_client_error(reply.status) or reply.status == codes.SERVICE_UNAVAILABLE else Failure
    return kind(
        problem.code,
        problem.detail,
        errors=problem.errors or (),
        request_id=problem.request_id,
        retry_after=retry_after,
        status=reply.status,
        workspaces=problem.workspaces or (),
    )


def not_understood(server: str, *, changes: bool) -> Unreachable:
    """The failure of an answer that is not what was asked for."""
    return Unreachable(
        f"{server} gave an answer that cannot be understood. Is it a Workspaces server?", maybe_done=changes
    )


def _no_problem_document(reply: Reply, server: str, *, changes: bool) -> Unreachable:
    """Something between, or something else altogether, has answered."""
    if reply.status in _PASSING:
        return Passing(
            f"{server} cannot be reached through what stands before it (HTTP {reply.status}). Try again in a moment.",
            maybe_done=changes and reply.status != codes.TOO_MANY_REQUESTS,
            retry_after=reply.retry_after,
        )
    if reply.location:
        return Unreachable(f"{server} sends callers on to {reply.location}. Use that address if you trust it.")
    return Unreachable(
        f"{server} does not answer like a Workspaces server (HTTP {reply.status}). Is the address right?",
        maybe_done=changes and codes.is_server_error(reply.status),
    )


def _now(body: bytes, current: type | None) -> object:
    """The object as it is, or None where the answer does not have it."""
    if current is None:
        return None
    try:
        stale = msgspec.json.decode(body, type=_Stale)
        return msgspec.json.decode(stale.current, type=current)
    except UNREADABLE:
        return None
