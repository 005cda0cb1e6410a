"""What the list of tokens shows (T4)."""

from datetime import UTC, datetime, timedelta

import pytest

from tui.domain.tokens import Token, TokenStatus
from tui.lists.column import WIDE, WIDEST, Cell, Tone
from tui.lists.tokens import columns

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def token(status: TokenStatus = TokenStatus.ACTIVE, expires_at: datetime | None = None) -> Token:
    created = NOW - timedelta(days=40)
    return Token("ak-1", "ci", "ac-1", "us-1", "ada-fern", status, None, created, None, expires_at, 1, {})


def cells(row: Token, held: set[str]) -> dict[str, Cell]:
    return {column.id: column.cell(row, NOW) for column in columns(held)}


def test_T4_a_row_says_all_that_the_rule_names() -> None:
    shown = {id: cell.text for id, cell in cells(token(expires_at=NOW + timedelta(days=2)), {"ak-1"}).items()}
    assert shown == {
        "name": "ci",
        "username": "ada-fern",
        "status": "active",
        "last_used_at": "never",
        "expires_at": "in 2 d",
        "here": "yes",
        "id": "ak-1",
        "created_at": "2026-10-14",
    }


def test_T4_what_is_held_elsewhere_is_left_blank_and_exported_as_no() -> None:
    [here] = [column for column in columns(set()) if column.id == "here"]
    assert here.cell(token(), NOW).text == ""
    assert here.value
    assert here.value(token()) == "no"


def test_T4_what_is_held_is_known_as_soon_as_it_is_known() -> None:
    held: set[str] = set()
    [here] = [column for column in columns(held) if column.id == "here"]
    held.add("ak-1")
    assert here.cell(token(), NOW).text == "yes"


@pytest.mark.parametrize(
    ("status", "tone"),
    [(TokenStatus.ACTIVE, "muted"), (TokenStatus.DISABLED, "danger"), (TokenStatus.EXPIRED, "danger")],
)
def test_a_token_that_does_not_work_stands_out(status: TokenStatus, tone: Tone) -> None:
    assert cells(token(status), set())["status"] == Cell(status, tone)


def test_columns_come_with_width() -> None:
    assert {column.id: column.from_width for column in columns(set()) if column.from_width} == {
        "id": WIDE,
        "created_at": WIDEST,
    }
