"""Names that people type, turned into what they name."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from tui.cli.failing import Ambiguous
from tui.context.context import Context
from tui.domain.errors import Failure, Refused
from tui.domain.members import Member
from tui.domain.queries import PAGE_LIMIT, VALUES_LIMIT, ListQuery, Place

Row = TypeVar("Row")


@dataclass
class Found(Generic[Row]):
    """What names stand for, each once, and why some stand for nothing."""

    rows: list[Row] = field(default_factory=list)
    missing: dict[str, Failure] = field(default_factory=dict)


async def find_members(context: Context, names: Sequence[str]) -> Found[Member]:
    """The members of the workspace by id, email or username, in the order of the names."""
    found: Found[Member] = Found()
    for start in range(0, len(names), VALUES_LIMIT):
        part = names[start : start + VALUES_LIMIT]
        matches = await _matches(context, part)
        for name in part:
            try:
                member = _only(name, matches, context)
            except Failure as failure:
                found.missing[name] = failure
            else:
                found.rows += [member] if member not in found.rows else []
    return found


async def find_member(context: Context, name: str) -> Member:
    """One member by id, email or username, tried in this order.

    Raises `Refused` not_found, or `Ambiguous` for an address that several have.
    """
    return _only(name, await _matches(context, [name]), context)


async def _matches(context: Context, names: Sequence[str]) -> Sequence[Member]:
    query = ListQuery(filters={"is": tuple(names)})
    return (await context.backend.members.list(context.workspace.id, query, Place(limit=PAGE_LIMIT))).items


def _only(name: str, members: Sequence[Member], context: Context) -> Member:
    by_id = [member for member in members if member.user_id == name]
    by_email = [member for member in members if (member.email or "").casefold() == name.casefold()]
    by_username = [member for member in members if member.username == name]
    matches = by_id or by_email or by_username
    if len(matches) > 1:
        raise Ambiguous("ambiguous", f"{name} is the address of several members. Name one by username.")
    if not matches:
        raise Refused("not_found", f"{context.workspace.name} has no member {name}.")
    return matches[0]
