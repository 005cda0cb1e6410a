"""Names that people type, turned into what they name."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from tui.cli.failing import Ambiguous
from tui.context.context import Context
from tui.domain.errors import Failure, Refused
from tui.domain.members import Member
from tui.domain.queries import ListQuery, Place

Row = TypeVar("Row")


@dataclass
class Found(Generic[Row]):
    """What names stand for, each once, and why some stand for nothing."""

    rows: list[Row] = field(default_factory=list)
    missing: dict[str, Failure] = field(default_factory=dict)


async def find_members(context: Context, names: Sequence[str]) -> Found[Member]:
    """The members of the workspace by id, email or username, in the order of the names."""
    found: Found[Member] = Found()
    for name in names:
        try:
            member = await find_member(context, name)
        except (Refused, Ambiguous) as failure:
            found.missing[name] = failure
        else:
            if member.user_id not in {row.user_id for row in found.rows}:
                found.rows.append(member)
    return found


async def find_member(context: Context, name: str) -> Member:
    """One member by id, email or username, tried in this order.

    Raises `Refused` not_found, or `Ambiguous` for an address that several have.
    """
    query = ListQuery(filters={"is": (name,)})
    matches = (await context.backend.members.list(context.workspace.id, query, Place(limit=3))).items
    by_email = [member for member in matches if member.email and member.email.casefold() == name.casefold()]
    for kind in ([member for member in matches if member.user_id == name], by_email, matches):
        if len(kind) == 1:
            return kind[0]
        if kind:
            raise Ambiguous("ambiguous", f"{name} is the address of several members. Name one by username.")
    raise Refused("not_found", f"{context.workspace.name} has no member {name}.")
