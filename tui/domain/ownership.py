"""W8: a shared workspace always has at least one active Owner."""

from tui.domain.roles import Role, Status


def leaves_no_owner(role: Role, status: Status, active_owners: int) -> bool:
    """Whether taking this member's role, status or seat away would leave no active Owner."""
    return role == Role.OWNER and status == Status.ACTIVE and active_owners <= 1
