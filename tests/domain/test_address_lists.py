"""Lists of addresses as people type and paste them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.domain.address_lists import addresses

ADDRESSES = st.lists(st.emails(), unique_by=str.casefold)
BETWEEN = st.text(", ;\n\t\r", min_size=1, max_size=3)


@pytest.mark.parametrize(
    ("pasted", "found"),
    [
        ("", []),
        (" ,\n; ", []),
        ("nora@example.org", ["nora@example.org"]),
        ("nora@example.org, pavel@example.org", ["nora@example.org", "pavel@example.org"]),
        (
            "nora@example.org pavel@example.org\nquinn@example.org",
            ["nora@example.org", "pavel@example.org", "quinn@example.org"],
        ),
        ("nora@example.org\r\npavel\r\n", ["nora@example.org", "pavel"]),
        ("Nora@Example.org, nora@example.ORG", ["Nora@Example.org"]),
        ("Nora Lake <nora@example.org>, Pavel <pavel@example.org>", ["nora@example.org", "pavel@example.org"]),
        ("ada@example.org Nora Lake <nora@example.org>", ["ada@example.org", "nora@example.org"]),
        ('"Lake, Nora" <nora@example.org>; "P." <pavel@example.org>', ["nora@example.org", "pavel@example.org"]),
        ("a b " * 100_000, ["a", "b"]),
        ("<nora@example.org>;<pavel@example.org>", ["nora@example.org", "pavel@example.org"]),
        ("nora@example.org\u00a0pavel@example.org", ["nora@example.org", "pavel@example.org"]),
    ],
)
def test_I1_a_pasted_list_is_taken_apart(pasted: str, found: list[str]) -> None:
    assert addresses(pasted) == found


@given(ADDRESSES, st.data())
def test_I1_whatever_stands_between_them_all_are_found(emails: list[str], data: st.DataObject) -> None:
    pasted = "".join(data.draw(BETWEEN) + email for email in emails if not set(email) & set(",; <>"))
    assert addresses(pasted) == [email for email in emails if not set(email) & set(",; <>")]


@given(st.text())
def test_I1_any_text_gives_words_that_come_once(text: str) -> None:
    found = addresses(text)
    assert all(found)
    assert len({each.casefold() for each in found}) == len(found)
    assert addresses("\n".join(found)) == found or any("<" in each for each in found)
